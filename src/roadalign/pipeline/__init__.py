"""One check from inputs to result, and two results side by side."""
