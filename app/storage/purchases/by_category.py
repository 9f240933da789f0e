"""What was spent on which day in which category, added up by SQLite in whole minor units."""

from datetime import date

from sqlalchemy import Connection

from app.storage.purchases.spending import Period


def by_day_and_category(connection: Connection, within: Period) -> list[tuple[date, int, int]]:
    """Return day, id of the category (0 for none) and net total of every day and category with a purchase."""
    query = f"""
        SELECT purchased_on, coalesce(category_id, 0), sum(price - refunded) FROM {within.source}
        WHERE {within.where} GROUP BY 1, 2
    """
    return [
        (date.fromisoformat(day), id, net)
        for day, id, net in connection.exec_driver_sql(query, within.values)
    ]
