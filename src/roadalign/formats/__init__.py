"""Files as they come: what each format is, whether it is whole, and what lies near the boundary."""
