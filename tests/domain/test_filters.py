"""A filter is a plain value that can be saved and read again."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter, PurchaseStatus
from app.domain.warranties import CoverStatus

ids = st.frozensets(st.integers(0, 10**9), max_size=5)
amounts = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3)
filters = st.builds(
    PurchaseFilter,
    text=st.text(),
    statuses=st.frozensets(st.sampled_from(PurchaseStatus)),
    retailers=ids,
    brands=ids,
    categories=ids,
    tags=ids,
    bought_from=st.none() | st.dates(),
    bought_to=st.none() | st.dates(),
    price_from=amounts,
    price_to=amounts,
    currency=st.sampled_from(["", "EUR", "JPY"]),
    warranty=st.frozensets(st.sampled_from(CoverStatus)),
    expiring_days=st.none() | st.integers(0, 3650),
    receipt=st.none() | st.booleans(),
)


@given(filters)
def test_a_filter_survives_json(wanted: PurchaseFilter) -> None:
    assert PurchaseFilter.from_json(json.loads(json.dumps(wanted.to_json()))) == wanted


@given(filters, filters)
def test_equal_filters_have_equal_json(one: PurchaseFilter, other: PurchaseFilter) -> None:
    assert (one == other) == (one.to_json() == other.to_json())
    assert one != other or hash(one) == hash(other)


def test_an_empty_filter_is_false_and_says_nothing() -> None:
    assert not PurchaseFilter()
    assert PurchaseFilter().to_json() == {}
    assert PurchaseFilter(expiring_days=0)
    assert PurchaseFilter(receipt=False)
    assert PurchaseFilter(price_from=Decimal(0))


def test_what_a_later_program_added_is_left_out() -> None:
    assert PurchaseFilter.from_json({"text": "kettle", "mood": "good"}) == PurchaseFilter(text="kettle")


@pytest.mark.parametrize(
    "document",
    [
        {"statuses": ["LOST"]},
        {"statuses": "RECEIVED"},
        {"statuses": 3},
        {"retailers": ["x"]},
        {"retailers": None},
        {"bought_from": "31.02.2025"},
        {"bought_from": 2025},
        {"price_from": "NaN"},
        {"price_to": "Infinity"},
        {"price_to": "cheap"},
        {"warranty": ["FOREVER"]},
        {"expiring_days": "soon"},
        {"expiring_days": -1},
        {"expiring_days": 10**12},
    ],
)
def test_a_document_that_makes_no_filter_is_refused_in_words(document: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="saved filter"):
        PurchaseFilter.from_json(document)


def test_a_date_is_written_as_a_date() -> None:
    assert PurchaseFilter(bought_from=date(2025, 1, 1)).to_json() == {"bought_from": "2025-01-01"}
