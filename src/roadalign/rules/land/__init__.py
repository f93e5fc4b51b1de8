"""Rules L: what a link would have to cross."""
