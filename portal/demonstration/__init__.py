"""Invented people to look around as. Only where the operator has said that this is a demonstration."""
