"""Broken inputs, each with what is right of it."""
