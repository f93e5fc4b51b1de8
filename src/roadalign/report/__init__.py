"""What a `Result` becomes: files, the map, the terminal summary. They read, never compute."""
