"""The import of warranties with their claims, onto purchases that the ledger has."""
