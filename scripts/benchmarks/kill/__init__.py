"""What killed runs leave of their files."""
