"""Filters, sorts and totals give what plain Python gives over the same purchases."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.attachments import Owner, OwnerKind
from app.domain.debts import Debt
from app.domain.money import plain
from app.domain.purchases import (
    DebtReference,
    Purchase,
    PurchaseFilter,
    PurchaseStatus,
    Refund,
    SortBy,
)
from app.domain.purchases.columns import PURCHASE_COLUMNS
from app.domain.text import fold, name_key
from app.domain.warranties import (
    LIFETIME,
    Cover,
    CoverStatus,
    Duration,
    Horizon,
    cover_for,
    furthest,
    status_until,
)
from app.services import attachments, debts, names, purchases
from app.services.attachments import NewFile
from app.services.ledger import Ledger
from app.services.names import NameKind
from app.storage.purchases import first_page, reading
from tests.helpers.ledgers import add_all, new_ledger

SIZE = 300
WORDS = ("Kettle", "Écran", "ノートパソコン", "monitor", "ab", "Übersee", "tea")
PEOPLE = ("", "Zara", "Ökoladen", "amazon", "Ærø Shop", "Łódź")
LABELS = ("gift", "tax", "Büro")
DEBTS = ("visa card", "Ärztin", "Auto loan")
TODAY = date(2026, 11, 20)
HORIZON = Horizon(TODAY, 45)

ids = st.frozensets(st.integers(0, 30), max_size=3)
days = st.none() | st.dates(date(2025, 10, 1), date(2026, 11, 30))
amounts = st.none() | st.decimals(-10, 600, places=3)
filters = st.builds(
    PurchaseFilter,
    text=st.lists(st.sampled_from([*WORDS, "e", "ur", "qqq", "kett", "CRAN"]), max_size=2).map(" ".join),
    statuses=st.frozensets(st.sampled_from(PurchaseStatus), max_size=2),
    retailers=ids,
    brands=ids,
    categories=ids,
    tags=ids.map(lambda chosen: frozenset(id % 4 for id in chosen)),
    debts=ids.map(lambda chosen: frozenset(id % 4 for id in chosen)),
    bought_from=days,
    bought_to=days,
    price_from=amounts,
    price_to=amounts,
    currency=st.sampled_from(["", "", "", "EUR", "JPY", "GBP"]),
    warranty=st.frozensets(st.sampled_from(CoverStatus), max_size=2),
    expiring_days=st.none() | st.integers(0, 400),
    receipt=st.none() | st.booleans(),
)
# Mostly one or two conditions at a time; all at once let nothing through.
some_filters = st.builds(
    lambda wanted, kept: PurchaseFilter(**{key: getattr(wanted, key) for key in kept}),
    filters,
    st.sets(st.sampled_from(list(PurchaseFilter.__dataclass_fields__)), max_size=3),
)
sorts = st.builds(
    SortBy, st.sampled_from([column.key for column in PURCHASE_COLUMNS if column.sortable]), st.booleans()
)


class Shelf:
    """A ledger beside the plain purchases that are in it."""

    def __init__(self, ledger: Ledger, stored: list[Purchase]) -> None:
        self.ledger = ledger
        self.stored = stored
        self.ids = {
            kind: {key: id for id, name in names.choices(ledger, kind) for key in [name_key(name)]}
            for kind in NameKind
        }
        self.receipts = Counter(owner.id for owner, _ in FILES if owner.kind is OwnerKind.PURCHASE)

    def id_of(self, kind: NameKind, name: str) -> int:
        return self.ids[kind].get(name_key(name), 0)


def attached(number: int, name: str) -> tuple[Owner, NewFile]:
    """A file on every fifth purchase, two on some; its bytes are of no account here."""
    owner = Owner(OwnerKind.PURCHASE, number * 5 % SIZE + 1)
    return owner, NewFile(Path(name), name, f"{number:064x}", 1, "image/png")


FILES = [attached(number, "receipt.png") for number in range(SIZE // 4)]
MANUALS = [attached(number + 1000, "manual.png") for number in range(3)]


def made(source: Random) -> Purchase:
    bought_on = date(2025, 10, 1) + timedelta(days=source.randrange(415))
    currency = source.choice(["EUR", "EUR", "EUR", "JPY", "KWD"])
    price = source.choice([0, 1, 4900, 4900, source.randrange(600_000)])
    cover = cover_for(bought_on, Duration(months=source.choice([6, 12, 24])))
    covers = (cover, Cover(bought_on, cover.ends_on, voided=True), Cover(bought_on, None, kind=LIFETIME))
    return Purchase(
        name=" ".join(source.choices(WORDS, k=2)),
        price=price,
        currency=currency,
        purchased_on=bought_on,
        quantity=source.randrange(1, 4),
        retailer=source.choice(PEOPLE),
        brand=source.choice(PEOPLE),
        category=source.choice(PEOPLE),
        tags=tuple(source.sample(LABELS, source.randrange(3))),
        status=source.choice(list(PurchaseStatus)),
        return_by=source.choice([None, bought_on]),
        order_number=source.choice(["", "a-1", "B-2", "b-2"]),
        paid_with=source.choice(["", "Visa", "visa", "Debit"]),
        debt=source.choice([None, None, *map(DebtReference, DEBTS)]),
        notes=source.choice(["", "tea for two"]),
        covers=tuple(source.sample(covers, source.choice([0, 0, 1, 1, 2]))),
        refunds=(Refund(bought_on, price),) if price and source.random() < 0.1 else (),
    )


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    source = Random(7)
    with new_ledger(tmp_path_factory.mktemp("filtering") / "ledger") as ledger:
        for name in DEBTS:
            ledger.run(debts.add(Debt(name, "EUR", 10_000, date(2025, 1, 1))))
        ledger.run(add_all([[made(source) for _ in range(SIZE)]]))
        ledger.run(attachments.add_to_many(FILES + MANUALS))
        yield Shelf(ledger, ledger.read(lambda reader: list(reading.get_many(reader, range(1, SIZE + 1)))))


def passes(shelf: Shelf, one: Purchase, wanted: PurchaseFilter) -> bool:
    return all(
        [
            all(word in searchable(one) for word in fold(wanted.text).split()),
            not wanted.statuses or one.status in wanted.statuses,
            not wanted.retailers or shelf.id_of(NameKind.RETAILER, one.retailer) in wanted.retailers,
            not wanted.brands or shelf.id_of(NameKind.BRAND, one.brand) in wanted.brands,
            not wanted.categories or shelf.id_of(NameKind.CATEGORY, one.category) in wanted.categories,
            not wanted.tags or tag_ids(shelf, one) & wanted.tags,
            not wanted.debts or (one.debt.id if one.debt else 0) in wanted.debts,
            wanted.bought_from is None or one.purchased_on >= wanted.bought_from,
            wanted.bought_to is None or one.purchased_on <= wanted.bought_to,
            not wanted.currency or one.currency == wanted.currency,
            wanted.price_from is None or Decimal(plain(one.price, one.currency)) >= wanted.price_from,
            wanted.price_to is None or Decimal(plain(one.price, one.currency)) <= wanted.price_to,
            not wanted.warranty or state(one) in wanted.warranty,
            wanted.expiring_days is None or ends_within(one, wanted.expiring_days),
            wanted.receipt is None or wanted.receipt == bool(shelf.receipts[one.id]),
        ]
    )


def searchable(one: Purchase) -> str:
    fields = (one.name, one.retailer, one.brand, one.notes, one.serial_number, one.order_number)
    return fold("\n".join(fields))


def tag_ids(shelf: Shelf, one: Purchase) -> frozenset[int]:
    return frozenset(shelf.id_of(NameKind.TAG, tag) for tag in one.tags) or frozenset({0})


def state(one: Purchase) -> CoverStatus | None:
    until = furthest(one.covers)
    if until is None:
        return CoverStatus.VOIDED if one.covers else None
    return status_until(until, TODAY, HORIZON.window)


def ends_within(one: Purchase, days: int) -> bool:
    until = furthest(one.covers)
    return until is not None and TODAY <= until <= TODAY + timedelta(days=days)


def missing_first(value: Any) -> tuple[bool, Any]:
    return (value is not None and value != "", value or "")


SORT_KEYS: dict[str, Callable[[Purchase], Any]] = {
    "name": lambda one: fold(one.name),
    "retailer": lambda one: missing_first(fold(one.retailer)),
    "brand": lambda one: missing_first(fold(one.brand)),
    "category": lambda one: missing_first(fold(one.category)),
    "debt": lambda one: missing_first(one.debt and fold(one.debt.name)),
    "price": lambda one: (one.currency, one.price),
    "refunded": lambda one: (one.currency, one.refunded),
    "net": lambda one: (one.currency, one.net),
    "warranty": lambda one: missing_first(furthest(one.covers)),
    "return_by": lambda one: missing_first(one.return_by),
    "status": lambda one: one.status.value,
}


def sort_key(shelf: Shelf, one: Purchase, key: str) -> Any:
    if key == "receipt":
        return (shelf.receipts[one.id], one.id)
    if key in SORT_KEYS:
        value = SORT_KEYS[key](one)
    else:
        value = getattr(one, key)
        value = value.lower() if isinstance(value, str) else value
    return (value, one.id)


def expected(shelf: Shelf, wanted: PurchaseFilter, sort: SortBy) -> list[int]:
    let_through = [one for one in shelf.stored if passes(shelf, one, wanted)]
    ranked = sorted(let_through, key=lambda one: sort_key(shelf, one, sort.key), reverse=sort.descending)
    return [one.id for one in ranked]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_filters | filters, sorts)
def test_a_list_is_what_python_makes_of_it(shelf: Shelf, wanted: PurchaseFilter, sort: SortBy) -> None:
    found = shelf.ledger.read(lambda reader: reading.ids(reader, wanted, sort, HORIZON))
    assert list(found) == expected(shelf, wanted, sort)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some_filters,
    sorts,
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from([5, 60, 20_000]),
    st.sampled_from([0, 2000]),
)
def test_the_first_page_is_the_beginning_of_the_list(
    shelf: Shelf, wanted: PurchaseFilter, sort: SortBy, limit: int, offset: int, steps: int, few: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(first_page, "_STEPS", steps)
        patch.setattr(first_page, "_FEW", few)
        found = shelf.ledger.read(
            lambda reader: first_page.first_ids(reader, wanted, sort, HORIZON, limit, offset)
        )
    assert found == expected(shelf, wanted, sort)[offset : offset + limit]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_filters)
def test_totals_are_the_sums_a_currency(shelf: Shelf, wanted: PurchaseFilter) -> None:
    let_through = [one for one in shelf.stored if passes(shelf, one, wanted)]
    totals = shelf.ledger.read(lambda reader: reading.totals(reader, wanted, HORIZON))
    assert totals.count == len(let_through)
    assert totals.count == shelf.ledger.read(lambda reader: reading.count(reader, wanted, HORIZON))
    for total in totals.by_currency:
        of_it = [one for one in let_through if one.currency == total.currency]
        assert (total.count, total.gross, total.refunded) == (
            len(of_it),
            sum(one.price for one in of_it),
            sum(one.refunded for one in of_it),
        )
        assert total.net.minor == sum(one.net for one in of_it)
    assert {total.currency for total in totals.by_currency} == {one.currency for one in let_through}
    chosen = [one.id for one in let_through]
    assert shelf.ledger.read(lambda reader: reading.totals_of(reader, chosen)) == totals


def test_table_rows_say_what_the_purchases_say(shelf: Shelf) -> None:
    chosen = list(range(SIZE, 0, -1))
    rows = purchases.rows(shelf.ledger, [*chosen, 10**9])
    assert [row.id for row in rows] == chosen
    for row, one in zip(rows, reversed(shelf.stored), strict=True):
        assert (row.name, row.retailer, row.brand, row.category) == (
            one.name,
            one.retailer,
            one.brand,
            one.category,
        )
        assert (row.money.minor, row.net.minor, row.status) == (one.price, one.net, one.status)
        assert sorted(filter(None, row.tags.split(", "))) == sorted(one.tags)
        assert row.covered_until == (None if furthest(one.covers) is None else furthest(one.covers))
        assert row.has_covers == bool(one.covers)
        assert row.receipts == shelf.receipts[one.id]
        assert (row.created_at, row.updated_at) == (one.created_at, one.updated_at)
