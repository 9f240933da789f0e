"""Purchases read for tables, details and totals."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, case, func, literal_column, select

from app.domain.attachments import AttachmentKind
from app.domain.money import Money
from app.domain.purchases import (
    DebtReference,
    Purchase,
    PurchaseFilter,
    PurchaseStatus,
    Refund,
    SortBy,
)
from app.domain.warranties import Cover, Horizon
from app.storage.purchases.filtering import conditions, ordered
from app.storage.tables import (
    attachments,
    brands,
    categories,
    covers,
    debts,
    purchase_tags,
    purchases,
    refunds,
    retailers,
    tags,
)
from app.storage.warranties.cover_rows import cover_of


class PurchaseRow(NamedTuple):
    """What a table shows of one purchase; amounts in minor units of `currency`.

    `receipts` counts those on its warranties and claims too.
    """

    id: int
    name: str
    price: int
    currency: str
    refunded: int
    quantity: int
    retailer: str
    brand: str
    category: str
    status: PurchaseStatus
    purchased_on: date
    return_by: date | None
    covered_until: date | None
    has_covers: bool
    order_number: str
    model_number: str
    serial_number: str
    paid_with: str
    debt: str
    debt_id: int | None
    kept_at: str
    notes: str
    tags: str
    source: str
    created_at: datetime
    updated_at: datetime
    receipts: int

    @property
    def money(self) -> Money:
        """The price."""
        return Money(self.price, self.currency)

    @property
    def net(self) -> Money:
        """The price less what came back."""
        return Money(self.price - self.refunded, self.currency)


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """What a set of purchases in one currency comes to, in minor units, before and after refunds."""

    currency: str
    count: int
    gross: int
    refunded: int

    @property
    def net(self) -> Money:
        """The total less what came back."""
        return Money(self.gross - self.refunded, self.currency)


@dataclass(frozen=True, slots=True)
class Totals:
    """Count and totals of a set of purchases, one total a currency, the most frequent currency first."""

    count: int
    by_currency: tuple[CurrencyTotal, ...]


_PLAIN = (
    "id", "uuid", "name", "price", "currency", "purchased_on", "quantity", "unit_price", "tax", "shipping", "discount",
    "retailer", "brand", "category", "status", "return_by", "order_number", "order_line", "model_number",
    "serial_number", "paid_with", "kept_at", "notes", "source", "created_at", "updated_at",
)  # fmt: skip

_AT_ONCE = 1000
"""How many ids go into one query; SQLite has a limit, and long lists of them are slow to prepare."""

_TAGS = (
    select(func.group_concat(tags.c.name, ", "))
    .join_from(purchase_tags, tags, tags.c.id == purchase_tags.c.tag_id)
    .where(purchase_tags.c.purchase_id == purchases.c.id)
    .scalar_subquery()
)
_HAS_COVERS = select(covers.c.id).where(covers.c.purchase_id == purchases.c.id).exists()
_RECEIPTS = (
    select(func.count())
    .where(attachments.c.purchase_id == purchases.c.id, attachments.c.kind == AttachmentKind.RECEIPT.value)
    .scalar_subquery()
)

# Nearly every purchase that has covers has one in force or ended; only the rest needs a look at the covers.
_COVERED = case((purchases.c.covered_until.is_not(None), True), else_=_HAS_COVERS)


def _row_query() -> Select[Any]:
    return (
        select(
            purchases.c.id,
            purchases.c.name,
            purchases.c.price,
            purchases.c.currency,
            purchases.c.refunded,
            purchases.c.quantity,
            func.coalesce(retailers.c.name, ""),
            func.coalesce(brands.c.name, ""),
            func.coalesce(categories.c.name, ""),
            purchases.c.status,
            purchases.c.purchased_on,
            purchases.c.return_by,
            purchases.c.covered_until,
            _COVERED,
            purchases.c.order_number,
            purchases.c.model_number,
            purchases.c.serial_number,
            purchases.c.paid_with,
            func.coalesce(debts.c.name, ""),
            purchases.c.debt_id,
            purchases.c.kept_at,
            purchases.c.notes,
            func.coalesce(_TAGS, ""),
            purchases.c.source,
            purchases.c.created_at,
            purchases.c.updated_at,
            _RECEIPTS,
        )
        .select_from(purchases)
        .outerjoin(retailers, retailers.c.id == purchases.c.retailer_id)
        .outerjoin(brands, brands.c.id == purchases.c.brand_id)
        .outerjoin(categories, categories.c.id == purchases.c.category_id)
        .outerjoin(debts, debts.c.id == purchases.c.debt_id)
    )


def ids(connection: Connection, wanted: PurchaseFilter, sort: SortBy, horizon: Horizon) -> "array[int]":
    """Return the ids of the purchases that a filter lets through, in the order of the sort."""
    query = ordered(select(purchases.c.id).select_from(purchases), sort).where(*conditions(wanted, horizon))
    return array("q", chain.from_iterable(driver_rows(connection, query)))


def count(connection: Connection, wanted: PurchaseFilter, horizon: Horizon) -> int:
    """Return how many purchases a filter lets through."""
    query = select(func.count()).select_from(purchases).where(*conditions(wanted, horizon))
    return int(connection.execute(query).scalar_one())


def totals(connection: Connection, wanted: PurchaseFilter, horizon: Horizon) -> Totals:
    """Return count and totals of the purchases that a filter lets through."""
    return totals_where(connection, conditions(wanted, horizon))


def totals_of(connection: Connection, chosen: Sequence[int]) -> Totals:
    """Return count and totals of purchases given by their ids."""
    found: dict[str, CurrencyTotal] = {}
    for start in range(0, len(chosen), _AT_ONCE):
        part = totals_where(connection, [purchases.c.id.in_(list(chosen[start : start + _AT_ONCE]))])
        for total in part.by_currency:
            before = found.get(total.currency, CurrencyTotal(total.currency, 0, 0, 0))
            found[total.currency] = CurrencyTotal(
                total.currency,
                before.count + total.count,
                before.gross + total.gross,
                before.refunded + total.refunded,
            )
    return _totals(list(found.values()))


def totals_where(connection: Connection, clauses: Iterable[Any]) -> Totals:
    """Return count and totals of the purchases that SQL conditions let through."""
    wanted = list(clauses)
    # Of all purchases an index gives the groups in order. With conditions that would mean to look up every row of
    # it; the plus tells SQLite to find what is wanted first and group that.
    group = literal_column("+purchases.currency") if wanted else purchases.c.currency
    query = (
        select(
            purchases.c.currency, func.count(), func.sum(purchases.c.price), func.sum(purchases.c.refunded)
        )
        .where(*wanted)
        .group_by(group)
    )
    return _totals([CurrencyTotal(*row) for row in connection.execute(query)])


def _totals(found: list[CurrencyTotal]) -> Totals:
    ranked = tuple(sorted(found, key=lambda total: (-total.count, total.currency)))
    return Totals(sum(total.count for total in ranked), ranked)


def rows(connection: Connection, chosen: Sequence[int]) -> list[PurchaseRow]:
    """Return the table rows of purchases in the order of the ids given; those that are gone are left out."""
    query = _row_query().where(purchases.c.id.in_(list(chosen)))
    found = {row[0]: PurchaseRow(*row) for row in connection.execute(query)}
    return [found[id] for id in chosen if id in found]


def get(connection: Connection, id: int) -> Purchase | None:
    """Return a whole purchase with its tags, covers and refunds, or None when it is gone."""
    return next(iter(get_many(connection, [id])), None)


def get_many(connection: Connection, chosen: Sequence[int]) -> Iterator[Purchase]:
    """Return whole purchases in the order of the ids given; those that are gone are left out."""
    for start in range(0, len(chosen), _AT_ONCE):
        yield from _get_part(connection, list(chosen[start : start + _AT_ONCE]))


def _get_part(connection: Connection, wanted: list[int]) -> Iterator[Purchase]:
    query = (
        select(
            purchases,
            func.coalesce(retailers.c.name, "").label("retailer"),
            func.coalesce(brands.c.name, "").label("brand"),
            func.coalesce(categories.c.name, "").label("category"),
            debts.c.name.label("debt_name"),
            debts.c.uuid.label("debt_uuid"),
        )
        .select_from(purchases)
        .outerjoin(retailers, retailers.c.id == purchases.c.retailer_id)
        .outerjoin(brands, brands.c.id == purchases.c.brand_id)
        .outerjoin(categories, categories.c.id == purchases.c.category_id)
        .outerjoin(debts, debts.c.id == purchases.c.debt_id)
        .where(purchases.c.id.in_(wanted))
    )
    found = {row.id: _purchase(row) for row in connection.execute(query)}
    labels, covered, returned = _parts(connection, wanted)
    for id in wanted:
        if id in found:
            yield replace(
                found[id],
                tags=tuple(labels.get(id, ())),
                covers=tuple(covered.get(id, ())),
                refunds=tuple(returned.get(id, ())),
            )


def _purchase(row: Any) -> Purchase:
    plain: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    debt = None if row.debt_id is None else DebtReference(row.debt_name, row.debt_uuid, row.debt_id)
    return Purchase(**plain, debt=debt)


def _parts(
    connection: Connection, wanted: list[int]
) -> tuple[dict[int, list[str]], dict[int, list[Cover]], dict[int, list[Refund]]]:
    labels: dict[int, list[str]] = {}
    tagged = (
        select(purchase_tags.c.purchase_id, tags.c.name)
        .join_from(purchase_tags, tags, tags.c.id == purchase_tags.c.tag_id)
        .where(purchase_tags.c.purchase_id.in_(wanted))
        .order_by(tags.c.name_key)
    )
    for id, name in connection.execute(tagged):
        labels.setdefault(id, []).append(name)
    covered: dict[int, list[Cover]] = {}
    query = select(covers).where(covers.c.purchase_id.in_(wanted)).order_by(covers.c.starts_on, covers.c.id)
    for row in connection.execute(query):
        covered.setdefault(row.purchase_id, []).append(cover_of(row))
    returned: dict[int, list[Refund]] = {}
    given_back = (
        select(refunds).where(refunds.c.purchase_id.in_(wanted)).order_by(refunds.c.refunded_on, refunds.c.id)
    )
    for row in connection.execute(given_back):
        refund = Refund(row.refunded_on, row.amount, row.quantity, row.note, row.uuid)
        returned.setdefault(row.purchase_id, []).append(refund)
    return labels, covered, returned


def days(connection: Connection) -> tuple[date, date] | None:
    """Return the days of the first and the last purchase, or None without any."""
    first = connection.execute(select(func.min(purchases.c.purchased_on))).scalar()
    last = connection.execute(select(func.max(purchases.c.purchased_on))).scalar()
    return None if first is None or last is None else (first, last)


LOOKED_BACK = 5000
"""So many of the latest purchases are looked at for what is usually entered."""


def used_texts(connection: Connection, column: str) -> list[str]:
    """Return what the latest purchases have in a column of free text, the most frequent first."""
    latest = (
        select(purchases.c[column].label("text")).order_by(purchases.c.purchased_on.desc()).limit(LOOKED_BACK)
    )
    texts = latest.subquery()
    query = (
        select(texts.c.text)
        .where(texts.c.text != "")
        .group_by(texts.c.text)
        .order_by(func.count().desc(), texts.c.text)
    )
    return list(connection.execute(query).scalars())


def currencies(connection: Connection, chosen: str) -> list[tuple[int, str, str]]:
    """Return id, name and currency of the purchases in a temporary table of ids."""
    found = connection.exec_driver_sql(
        f"SELECT id, name, currency FROM purchases WHERE id IN (SELECT id FROM temp.{chosen}) ORDER BY id"
    )
    return [(id, name, currency) for id, name, currency in found]


def driver_rows(connection: Connection, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
    """Run a query past SQLAlchemy's row objects: a million rows come as plain tuples of stored values."""
    cursor: Any = connection.execute(query).cursor
    stored: Iterator[tuple[Any, ...]] = iter(cursor)
    return stored
