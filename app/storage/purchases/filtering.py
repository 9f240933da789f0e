"""A purchase filter and an order, as SQL."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
)

from app.domain.attachments import AttachmentKind
from app.domain.money import CURRENCIES
from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.text import clean, fold
from app.domain.warranties import CoverStatus, Horizon
from app.storage.tables import (
    attachments,
    brands,
    categories,
    covers,
    debts,
    purchase_tags,
    purchases,
    retailers,
)

INDEXED_LETTERS = 3
"""The shortest word that the search index can look up; shorter ones are found by reading every text."""

_FOREVER = Decimal(10) ** 18


def search_words(typed: str) -> list[str]:
    """Return the folded words of a search as typed; a purchase has to contain every one of them."""
    return fold(clean(typed)).split()


def conditions(wanted: PurchaseFilter, horizon: Horizon) -> list[ColumnElement[bool]]:
    """Return the conditions that a filter stands for on a day, to be joined by AND."""
    return [*_search(wanted.text), *_facts(purchases, wanted, horizon)]


def conditions_on(rows: FromClause, wanted: PurchaseFilter, horizon: Horizon) -> list[ColumnElement[bool]]:
    """Like `conditions`, of a subquery with the columns of purchases, looking at its rows one after the other."""
    return [*_reading(rows, wanted.text), *_facts(rows, wanted, horizon)]


def phrases(typed: str) -> str:
    """Return the words of a search that the index can look up, as a query of it; empty when there is none."""
    indexed = (word for word in search_words(typed) if len(word) >= INDEXED_LETTERS)
    return " ".join('"' + word.replace('"', '""') + '"' for word in indexed)


def ordered(query: Select[tuple[int]], sort: SortBy) -> Select[tuple[int]]:
    """Add the joins and the ORDER BY of a sort; equal rows stand in the order of their ids."""
    if sort.key in _NAMES:
        table, reference = _NAMES[sort.key]
        # The few names are put in order once; the many purchases are then sorted by a number.
        place = func.row_number().over(order_by=(func.fold(table.c.name), table.c.id)).label("place")
        places = select(table.c.id, place).subquery("places")
        query = query.join_from(purchases, places, places.c.id == reference, isouter=True)
        columns: list[ColumnElement[Any]] = [places.c.place]
    elif sort.key == "receipt":
        # Counted once for the few purchases that have any.
        counts = receipt_counts().subquery("counts")
        query = query.join_from(purchases, counts, counts.c.purchase_id == purchases.c.id, isouter=True)
        columns = [func.coalesce(counts.c.receipts, 0)]
    else:
        columns = _sort_columns(sort.key)
    directed = [column.desc() if sort.descending else column.asc() for column in (*columns, purchases.c.id)]
    return query.order_by(*directed)


def receipt_counts() -> Select[tuple[int | None, int]]:
    """Return a query of how many receipts purchases have, counting those on their warranties and claims."""
    return (
        select(attachments.c.purchase_id, func.count().label("receipts"))
        .where(attachments.c.kind == AttachmentKind.RECEIPT.value, attachments.c.purchase_id.is_not(None))
        .group_by(attachments.c.purchase_id)
    )


_NAMES = {
    "retailer": (retailers, purchases.c.retailer_id),
    "brand": (brands, purchases.c.brand_id),
    "category": (categories, purchases.c.category_id),
    "debt": (debts, purchases.c.debt_id),
}


def _sort_columns(key: str) -> list[ColumnElement[Any]]:
    named: dict[str, list[ColumnElement[Any]]] = {
        "name": [purchases.c.name_fold],
        "price": [purchases.c.currency, purchases.c.price],
        "refunded": [purchases.c.currency, purchases.c.refunded],
        "net": [purchases.c.currency, purchases.c.price - purchases.c.refunded],
        "warranty": [purchases.c.covered_until],
    }
    if key in named:
        return named[key]
    column = purchases.c[key]
    return [column.collate("NOCASE") if isinstance(column.type, Text) else column]


def _search(typed: str) -> Iterator[ColumnElement[bool]]:
    words = search_words(typed)
    if not words:
        return
    clauses, values = _containing([word for word in words if len(word) < INDEXED_LETTERS])
    indexed = phrases(typed)
    if indexed:
        clauses.insert(0, "purchase_search MATCH :phrases")
        values["phrases"] = indexed
    found = text(f"SELECT rowid FROM purchase_search WHERE {' AND '.join(clauses)}").bindparams(**values)
    yield purchases.c.id.in_(found.columns(literal_column("rowid")).subquery().select())


def _reading(rows: FromClause, typed: str) -> Iterator[ColumnElement[bool]]:
    clauses, values = _containing(search_words(typed))
    if clauses:
        contains = text(" AND ".join(clauses)).bindparams(**values)
        read: Select[tuple[int]] = select(literal_column("1")).select_from(text("purchase_search"))
        yield exists(read.where(literal_column("rowid") == rows.c.id, contains)).correlate(rows)


def _containing(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    values = {f"word_{number}": word for number, word in enumerate(words)}
    return [f"instr(text, :{name})" for name in values], values


def _facts(rows: FromClause, wanted: PurchaseFilter, horizon: Horizon) -> Iterator[ColumnElement[bool]]:
    yield from _sets(rows, wanted)
    yield from _ranges(rows, wanted)
    yield from _warranty(rows, wanted, horizon)


def _sets(rows: FromClause, wanted: PurchaseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.statuses:
        yield rows.c.status.in_(sorted(wanted.statuses))
    if wanted.retailers:
        yield _one_of(rows.c.retailer_id, wanted.retailers)
    if wanted.brands:
        yield _one_of(rows.c.brand_id, wanted.brands)
    if wanted.categories:
        yield _one_of(rows.c.category_id, wanted.categories)
    if wanted.debts:
        yield _one_of(rows.c.debt_id, wanted.debts)
    if wanted.tags:
        yield _tagged(rows, wanted.tags)
    if wanted.receipt is not None:
        yield _with_receipt(rows) if wanted.receipt else ~_with_receipt(rows)


def _one_of(column: ColumnElement[int], ids: AbstractSet[int]) -> ColumnElement[bool]:
    named = column.in_(sorted(ids - {0}))
    return or_(named, column.is_(None)) if 0 in ids else named


def _tagged(rows: FromClause, ids: AbstractSet[int]) -> ColumnElement[bool]:
    named = rows.c.id.in_(
        select(purchase_tags.c.purchase_id).where(purchase_tags.c.tag_id.in_(sorted(ids - {0})))
    )
    if 0 not in ids:
        return named
    return or_(named, rows.c.id.not_in(select(purchase_tags.c.purchase_id)))


def _with_receipt(rows: FromClause) -> ColumnElement[bool]:
    return rows.c.id.in_(
        select(attachments.c.purchase_id).where(
            attachments.c.kind == AttachmentKind.RECEIPT.value, attachments.c.purchase_id.is_not(None)
        )
    )


def _ranges(rows: FromClause, wanted: PurchaseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.bought_from:
        yield rows.c.purchased_on >= wanted.bought_from
    if wanted.bought_to:
        yield rows.c.purchased_on <= wanted.bought_to
    if wanted.currency:
        yield rows.c.currency == wanted.currency
    if wanted.price_from is not None or wanted.price_to is not None:
        yield _price_between(rows, wanted)


def _price_between(rows: FromClause, wanted: PurchaseFilter) -> ColumnElement[bool]:
    """Compare in minor units, currencies with as many decimals together."""
    codes = [wanted.currency] if wanted.currency in CURRENCIES else list(CURRENCIES)
    by_digits: dict[int, list[str]] = {}
    for code in codes:
        by_digits.setdefault(CURRENCIES[code], []).append(code)
    low = wanted.price_from if wanted.price_from is not None else Decimal(0)
    high = wanted.price_to if wanted.price_to is not None else _FOREVER
    usual = max(by_digits, key=lambda digits: len(by_digits[digits]))
    others = [code for digits, group in by_digits.items() if digits != usual for code in group]
    parts = [
        and_(
            rows.c.currency.not_in(others) if digits == usual else rows.c.currency.in_(group),
            rows.c.price.between(_minor(low, digits, up=True), _minor(high, digits, up=False)),
        )
        for digits, group in by_digits.items()
    ]
    return or_(*parts)


def _minor(amount: Decimal, digits: int, *, up: bool) -> int:
    scaled = max(min(amount, _FOREVER), -_FOREVER).scaleb(digits)
    whole = int(scaled.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR))
    return max(-(2**63), min(whole, 2**63 - 1))


def _warranty(rows: FromClause, wanted: PurchaseFilter, horizon: Horizon) -> Iterator[ColumnElement[bool]]:
    until = rows.c.covered_until
    today, soon = horizon.today, horizon.soon
    by_status = {
        CoverStatus.ACTIVE: until > soon,
        CoverStatus.EXPIRING: and_(until >= today, until <= soon),
        CoverStatus.EXPIRED: until < today,
        CoverStatus.VOIDED: and_(until.is_(None), _has_covers(rows)),
    }
    if wanted.warranty:
        yield or_(*(by_status[status] for status in sorted(wanted.warranty)))
    if wanted.expiring_days is not None:
        yield and_(until >= today, until <= today + timedelta(days=wanted.expiring_days))


def _has_covers(rows: FromClause) -> ColumnElement[bool]:
    return exists(select(covers.c.id).where(covers.c.purchase_id == rows.c.id)).correlate(rows)
