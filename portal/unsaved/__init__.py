"""What was typed and is not saved yet: kept as it was typed, until somebody decides what becomes of it."""
