"""How many covers were in force on days of the past."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection


def in_force(connection: Connection, days: Sequence[date]) -> list[int]:
    """Return how many covers were in force on each of the days, by the dates that they have now; no voided ones."""
    if not days:
        return []
    one = "coalesce(sum(starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?)), 0)"
    query = f"SELECT {', '.join([one] * len(days))} FROM covers WHERE NOT voided"
    values = tuple(day.isoformat() for day in days for _ in range(2))
    return list(connection.exec_driver_sql(query, values).one())
