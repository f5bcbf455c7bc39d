"""A carer's own space: their assessment, money of their own, and what each agrees to show the other."""
