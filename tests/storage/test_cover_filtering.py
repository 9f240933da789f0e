"""Filters, sorts and figures of warranties give what plain Python gives over the same ones."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.claims import Claim, ClaimOutcome, ClaimState
from app.domain.months import Month
from app.domain.spending import CoverMonth, cover_months
from app.domain.text import fold
from app.domain.warranties import Cover, CoverFilter, CoverStatus, Horizon, SortBy, cover_status
from app.domain.warranties.columns import WARRANTY_COLUMNS
from app.services import claims, warranties
from app.services.ledger import Ledger
from app.storage.warranties import reading
from app.storage.warranties.reading import CoverRow
from tests.helpers.ledgers import add_all, bought, new_ledger

TODAY = date(2026, 11, 20)
WORDS = ("Kettle", "Écran", "ノートパソコン", "monitor", "ab", "Übersee", "tea")
PROVIDERS = ("", "Zara", "Ökoladen", "acme", "ACME")
KINDS = ("LIMITED", "EXTENDED", "PARTS", "Shop’s own")

days = st.none() | st.dates(date(2025, 10, 1), date(2028, 11, 30))
filters = st.builds(
    CoverFilter,
    text=st.lists(st.sampled_from([*WORDS, "e", "ur", "qqq", "kett", "zara", "r-1", "limi"]), max_size=2).map(
        " ".join
    ),
    product=st.sampled_from(["", "", "", *WORDS, "ecr"]),
    statuses=st.frozensets(st.sampled_from(CoverStatus), max_size=2),
    kinds=st.frozensets(st.sampled_from([*KINDS, "limited", "LIFETIME"]), max_size=2),
    providers=st.frozensets(st.sampled_from([*PROVIDERS, "okoladen"]), max_size=2),
    ends_from=days,
    ends_to=days,
    bought_from=days,
    bought_to=days,
    expiring_days=st.none() | st.integers(0, 400),
    claim=st.none() | st.booleans(),
)
# Mostly one or two conditions at a time; all at once let nothing through.
some_filters = st.builds(
    lambda whole, kept: replace(
        CoverFilter(), **{name: getattr(whole, name) for name in kept if hasattr(whole, name)}
    ),
    filters,
    st.lists(st.sampled_from(list(CoverFilter.__dataclass_fields__)), max_size=2),
)
sorts = st.builds(
    SortBy, st.sampled_from([column.key for column in WARRANTY_COLUMNS if column.sortable]), st.booleans()
)
horizons = st.builds(Horizon, st.just(TODAY), st.sampled_from([0, 7, 30, 365]))


class Shelf:
    """A ledger with covers and claims of every sort, and the same as plain values."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        chance = Random(4)
        things = [
            bought(
                f"{chance.choice(WORDS)} {number % 7}",
                chance.randint(0, 5000),
                chance.choice(["EUR", "EUR", "JPY"]),
                purchased_on=date(2025, 10, 1) + timedelta(days=chance.randint(0, 500)),
                retailer=chance.choice(["", "Ikea", "Øst"]),
                brand=chance.choice(["", "Bosch"]),
                notes=chance.choice(["", "tea time"]),
                covers=tuple(_cover(chance) for _ in range(chance.randint(0, 3))),
            )
            for number in range(150)
        ]
        ledger.run(add_all([things]))
        self.notes = {number + 1: thing.notes for number, thing in enumerate(things)}
        everything = warranties.ids(ledger, CoverFilter(), SortBy("name"))
        for id in chance.sample(list(everything), 60):
            ledger.run(claims.open_claim(_claim(chance, id)))
        self.rows = warranties.rows(ledger, everything)
        self.claims = {row.id: claims.of_cover(ledger, row.id) for row in self.rows}

    def wanted(self, wanted: CoverFilter, horizon: Horizon) -> list[CoverRow]:
        """The covers that a filter lets through, by going through all of them."""
        return [row for row in self.rows if self._is_wanted(row, wanted, horizon)]

    def _is_wanted(self, row: CoverRow, wanted: CoverFilter, horizon: Horizon) -> bool:
        cover, status = row.cover, cover_status(row.cover, *horizon)
        left = (cover.last_day - horizon.today).days
        return (
            all(self._says(row, word) for word in fold(wanted.text).split())
            and all(word in fold(row.product) for word in fold(wanted.product).split())
            and (not wanted.statuses or status in wanted.statuses)
            and (not wanted.kinds or fold(cover.kind) in set(map(fold, wanted.kinds)))
            and (not wanted.providers or fold(cover.provider) in set(map(fold, wanted.providers)))
            and _between(cover.ends_on, wanted.ends_from, wanted.ends_to)
            and _between(row.purchased_on, wanted.bought_from, wanted.bought_to)
            and (wanted.expiring_days is None or (not cover.voided and 0 <= left <= wanted.expiring_days))
            and wanted.claim in (None, any(claim.is_open for claim in self.claims[row.id]))
        )

    def _says(self, row: CoverRow, word: str) -> bool:
        cover = row.cover
        told = (row.product, row.retailer, row.brand, self.notes[row.purchase_id], cover.kind, cover.provider)
        own = (cover.policy_number, cover.notes, *(claim.number for claim in self.claims[row.id]))
        return any(word in fold(text) for text in (*told, *own))


def _cover(chance: Random) -> Cover:
    starts_on = date(2024, 1, 1) + timedelta(days=chance.randint(0, 1000))
    if chance.random() < 0.1:
        return Cover(starts_on, kind="LIFETIME", voided=chance.random() < 0.2)
    return Cover(
        starts_on,
        starts_on + timedelta(days=chance.randint(0, 1500)),
        kind=chance.choice(KINDS),
        provider=chance.choice(PROVIDERS),
        policy_number=chance.choice(["", "P-77"]),
        voided=chance.random() < 0.2,
    )


def _claim(chance: Random, cover_id: int) -> Claim:
    claim = Claim(date(2026, 5, 1), chance.choice(["", "R-1"]), cover_id=cover_id)
    if chance.random() < 0.5:
        return claim
    return replace(claim, state=ClaimState.CLOSED, outcome=ClaimOutcome.REFUSED, closed_on=date(2026, 6, 1))


def _between(day: date | None, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first or date.min) <= day <= (last or date.max)


def _sort_key(key: str, horizon: Horizon) -> Callable[[CoverRow], Any]:
    keys: dict[str, Callable[[CoverRow], Any]] = {
        "name": lambda row: fold(row.product),
        "status": lambda row: (row.cover.voided, row.cover.last_day),
        "ends_on": lambda row: row.cover.last_day,
        "days_left": lambda row: (
            2 if row.cover.voided else int(row.cover.last_day < horizon.today),
            row.cover.last_day,
        ),
        "net": lambda row: (row.currency, row.net.minor),
        "starts_on": lambda row: row.cover.starts_on,
    }
    if key in keys:
        return keys[key]
    if key in ("kind", "provider", "policy_number"):
        return lambda row: fold(getattr(row.cover, key))
    value = lambda row: getattr(row, key)  # noqa: E731
    return lambda row: fold(value(row)) if isinstance(value(row), str) else value(row)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with new_ledger(tmp_path_factory.mktemp("shelf") / "ledger") as ledger:
        yield Shelf(ledger)


@given(wanted=some_filters | filters, sort=sorts, horizon=horizons)
@settings(max_examples=min(600, settings.default.max_examples * 3))
def test_filter_and_order_are_those_of_plain_python(
    shelf: Shelf, wanted: CoverFilter, sort: SortBy, horizon: Horizon
) -> None:
    found = shelf.ledger.read(lambda reader: reading.ids(reader, wanted, sort, horizon))
    expected = sorted(shelf.wanted(wanted, horizon), key=lambda row: row.id, reverse=sort.descending)
    expected.sort(key=_sort_key(sort.key, horizon), reverse=sort.descending)
    assert list(found) == [row.id for row in expected]
    assert shelf.ledger.read(lambda reader: reading.count(reader, wanted, horizon)) == len(expected)


@given(wanted=some_filters, horizon=horizons)
def test_figures_are_those_of_plain_python(shelf: Shelf, wanted: CoverFilter, horizon: Horizon) -> None:
    rows = shelf.wanted(wanted, horizon)
    states = Counter(cover_status(row.cover, *horizon) for row in rows)
    counts = shelf.ledger.read(lambda reader: reading.counts(reader, wanted, horizon))
    assert (counts.active, counts.expiring, counts.expired, counts.voided) == tuple(
        states[status] for status in CoverStatus
    )
    ends = shelf.ledger.read(lambda reader: reading.ends(reader, wanted, horizon))
    assert cover_months(ends, TODAY) == tuple(
        _month(Month.of(TODAY).plus(number), [row.cover for row in rows]) for number in range(12)
    )


def _month(month: Month, covers: list[Cover]) -> CoverMonth:
    ends = [Month.of(cover.last_day) for cover in covers if not cover.voided]
    return CoverMonth(
        month.first_day,
        active=sum(end > month for end in ends),
        expiring=sum(end == month for end in ends),
        expired=sum(end < month for end in ends),
    )


@given(wanted=filters)
def test_a_filter_comes_back_from_json(wanted: CoverFilter) -> None:
    assert CoverFilter.from_json(wanted.to_json()) == wanted
