"""Step 2: the indicative budget, its receipt, and what may have to be paid."""
