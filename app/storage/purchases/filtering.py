"""A purchase filter and an order, as SQL."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, text

from app.domain.money import CURRENCIES
from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.text import fold
from app.domain.warranties import REMINDER_DAYS, CoverStatus
from app.storage.tables import brands, categories, covers, purchase_tags, purchases, retailers

INDEXED_LETTERS = 3
"""The shortest word that the search index can look up; shorter ones are found by reading every text."""

_FOREVER = Decimal(10) ** 18


def search_words(typed: str) -> list[str]:
    """Return the folded words of a search as typed; a purchase has to contain every one of them."""
    return fold(typed).split()


def conditions(
    wanted: PurchaseFilter, today: date, reminder_days: int = REMINDER_DAYS
) -> list[ColumnElement[bool]]:
    """Return the conditions that a filter stands for on a day, to be joined by AND."""
    return [*_search(wanted.text), *_sets(wanted), *_ranges(wanted), *_warranty(wanted, today, reminder_days)]


def ordered(query: Select[tuple[int]], sort: SortBy) -> Select[tuple[int]]:
    """Add the joins and the ORDER BY of a sort; equal rows stand in the order of their ids."""
    keys: dict[str, list[ColumnElement[object]]] = {
        "name": [purchases.c.name_fold],
        "price": [purchases.c.currency, purchases.c.price],
        "net": [purchases.c.currency, purchases.c.price - purchases.c.refunded],
        "retailer": [retailers.c.name_key],
        "brand": [brands.c.name_key],
        "category": [categories.c.name_key],
        "warranty": [purchases.c.covered_until],
    }
    columns = keys.get(sort.key) or [purchases.c[sort.key]]
    joined = {
        "retailer": (retailers, purchases.c.retailer_id),
        "brand": (brands, purchases.c.brand_id),
        "category": (categories, purchases.c.category_id),
    }.get(sort.key)
    if joined:
        table, reference = joined
        query = query.join_from(purchases, table, table.c.id == reference, isouter=True)
    directed = [column.desc() if sort.descending else column.asc() for column in (*columns, purchases.c.id)]
    return query.order_by(*directed)


def _search(typed: str) -> Iterator[ColumnElement[bool]]:
    words = search_words(typed)
    indexed = [word for word in words if len(word) >= INDEXED_LETTERS]
    short = [word for word in words if len(word) < INDEXED_LETTERS]
    if indexed:
        phrases = " ".join('"' + word.replace('"', '""') + '"' for word in indexed)
        found = text("SELECT rowid FROM purchase_search WHERE purchase_search MATCH :phrases")
        yield purchases.c.id.in_(
            found.bindparams(phrases=phrases).columns(literal_column("rowid")).subquery().select()
        )
    for number, word in enumerate(short):
        name = f"word_{number}"
        found = text(f"SELECT rowid FROM purchase_search WHERE instr(text, :{name})")
        yield purchases.c.id.in_(
            found.bindparams(**{name: word}).columns(literal_column("rowid")).subquery().select()
        )


def _sets(wanted: PurchaseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.statuses:
        yield purchases.c.status.in_(sorted(wanted.statuses))
    if wanted.retailers:
        yield _one_of(purchases.c.retailer_id, wanted.retailers)
    if wanted.brands:
        yield _one_of(purchases.c.brand_id, wanted.brands)
    if wanted.categories:
        yield _one_of(purchases.c.category_id, wanted.categories)
    if wanted.tags:
        yield _tagged(wanted.tags)


def _one_of(column: ColumnElement[int], ids: AbstractSet[int]) -> ColumnElement[bool]:
    named = column.in_(sorted(ids - {0}))
    return or_(named, column.is_(None)) if 0 in ids else named


def _tagged(ids: AbstractSet[int]) -> ColumnElement[bool]:
    named = purchases.c.id.in_(
        select(purchase_tags.c.purchase_id).where(purchase_tags.c.tag_id.in_(sorted(ids - {0})))
    )
    if 0 not in ids:
        return named
    return or_(named, purchases.c.id.not_in(select(purchase_tags.c.purchase_id)))


def _ranges(wanted: PurchaseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.bought_from:
        yield purchases.c.purchased_on >= wanted.bought_from
    if wanted.bought_to:
        yield purchases.c.purchased_on <= wanted.bought_to
    if wanted.currency:
        yield purchases.c.currency == wanted.currency
    if wanted.price_from is not None or wanted.price_to is not None:
        yield _price_between(wanted)


def _price_between(wanted: PurchaseFilter) -> ColumnElement[bool]:
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
            purchases.c.currency.not_in(others) if digits == usual else purchases.c.currency.in_(group),
            purchases.c.price.between(_minor(low, digits, up=True), _minor(high, digits, up=False)),
        )
        for digits, group in by_digits.items()
    ]
    return or_(*parts)


def _minor(amount: Decimal, digits: int, *, up: bool) -> int:
    scaled = max(min(amount, _FOREVER), -_FOREVER).scaleb(digits)
    whole = min(int(scaled), 2**63 - 1)
    return whole + 1 if up and whole < scaled else whole


def _warranty(wanted: PurchaseFilter, today: date, reminder_days: int) -> Iterator[ColumnElement[bool]]:
    until = purchases.c.covered_until
    soon = today + timedelta(days=reminder_days)
    by_status = {
        CoverStatus.ACTIVE: until > soon,
        CoverStatus.EXPIRING: and_(until >= today, until <= soon),
        CoverStatus.EXPIRED: until < today,
        CoverStatus.VOIDED: and_(until.is_(None), _has_covers()),
    }
    if wanted.warranty:
        yield or_(*(by_status[status] for status in sorted(wanted.warranty)))
    if wanted.expiring_days is not None:
        yield and_(until >= today, until <= today + timedelta(days=wanted.expiring_days))


def _has_covers() -> ColumnElement[bool]:
    return select(func.count()).where(covers.c.purchase_id == purchases.c.id).scalar_subquery() > 0
