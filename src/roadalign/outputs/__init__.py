"""What a `Result` becomes: files, pages, texts. They read, never compute."""
