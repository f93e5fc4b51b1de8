"""Rules B: whether both sides mean the same boundary."""
