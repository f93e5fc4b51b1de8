"""Rules I: what is noticed about the data itself, before any road is compared."""
