"""What makes a purchase one that can be saved."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import MAX_MINOR
from app.domain.problems import Refused
from app.domain.purchases import MAX_QUANTITY, Purchase, PurchaseStatus, Refund, check
from app.domain.text import NAME_LIMIT, NOTE_LIMIT
from app.domain.warranties import LIFETIME, Cover

GOOD = Purchase("27-inch 4K monitor", 56_700, "USD", date(2025, 3, 14))
PARTS = replace(GOOD, price=1250, quantity=3, unit_price=400, tax=100, shipping=50, discount=100)


@pytest.mark.parametrize(
    "purchase",
    [
        GOOD,
        PARTS,
        replace(GOOD, price=0),
        replace(GOOD, price=MAX_MINOR),
        replace(GOOD, tax=300),
        replace(GOOD, name="=1+1 <b>€</b>"),
        replace(GOOD, currency="JPY", quantity=MAX_QUANTITY),
        replace(GOOD, refunds=(Refund(date(2025, 4, 1), 56_700, 1),), status=PurchaseStatus.RETURNED),
        replace(GOOD, covers=(Cover(date(2025, 3, 14), None, kind=LIFETIME),)),
        replace(GOOD, return_by=date(2025, 3, 1), purchased_on=date(1900, 1, 1)),
    ],
)
def test_purchases_that_can_be_saved(purchase: Purchase) -> None:
    assert check(purchase) == []


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "   "}),
        ("name", {"name": "x" * (NAME_LIMIT + 1)}),
        ("name", {"name": "x" * 10_000}),
        ("retailer", {"retailer": "x" * (NAME_LIMIT + 1)}),
        ("serial_number", {"serial_number": "x" * (NAME_LIMIT + 1)}),
        ("notes", {"notes": "x" * (NOTE_LIMIT + 1)}),
        ("tags", {"tags": ("fine", "x" * (NAME_LIMIT + 1))}),
        ("currency", {"currency": ""}),
        ("currency", {"currency": "usd"}),
        ("currency", {"currency": "ZZZ"}),
        ("price", {"price": -1}),
        ("price", {"price": MAX_MINOR + 1}),
        ("tax", {"tax": -1}),
        ("discount", {"discount": -5}),
        ("price", {"price": 1000, "quantity": 3, "unit_price": 400}),
        ("quantity", {"quantity": 0}),
        ("quantity", {"quantity": -1}),
        ("quantity", {"quantity": MAX_QUANTITY + 1}),
        ("purchased_on", {"purchased_on": date(1, 1, 1)}),
        ("purchased_on", {"purchased_on": date(9999, 12, 31)}),
        ("return_by", {"return_by": date(1899, 12, 31)}),
        ("refunds", {"refunds": (Refund(date(2025, 4, 1), 0),)}),
        ("refunds", {"refunds": (Refund(date(2025, 4, 1), -10),)}),
        ("refunds", {"refunds": (Refund(date(2025, 4, 1), 56_701),)}),
        ("refunds", {"refunds": (Refund(date(2025, 4, 1), 1), Refund(date(2025, 4, 1), 56_700))}),
        ("refunds", {"refunds": (Refund(date(2025, 4, 1), 100, 2),)}),
        ("refunds", {"refunds": (Refund(date(2025, 4, 1), 100, -1),)}),
        ("refunds", {"refunds": (Refund(date(9999, 4, 1), 100),)}),
        ("covers", {"covers": (Cover(date(2025, 3, 14), None),)}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_in_one_sentence(field: str, fields: dict[str, Any]) -> None:
    (problem,) = check(replace(GOOD, **fields))
    assert problem.field == field
    assert problem.reason[0].isupper()
    assert problem.reason.endswith(".")
    assert len(problem.value) <= 100


def test_every_wrong_field_is_named_once() -> None:
    problems = check(
        replace(GOOD, name="", price=-1, tax=-1, quantity=0, refunds=(Refund(date(1, 1, 1), 0),))
    )
    assert sorted(problem.field for problem in problems) == ["name", "price", "quantity", "refunds", "tax"]
    refused = Refused(problems)
    assert refused.problems == tuple(problems)
    assert str(refused).count(".") == len(problems)


def test_the_parts_are_said_with_what_they_add_up_to() -> None:
    (problem,) = check(replace(PARTS, price=1300))
    assert "12.50 USD" in problem.reason
    assert problem.value == "13.00"


@given(
    st.integers(0, 10**9),
    st.integers(1, 1000),
    *[st.none() | st.integers(0, 10**6) for _ in range(3)],
)
def test_parts_make_up_the_price_exactly(
    unit_price: int, quantity: int, tax: int | None, shipping: int | None, discount: int | None
) -> None:
    parts = replace(GOOD, quantity=quantity, unit_price=unit_price, tax=tax, shipping=shipping)
    parts = replace(parts, discount=min(discount, parts.price_from_parts or 0) if discount else discount)
    whole = parts.price_from_parts
    assert whole is not None
    assert check(replace(parts, price=whole)) == []
    assert [problem.field for problem in check(replace(parts, price=whole + 1))] == ["price"]


def test_net_is_what_the_refunds_left() -> None:
    purchase = replace(GOOD, refunds=(Refund(date(2025, 4, 1), 600), Refund(date(2025, 5, 1), 100)))
    assert purchase.refunded == 700
    assert purchase.net == 56_000
    assert GOOD.price_from_parts is None
