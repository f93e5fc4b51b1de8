"""Rules G: whether the two ends meet."""
