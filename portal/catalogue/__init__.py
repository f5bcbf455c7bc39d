"""The catalogue: services near here, from the feeds of those who keep lists of them."""
