"""The plan document as typed frozen values, and how it is written and compared."""
