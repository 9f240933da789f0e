"""Settings: the ledger's profile, and the program's appearance."""
