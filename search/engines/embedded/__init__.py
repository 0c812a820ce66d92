"""The engine inside the site: one SQLite FTS5 file beside the data, whatever the main database is."""
