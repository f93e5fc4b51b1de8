"""The rules, one file each, found by being in the folder of their family; see `core`."""
