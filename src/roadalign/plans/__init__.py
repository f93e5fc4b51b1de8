"""What a side gives: its plan as one canonical table, and what there is to say of its layers."""
