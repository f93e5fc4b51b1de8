"""What keeps odd or hostile input, and a run that is killed, from doing harm."""
