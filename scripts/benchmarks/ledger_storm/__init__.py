"""Storms on a ledger: many writers at once, killed at random, and what is there afterwards."""
