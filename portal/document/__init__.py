"""Check and print: the frozen plan document and what is drawn from it."""
