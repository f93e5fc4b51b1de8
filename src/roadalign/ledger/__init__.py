"""Docking points over time: who they are, what became of them, what was decided."""
