"""The common line: read as given, or made from areas, OpenStreetMap, or administrative codes."""
