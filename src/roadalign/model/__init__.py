"""Typed records and table schemas: what flows between the rooms. No algorithms, no I/O."""
