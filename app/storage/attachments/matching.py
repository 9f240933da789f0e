"""What receipts are compared with to find out which purchase they belong to."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.storage.purchases.reading import driver_rows
from app.storage.tables import purchases, retailers


class Described(NamedTuple):
    """A purchase as a receipt describes it; the price in minor units of the currency."""

    id: int
    price: int
    currency: str
    retailer: str


def order_numbers(connection: Connection) -> list[tuple[int, str]]:
    """Return id and order number of all purchases that have one."""
    query = select(purchases.c.id, purchases.c.order_number).where(purchases.c.order_number != "")
    return [(id, number) for id, number in driver_rows(connection, query)]


def bought_on(connection: Connection, days: Sequence[date]) -> list[Described]:
    """Return the purchases of some days, those from a retailer."""
    query = (
        select(purchases.c.id, purchases.c.price, purchases.c.currency, retailers.c.name)
        .join_from(purchases, retailers, retailers.c.id == purchases.c.retailer_id)
        .where(purchases.c.purchased_on.in_(days))
    )
    return [Described(*row) for row in connection.execute(query)]


def name_of(connection: Connection, id: int) -> str:
    """Return the name of a purchase, empty when it is gone."""
    return connection.execute(select(purchases.c.name).where(purchases.c.id == id)).scalar() or ""
