"""Whether docking points keep their ids from version to version."""
