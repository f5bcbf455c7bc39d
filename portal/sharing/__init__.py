"""Whose case it is, and who may see and do what."""
