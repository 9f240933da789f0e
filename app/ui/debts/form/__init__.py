"""The form of a debt."""
