"""The import of debts, payments, balances and scenarios."""
