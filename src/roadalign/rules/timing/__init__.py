"""Rules T: whether the two halves come at the same time."""
