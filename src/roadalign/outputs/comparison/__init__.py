"""Two versions side by side, for people and for other programs."""
