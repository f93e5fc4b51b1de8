"""The network: OpenStreetMap's roads near the boundary, from whatever file they come in."""
