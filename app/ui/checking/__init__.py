"""Tools > Check ledger: what is wrong with a ledger, and what mends it."""
