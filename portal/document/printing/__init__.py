"""From a plan document, or a pack, to a PDF that reads well aloud and keeps for years."""
