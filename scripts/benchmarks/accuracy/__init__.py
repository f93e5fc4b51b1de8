"""How right the program is: disturbed networks through the program and other matchers."""
