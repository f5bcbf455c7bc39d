"""Keep it: an account that takes the draft along, and what one can do with what is kept."""
