"""Schema changes, as alembic revisions run inside the program."""
