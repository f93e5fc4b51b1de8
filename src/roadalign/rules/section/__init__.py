"""Rules S: whether the cross-sections agree."""
