"""The import wizard: choose a file, map its columns, look at what would happen, import, and read the report."""
