"""The border benchmark: real networks cut at a line, disturbed in known ways, and scored."""
