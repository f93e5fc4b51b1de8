"""What is done to a cut network, and what is then true of every crossing."""
