"""Fuzzing of the readers: mutated real files, guided by the lines of the readers they reach."""
