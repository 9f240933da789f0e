"""Reads what can still be read of a damaged database, page by page, without SQLite's help."""
