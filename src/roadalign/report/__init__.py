"""What a `Result` becomes: files, the map, the summary on the terminal. They read, never compute."""
