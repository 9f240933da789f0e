"""Bringing data in from files: readers, presets of other programs, guesses, and the import itself."""
