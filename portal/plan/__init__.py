"""Step 4: the support plan. Needs in the person's words, what meets them, and what it costs."""
