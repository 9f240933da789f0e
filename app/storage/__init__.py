"""How a ledger lies on the disk: tables, queries, migrations, the lock."""
