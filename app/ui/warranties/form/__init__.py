"""The form of a warranty."""
