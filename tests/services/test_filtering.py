"""Conditions as typed on the command line become a filter, or are refused with what is allowed."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter, PurchaseStatus
from app.domain.warranties import CoverStatus
from app.services import names, purchases
from app.services.filtering import KEYS, where_filter
from app.services.ledger import Ledger
from app.services.names import NameKind
from tests.helpers.ledgers import bought


def test_no_conditions_let_everything_through(ledger: Ledger) -> None:
    assert where_filter(ledger, []) == PurchaseFilter()


def test_conditions_are_read_as_typed(ledger: Ledger) -> None:
    wanted = where_filter(
        ledger,
        [
            ("text", " desk lamp "),
            ("status", "received"),
            ("STATUS", "Ordered"),
            ("from", "2026-01-01"),
            ("to", "2026-03-31"),
            ("min_price", "12.50"),
            ("max-price", "1000"),
            ("currency", "eur"),
            ("warranty", "expiring"),
            ("expiring-days", "30"),
        ],
    )
    assert wanted == PurchaseFilter(
        text="desk lamp",
        statuses=frozenset({PurchaseStatus.RECEIVED, PurchaseStatus.ORDERED}),
        bought_from=date(2026, 1, 1),
        bought_to=date(2026, 3, 31),
        price_from=Decimal("12.50"),
        price_to=Decimal(1000),
        currency="EUR",
        warranty=frozenset({CoverStatus.EXPIRING}),
        expiring_days=30,
    )


def test_names_are_found_whatever_their_case_and_none_by_an_empty_value(ledger: Ledger) -> None:
    ledger.run(
        purchases.add(bought("Desk", retailer="Möbel Müller", brand="IKEA", category="Tools", tags=("home",)))
    )
    ledger.run(purchases.add(bought("Lamp")))
    given = [("retailer", "MÖBEL müller"), ("brand", "ikea"), ("category", "tools"), ("tag", "Home")]
    assert purchases.count(ledger, where_filter(ledger, given)) == 1
    assert purchases.count(ledger, where_filter(ledger, [("retailer", "")])) == 1
    assert purchases.count(ledger, where_filter(ledger, [("tag", "home"), ("tag", "")])) == 2


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("shop", "IKEA", "“shop” is no condition; use one of text, status, retailer"),
        ("status", "lost", "“lost” is not known; use one of ordered, received, returned."),
        ("warranty", "maybe", "use one of active, expiring, expired, voided."),
        ("retailer", "Nobody", "There is no retailer “Nobody”; use one of Amazon, Apple"),
        ("tag", "x", "There is no tag “x”; there are none yet."),
        ("currency", "BTC", "“BTC” is no currency"),
        ("from", "31.02.2026", "31.02.2026"),
        ("min-price", "cheap", "cheap"),
        ("expiring-days", "-1", "number of days"),
        ("text", "  ", "is empty"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(ledger: Ledger, key: str, value: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        where_filter(ledger, [(key, value)])
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_condition_that_has_one_value_is_given_once(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="given twice"):
        where_filter(ledger, [("currency", "EUR"), ("currency", "USD")])


def test_a_long_list_of_names_is_cut_short(ledger: Ledger) -> None:
    for number in range(30):
        ledger.run(names.add(NameKind.TAG, f"tag {number:02}"))
    with pytest.raises(Refused, match="tag 11 and 18 more"):
        where_filter(ledger, [("tag", "none of them")])


def test_every_key_is_named_as_it_is_typed() -> None:
    assert all(key == key.lower() and "_" not in key for key in KEYS)
