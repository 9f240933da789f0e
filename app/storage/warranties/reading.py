"""Covers read for tables, details and figures."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, Select, case, func, literal_column, select

from app.domain.money import Money
from app.domain.spending import CoverCounts
from app.domain.text import fold
from app.domain.warranties import Cover, CoverFilter, Horizon, SortBy
from app.storage.tables import brands, categories, covers, purchases, retailers
from app.storage.warranties.cover_rows import cover_of
from app.storage.warranties.filtering import CLAIMS, FILES, OPEN_CLAIMS, conditions, of_status, ordered

_AT_ONCE = 1000
"""How many ids go into one query; SQLite has a limit, and long lists of them are slow to prepare."""


class CoverRow(NamedTuple):
    """What a table shows of one cover and of the purchase that it is on; amounts in minor units of `currency`.

    `claims` counts all claims on it, `open_claims` those that are not closed, `attachments` the files on the cover
    and on its claims.
    """

    id: int
    cover: Cover
    purchase_id: int
    purchase_uuid: UUID
    product: str
    currency: str
    price: int
    refunded: int
    retailer: str
    brand: str
    category: str
    purchased_on: date
    claims: int
    open_claims: int
    attachments: int

    @property
    def net(self) -> Money:
        """The price of the purchase less what came back."""
        return Money(self.price - self.refunded, self.currency)


def ids(connection: Connection, wanted: CoverFilter, sort: SortBy, horizon: Horizon) -> "array[int]":
    """Return the ids of the covers that a filter lets through, in the order of the sort."""
    query = ordered(_of_purchases([covers.c.id]), sort, horizon.today).where(*conditions(wanted, horizon))
    cursor: Any = connection.execute(query).cursor
    return array("q", chain.from_iterable(cursor))


def count(connection: Connection, wanted: CoverFilter, horizon: Horizon) -> int:
    """Return how many covers a filter lets through."""
    query = _of_purchases([func.count()]).where(*conditions(wanted, horizon))
    return int(connection.execute(query).scalar_one())


def counts(connection: Connection, wanted: CoverFilter, horizon: Horizon) -> CoverCounts:
    """Return how many of the covers that a filter lets through are in which state."""
    query = _of_purchases(
        [
            func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
            for condition in of_status(horizon).values()
        ]
    )
    return CoverCounts(*connection.execute(query.where(*conditions(wanted, horizon))).one())


def ends(connection: Connection, wanted: CoverFilter, horizon: Horizon) -> list[tuple[date | None, int]]:
    """Return in which months (their first days) filtered covers end, and how many in each.

    None stands for lifetimes; voided covers do not count.
    """
    month = func.substr(covers.c.ends_on, 1, 7)
    query = (
        _of_purchases([month, func.count()])
        .where(~covers.c.voided, *conditions(wanted, horizon))
        .group_by(literal_column("1"))
    )
    return [
        (date.fromisoformat(f"{month}-01") if month else None, number)
        for month, number in connection.execute(query)
    ]


def rows(connection: Connection, chosen: Sequence[int]) -> list[CoverRow]:
    """Return the table rows of covers in the order of the ids given; those that are gone are left out."""
    found: dict[int, CoverRow] = {}
    for start in range(0, len(chosen), _AT_ONCE):
        query = _row_query().where(covers.c.id.in_(list(chosen[start : start + _AT_ONCE])))
        found.update((row.id, _row(row)) for row in connection.execute(query))
    return [found[id] for id in chosen if id in found]


def get(connection: Connection, id: int) -> CoverRow | None:
    """Return a cover with what is told of its purchase, or None when it is gone."""
    return next(iter(rows(connection, [id])), None)


def of_purchase(connection: Connection, purchase_id: int) -> list[CoverRow]:
    """Return the covers of a purchase by their start."""
    query = _row_query().where(covers.c.purchase_id == purchase_id).order_by(covers.c.starts_on, covers.c.id)
    return [_row(row) for row in connection.execute(query)]


def ids_as_entered(connection: Connection, wanted: CoverFilter, horizon: Horizon) -> "array[int]":
    """Return the ids of filtered covers purchase by purchase as those were entered, each's by their start.

    Purchases that are exported with their covers and imported again keep this order.
    """
    query = (
        _of_purchases([covers.c.id])
        .where(*conditions(wanted, horizon))
        .order_by(covers.c.purchase_id, covers.c.starts_on, covers.c.id)
    )
    cursor: Any = connection.execute(query).cursor
    return array("q", chain.from_iterable(cursor))


def providers(connection: Connection) -> list[str]:
    """Return the providers that covers name, each once whatever its case, by name."""
    return _used(connection, "provider")


def kinds(connection: Connection) -> list[str]:
    """Return the kinds of cover that there are, each once whatever its case, by name."""
    return _used(connection, "kind")


def batches(connection: Connection, chosen: Sequence[int]) -> Iterator[list[CoverRow]]:
    """Give the rows of many covers a thousand at a time, in the order of the ids."""
    for start in range(0, len(chosen), _AT_ONCE):
        yield rows(connection, chosen[start : start + _AT_ONCE])


def _of_purchases(columns: Sequence[Any]) -> Select[Any]:
    return select(*columns).select_from(covers).join(purchases, purchases.c.id == covers.c.purchase_id)


def _row_query() -> Select[Any]:
    columns = (
        covers,
        purchases.c.uuid.label("purchase_uuid"),
        purchases.c.name.label("product"),
        purchases.c.currency,
        purchases.c.price,
        purchases.c.refunded,
        func.coalesce(retailers.c.name, "").label("retailer"),
        func.coalesce(brands.c.name, "").label("brand"),
        func.coalesce(categories.c.name, "").label("category"),
        purchases.c.purchased_on,
        CLAIMS.label("claims"),
        OPEN_CLAIMS.label("open_claims"),
        FILES.label("attachments"),
    )
    return (
        _of_purchases(columns)
        .outerjoin(retailers, retailers.c.id == purchases.c.retailer_id)
        .outerjoin(brands, brands.c.id == purchases.c.brand_id)
        .outerjoin(categories, categories.c.id == purchases.c.category_id)
    )


def _row(row: Row[Any]) -> CoverRow:
    return CoverRow(
        row.id,
        cover_of(row),
        row.purchase_id,
        row.purchase_uuid,
        row.product,
        row.currency,
        row.price,
        row.refunded,
        row.retailer,
        row.brand,
        row.category,
        row.purchased_on,
        row.claims,
        row.open_claims,
        row.attachments,
    )


def _used(connection: Connection, column: str) -> list[str]:
    """Return each text of a column in its most frequent spelling."""
    query = f"""
        SELECT {column} FROM (SELECT {column}, count(*) AS uses FROM covers WHERE {column} <> '' GROUP BY {column})
        ORDER BY fold({column}), uses DESC, {column}
    """
    found: dict[str, str] = {}
    for (text,) in connection.exec_driver_sql(query):
        found.setdefault(fold(text), text)
    return list(found.values())
