"""Warranties as our own files hold them: the columns of CSV and XLSX, and warranties and claims as JSON.

What holds for all kinds of records is in `app.domain.exchange`. The warranties of a purchase are a list in one cell of
it; the claims on a warranty are one in a cell of the warranty.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from app.domain.claims import Claim, ClaimOutcome, ClaimState
from app.domain.exchange import ExchangeField
from app.domain.exchange_items import day_of, flag_of, objects, required, text_of, uuid_of, uuid_text
from app.domain.parsing import NotUnderstood, shown
from app.domain.warranties.record import Cover, Duration

WARRANTY_FIELDS = (
    ExchangeField("Product", "product"),
    ExchangeField("Purchased on", "purchased_on", "date"),
    ExchangeField("Retailer", "retailer", derived=True),
    ExchangeField("Kind", "kind"),
    ExchangeField("Status", "status", "word", derived=True),
    ExchangeField("Starts on", "starts_on", "date"),
    ExchangeField("Ends on", "ends_on", "date"),
    ExchangeField("Duration", "duration", "word"),
    ExchangeField("Provider", "provider"),
    ExchangeField("Policy number", "policy_number"),
    ExchangeField("Voided", "voided", "yes"),
    ExchangeField("Notes", "notes", "note"),
    ExchangeField("Claims", "claims", "json"),
    ExchangeField("Purchase UUID", "purchase_uuid", "uuid"),
    ExchangeField("UUID", "uuid", "uuid"),
)
"""The columns of an exported table of warranties, in their order."""


class ToldClaim(NamedTuple):
    """A claim as a file tells it, with the UUID of the warranty that it started."""

    claim: Claim
    new_cover: UUID | None


def covers_to_json(covers: Iterable[Cover]) -> list[dict[str, Any]]:
    """Return warranties as JSON values: dates ISO 8601, a duration as `P24M` or `P24M10D`, no end as null."""
    return [
        {
            "uuid": uuid_text(cover.uuid),
            "kind": cover.kind,
            "starts_on": cover.starts_on.isoformat(),
            "ends_on": None if cover.ends_on is None else cover.ends_on.isoformat(),
            "duration": None if cover.duration is None else duration_text(cover.duration),
            "provider": cover.provider,
            "policy_number": cover.policy_number,
            "notes": cover.notes,
            "voided": cover.voided,
        }
        for cover in covers
    ]


def covers_from_json(document: Any) -> tuple[Cover, ...]:
    """Return the warranties that `covers_to_json` wrote. Raises `NotUnderstood`; unknown keys are passed over."""
    return tuple(
        Cover(
            starts_on=required(day_of(item, "starts_on"), "a warranty's starts_on"),
            ends_on=day_of(item, "ends_on"),
            duration=duration_from(text_of(item, "duration")),
            kind=text_of(item, "kind") or "LIMITED",
            provider=text_of(item, "provider"),
            policy_number=text_of(item, "policy_number"),
            notes=text_of(item, "notes"),
            voided=flag_of(item, "voided"),
            uuid=uuid_of(item, "uuid"),
        )
        for item in objects(document, "warranties")
    )


def claims_to_json(claims: Iterable[Claim], uuids: Mapping[int, UUID]) -> list[dict[str, Any]]:
    """Return claims as JSON values; `uuids` has those of the warranties that they started, by their ids."""
    return [
        {
            "uuid": uuid_text(claim.uuid),
            "opened_on": claim.opened_on.isoformat(),
            "number": claim.number,
            "state": claim.state.value,
            "outcome": None if claim.outcome is None else claim.outcome.value,
            "closed_on": None if claim.closed_on is None else claim.closed_on.isoformat(),
            "notes": claim.notes,
            "new_warranty": None if claim.new_cover_id is None else uuid_text(uuids.get(claim.new_cover_id)),
        }
        for claim in claims
    ]


def claims_from_json(document: Any) -> tuple[ToldClaim, ...]:
    """Return the claims that `claims_to_json` wrote. Raises `NotUnderstood`; unknown keys are passed over."""
    return tuple(
        ToldClaim(
            Claim(
                opened_on=required(day_of(item, "opened_on"), "a claim's opened_on"),
                number=text_of(item, "number"),
                state=_word(ClaimState, text_of(item, "state") or ClaimState.OPEN),
                outcome=_word(ClaimOutcome, text_of(item, "outcome")) if item.get("outcome") else None,
                closed_on=day_of(item, "closed_on"),
                notes=text_of(item, "notes"),
                uuid=uuid_of(item, "uuid"),
            ),
            uuid_of(item, "new_warranty"),
        )
        for item in objects(document, "claims")
    )


_DURATION = re.compile(r"P(?=[0-9])(?:([0-9]{1,4})Y)?(?:([0-9]{1,5})M)?(?:([0-9]{1,7})D)?")


def duration_text(duration: Duration) -> str:
    """Return a duration as our files write it: `P24M` or `P24M10D`."""
    days = f"{duration.days}D" if duration.days else ""
    return f"P{duration.total_months}M{days}"


def duration_from(text: str) -> Duration | None:
    """Return the duration that a text means, None for an empty one. Raises `NotUnderstood`."""
    if not text:
        return None
    found = _DURATION.fullmatch(text)
    if found is None:
        raise NotUnderstood(f"{shown(text)} is not a duration; write P24M for 24 months.")
    years, months, days = (int(part or 0) for part in found.groups())
    more_years, months = divmod(months, 12)
    return Duration(years + more_years, months, days)


_Words = TypeVar("_Words", bound=StrEnum)


def _word(words: type[_Words], text: str) -> _Words:
    try:
        return words(text.upper())
    except ValueError:
        known = ", ".join(word.value for word in words)
        raise NotUnderstood(f"{shown(text)} is not known of a claim; write one of {known}.") from None
