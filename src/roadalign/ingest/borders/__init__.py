"""Boundary lines made from areas: of layers, of OpenStreetMap, of China's administrative codes."""
