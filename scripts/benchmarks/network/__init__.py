"""Reading, cutting and routing of networks, beside other tools."""
