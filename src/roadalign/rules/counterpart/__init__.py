"""Rules C: whether each road has a counterpart."""
