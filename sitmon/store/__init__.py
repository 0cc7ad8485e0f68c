"""Reports in, log out: the append-only SQLite log. It never interprets what it keeps."""
