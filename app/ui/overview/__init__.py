"""The Overview page: the whole ledger at a glance."""
