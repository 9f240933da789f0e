"""The export dialog: which records, how they are written, and where to."""
