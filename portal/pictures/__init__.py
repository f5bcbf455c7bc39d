"""Pictures that people add: drawn anew, kept sealed, and shown only to whoever may see them."""
