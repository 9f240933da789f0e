"""The import of purchases: their fields, how rows become purchases, and which the ledger has already."""
