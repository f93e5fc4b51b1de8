"""Networks, real and made by chance, cut at a line into two sides."""
