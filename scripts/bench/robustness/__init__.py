"""Inputs as they really come: broken variants of one good pair of plans, and what is right."""
