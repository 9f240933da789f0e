"""What makes a claim valid, and what our files say of one."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.claims import Claim, ClaimOutcome, ClaimState, ClaimWarning, check_claim, claim_warning
from app.domain.exchange import from_cell, to_cell
from app.domain.parsing import NotUnderstood
from app.domain.warranties import Cover
from app.domain.warranties.exchange import ToldClaim, claims_from_json, claims_to_json

OPENED, CLOSED = date(2026, 5, 1), date(2026, 5, 20)
UUID_7 = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
DONE = Claim(OPENED, state=ClaimState.CLOSED, outcome=ClaimOutcome.REPAIRED, closed_on=CLOSED)

days = st.dates(date(1990, 1, 1), date(2190, 1, 1))


@pytest.mark.parametrize("claim", [Claim(OPENED), Claim(OPENED, state=ClaimState.SENT_IN), DONE])
def test_a_claim_that_is_all_right(claim: Claim) -> None:
    assert check_claim(claim) == []


@pytest.mark.parametrize(
    ("claim", "field", "reason"),
    [
        (Claim(date(1899, 1, 1)), "opened_on", "between 1900 and 2199"),
        (replace(DONE, outcome=None), "outcome", "Choose how the claim ended."),
        (replace(DONE, closed_on=None), "closed_on", "the day on which the claim was closed"),
        (replace(DONE, closed_on=date(2026, 4, 30)), "closed_on", "closed before it was made"),
        (replace(DONE, closed_on=date(2300, 1, 1)), "closed_on", "up to 2199"),
        (
            replace(DONE, state=ClaimState.OPEN, closed_on=None),
            "outcome",
            "Only a closed claim has an outcome",
        ),
        (Claim(OPENED, closed_on=CLOSED), "closed_on", "Only a closed claim has a closing day"),
        (Claim(OPENED, new_cover_id=7), "outcome", "starts a new warranty"),
        (replace(DONE, outcome=ClaimOutcome.REFUNDED, new_cover_id=7), "outcome", "starts a new warranty"),
        (Claim(OPENED, number="x" * 501), "number", "at most 500 characters"),
        (Claim(OPENED, notes="x" * 100_001), "notes", "at most 100,000 characters"),
    ],
)
def test_a_claim_that_cannot_be_says_why(claim: Claim, field: str, reason: str) -> None:
    (problem,) = check_claim(claim)
    assert problem.field == field
    assert reason in problem.reason


@given(starts=days, ends=st.none() | days, opened=days, voided=st.booleans())
def test_a_warning_is_given_just_where_the_cover_was_not_in_force(
    starts: date, ends: date | None, opened: date, voided: bool
) -> None:
    kind = "LIFETIME" if ends is None else "LIMITED"
    cover = Cover(starts, ends, kind=kind, voided=voided)
    assert (claim_warning(cover, opened) is None) == cover.in_force(opened)


def test_a_voided_cover_is_told_before_its_days() -> None:
    assert claim_warning(Cover(CLOSED, CLOSED, voided=True), OPENED) is ClaimWarning.VOIDED


def test_claims_come_back_from_a_cell() -> None:
    claims = [
        replace(DONE, number="R-1", notes="two\nlines", uuid=UUID_7, new_cover_id=3),
        Claim(OPENED, '"quoted", <b>', ClaimState.SENT_IN),
    ]
    cell = to_cell(claims_to_json(claims, {3: UUID_7}))
    assert claims_from_json(from_cell(cell)) == (
        ToldClaim(replace(claims[0], new_cover_id=None), UUID_7),
        ToldClaim(claims[1], None),
    )
    assert claims_from_json([]) == claims_from_json(None) == ()


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({}, "not a list of objects"),
        ([7], "not a list of objects"),
        ([{}], "a claim's opened_on"),
        ([{"opened_on": "31.05.2026"}], "write it as 2026-01-31"),
        ([{"opened_on": 7}], "has to be a text"),
        ([{"opened_on": "2026-05-31", "state": "GONE"}], "write one of OPEN, SENT_IN, CLOSED"),
        ([{"opened_on": "2026-05-31", "outcome": "LOST"}], "REPAIRED, REPLACED, REFUNDED, REFUSED"),
        ([{"opened_on": "2026-05-31", "uuid": "7"}], "is not a UUID"),
    ],
)
def test_claims_that_cannot_be_read_say_why(document: object, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        claims_from_json(document)
