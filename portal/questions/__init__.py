"""How we ask: the kinds of question and the path through them."""
