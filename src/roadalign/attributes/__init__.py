"""Source fields and texts become the attributes of roads."""
