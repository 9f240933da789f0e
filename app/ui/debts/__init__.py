"""The page of debts: what is owed to whom, at what rate, and what was paid."""
