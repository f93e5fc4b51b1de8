"""Whether two versions of the program write the same reports."""
