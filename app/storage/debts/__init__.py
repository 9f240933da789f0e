"""Debts in the database: read, written, and their balances kept in step with the payments."""
