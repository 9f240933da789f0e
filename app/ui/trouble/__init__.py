"""The window of a ledger that will not open."""
