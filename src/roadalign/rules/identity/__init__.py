"""Rules N: whether number and name agree."""
