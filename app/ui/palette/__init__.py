"""The command palette: finds commands, pages and records by a few letters."""
