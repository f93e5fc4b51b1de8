"""What speaks for or against a docking point beside the two drawings themselves."""
