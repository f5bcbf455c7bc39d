"""Pictures that people add: looked at by their content, drawn anew, kept sealed, shown only to whoever may."""
