"""Step 3: who helps the person plan, and how the money is managed."""
