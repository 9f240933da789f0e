"""Debts files and scenarios as JSON: what is written is read back, and what is unclear is refused in one sentence."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.debts.exchange import (
    debts_from_json,
    debts_to_json,
    scenario_from_json,
    scenario_to_json,
)
from app.domain.debts.minimum import FixedMinimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import PlanDebt, PlanInput
from app.domain.debts.scenario import Consolidation, NewRate, Scenario, Transfer
from app.domain.months import Month
from app.domain.problems import Refused
from tests.domain.debts.generated import inputs

CARD: dict[str, Any] = {"name": "Card", "balance": "1200.50", "apr": "19.9", "minimum": "35"}


def test_amounts_are_strings_or_numbers() -> None:
    document = json.loads(
        """[
        {"name": "Card", "balance": "1200.50", "apr": 19.9, "minimum": 35, "promo_apr": "0", "promo_months": 6,
         "credit_limit": 5000.0, "rank": 2, "key": "k"},
        {"name": "Loan", "balance": 1e3, "apr": "4.125", "minimum": {"term_months": "36"}, "rank": null},
        {"name": "Shop", "balance": 0.1, "apr": 0, "minimum": {"percent": 2.5, "floor": "25", "plus_interest": true}}
        ]"""
    )
    expected = (
        PlanDebt("Card", 1200_50, Decimal("19.9"), FixedMinimum(35_00), Decimal(0), 6, 5000_00, 2, "k"),
        PlanDebt("Loan", 1000_00, Decimal("4.125"), TermMinimum(36)),
        PlanDebt("Shop", 10, Decimal(0), PercentMinimum(Decimal("2.5"), 25_00, plus_interest=True)),
    )
    assert debts_from_json(document, "EUR") == expected
    exact = json.loads(json.dumps(document), parse_float=Decimal)
    assert debts_from_json(exact, "EUR") == expected


def test_amounts_are_in_the_currency_given() -> None:
    assert debts_from_json([CARD | {"balance": 1200, "minimum": 35}], "JPY")[0].balance == 1200
    assert debts_from_json([CARD | {"balance": "1.234"}], "KWD")[0].balance == 1234


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"balance": "NaN"}, "balance is “NaN”, which is not a number"),
        ({"balance": float("nan")}, "balance is nan, which is not a number"),
        ({"balance": float("inf")}, "balance is inf"),
        ({"balance": "1e999"}, "balance is “1e999”"),
        ({"balance": Decimal("1e999999")}, "balance is"),
        ({"balance": "-1"}, "balance is “-1”; enter 0 or more"),
        ({"balance": "1,000"}, "balance is “1,000”, which is not a number"),
        ({"balance": "1_000"}, "which is not a number"),
        ({"balance": "１２"}, "which is not a number"),
        ({"balance": True}, "balance is true, which is not a number"),
        ({"balance": None}, "balance is missing"),
        ({"balance": []}, "balance is a list"),
        ({"balance": 10**30}, "a number of more than 20 digits"),
        ({"balance": "9" * 20}, "balance: This amount is too large"),
        ({"balance": "1.005"}, "balance: EUR has 2 decimals"),
        ({"apr": "1000.1"}, "apr is “1000.1”; enter per cent from 0 to 1000"),
        ({"apr": "1.2345"}, "at most 3 decimals"),
        ({"apr": {}}, "apr is an object"),
        ({"name": ""}, "name is empty"),
        ({"name": 5}, "name is 5, which is not a text"),
        ({"name": "x" * 501}, "name is too long"),
        ({"minimum": None}, "minimum is missing"),
        ({"minimum": {}}, "minimum: percent is missing"),
        ({"minimum": {"percent": 101}}, "minimum: percent is 101"),
        ({"minimum": {"percent": 1, "flor": 2}}, "minimum: “flor” is not a known key"),
        ({"minimum": {"percent": 1, "plus_interest": "yes"}}, "minimum: plus_interest is “yes”"),
        ({"minimum": {"term_months": 0}}, "minimum: term_months is 0; enter a whole number"),
        ({"minimum": {"term_months": 12, "percent": 1}}, "“percent” is not a known key"),
        ({"minimum": {"term_months": 1.5}}, "term_months is 1.5"),
        ({"promo_apr": 0}, "promo_months is missing"),
        ({"promo_months": 3}, "promo_apr is missing"),
        ({"promo_apr": 0, "promo_months": -1}, "promo_months is -1"),
        ({"rank": 1.5}, "rank is 1.5"),
        ({"color": "red"}, "“color” is not a known key"),
    ],
)
def test_what_is_unclear_is_refused_by_debt_and_field(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused) as refused:
        debts_from_json([CARD | {"name": "First"}, CARD | change], "EUR")
    sentence = str(refused.value)
    assert sentence.startswith("Debt 2")
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"debts": []}, "holds a list"),
        ("x", "holds a list"),
        ([5], "Debt 1 is 5"),
        ([CARD, CARD], "Debt 2 (“Card”): name"),
        ([CARD | {"key": "a"}, CARD | {"key": "a", "name": "B"}], "Debt 2 (“B”): key"),
        ([CARD] * 1001, "1,001 debts"),
    ],
)
def test_what_is_no_list_of_debts_is_refused(document: Any, words: str) -> None:
    with pytest.raises(Refused) as refused:
        debts_from_json(document, "EUR")
    assert words in str(refused.value)


@settings(deadline=None)
@given(inputs(), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_debts_are_read_back_as_they_were(given: PlanInput, currency: str) -> None:
    written = json.loads(json.dumps(debts_to_json(given.debts, currency)))
    assert debts_from_json(written, currency) == given.debts


@settings(deadline=None)
@given(inputs(), st.booleans())
def test_a_scenario_is_read_back_as_it_was(given: PlanInput, full: bool) -> None:
    scenario = Scenario(
        name="Plan B",
        currency="EUR",
        strategy="custom",
        start=given.start,
        debts=given.debts,
        extra=given.extra,
        one_offs=given.one_offs,
        pauses=given.pauses,
        conventions=given.conventions,
    )
    if full:
        uuid = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
        scenario = Scenario(
            **{name: getattr(scenario, name) for name in ("name", "currency", "strategy", "start", "debts")},
            budget=900_00,
            what_ifs=(
                NewRate("a", Decimal("1.5")),
                Consolidation(("a", "b"), "Loan", Decimal(9), 5_00, TermMinimum(12)),
                Transfer("c", "New", Decimal(20), Decimal(0), 18, 7_00, PercentMinimum(Decimal(2)), 100_00),
            ),
            custom=("b", "a"),
            in_use_since=date(2026, 1, 31),
            series=uuid,
            version=3,
            uuid=uuid,
            created_at=datetime(2026, 1, 1, 12, 0, 0, 123_000, tzinfo=UTC),
            updated_at=datetime(2026, 1, 2, tzinfo=UTC),
        )
    assert scenario_from_json(json.loads(json.dumps(scenario_to_json(scenario)))) == scenario


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"start": "2026-13"}, "start is “2026-13”; write a month"),
        ({"currency": "EURO"}, "currency: “EURO” is not a currency code"),
        ({"one_offs": [{"month": "2026-01"}]}, "one_offs 1: amount is missing"),
        ({"one_offs": {}}, "one_offs is an object; write a list"),
        ({"what_ifs": [{"kind": "magic", "apr": 1, "name": "x", "minimum": "0"}]}, "what_ifs 1: kind is not"),
        ({"conventions": {"rounding": "up"}}, "conventions: rounding is “up”; there are half-up"),
        ({"in_use_since": "31.01.2026"}, "in_use_since"),
        ({"uuid": "x"}, "which is not a UUID"),
        ({"created_at": "2026-01-01T00:00:00"}, "without a time zone"),
        ({"custom": [1]}, "custom is not a list of texts"),
        ({"colour": 1}, "“colour” is not a known key"),
    ],
)
def test_a_scenario_that_was_changed_by_hand_is_refused(change: dict[str, Any], words: str) -> None:
    plain = Scenario("A", "EUR", "avalanche", Month(2026, 1), ())
    with pytest.raises(Refused) as refused:
        scenario_from_json(scenario_to_json(plain) | change)
    assert words in str(refused.value)
