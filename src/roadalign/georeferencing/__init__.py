"""Where numbers lie on the earth: coordinate systems, and the shifts of Chinese web maps."""
