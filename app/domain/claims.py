"""Claims on a warranty: when one was made, how it stands, and how it ended."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.dates import EARLIEST, LATEST
from app.domain.problems import Problem
from app.domain.text import NAME_LIMIT, NOTE_LIMIT
from app.domain.warranties import Cover


class ClaimState(StrEnum):
    """How a claim stands: reported, the product sent in, or closed with an outcome."""

    OPEN = "OPEN"
    SENT_IN = "SENT_IN"
    CLOSED = "CLOSED"


class ClaimOutcome(StrEnum):
    """How a claim ended."""

    REPAIRED = "REPAIRED"
    REPLACED = "REPLACED"
    REFUNDED = "REFUNDED"
    REFUSED = "REFUSED"

    @property
    def may_start_cover(self) -> bool:
        """Whether what came of it may be under a warranty of its own."""
        return self in (ClaimOutcome.REPAIRED, ClaimOutcome.REPLACED)


class ClaimWarning(StrEnum):
    """Why a claim may be refused by the provider; it is kept all the same."""

    BEFORE_START = "BEFORE_START"
    AFTER_END = "AFTER_END"
    VOIDED = "VOIDED"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on a cover. `number` is the provider's; `new_cover_id` names the cover that it started, if it did."""

    opened_on: date
    number: str = ""
    state: ClaimState = ClaimState.OPEN
    outcome: ClaimOutcome | None = None
    closed_on: date | None = None
    notes: str = ""
    cover_id: int = 0
    new_cover_id: int | None = None
    uuid: UUID | None = None
    id: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed."""
        return self.state is not ClaimState.CLOSED


def check_claim(claim: Claim) -> list[Problem]:
    """Return what keeps a claim from being saved."""
    problems = []
    if not EARLIEST <= claim.opened_on <= LATEST:
        problems.append(Problem("opened_on", f"Enter a day between {EARLIEST.year} and {LATEST.year}."))
    if claim.state is ClaimState.CLOSED:
        problems.extend(_check_closed(claim))
    else:
        if claim.outcome is not None:
            problems.append(
                Problem("outcome", "Only a closed claim has an outcome; close it, or remove the outcome.")
            )
        if claim.closed_on is not None:
            problems.append(
                Problem("closed_on", "Only a closed claim has a closing day; close it, or remove the day.")
            )
    if claim.new_cover_id is not None and (claim.outcome is None or not claim.outcome.may_start_cover):
        problems.append(Problem("outcome", "Only a repair or a replacement starts a new warranty."))
    if len(claim.number) > NAME_LIMIT:
        problems.append(Problem("number", f"The number is too long; use at most {NAME_LIMIT} characters."))
    if len(claim.notes) > NOTE_LIMIT:
        problems.append(Problem("notes", f"The notes are too long; use at most {NOTE_LIMIT:,} characters."))
    return problems


def claim_warning(cover: Cover, opened_on: date) -> ClaimWarning | None:
    """Return what speaks against a claim that was made on a day; None where the cover was in force on it.

    The day of the claim counts, not today: what was reported in time stays so when the cover ends meanwhile.
    """
    if cover.voided:
        return ClaimWarning.VOIDED
    if opened_on < cover.starts_on:
        return ClaimWarning.BEFORE_START
    return ClaimWarning.AFTER_END if opened_on > cover.last_day else None


def _check_closed(claim: Claim) -> list[Problem]:
    problems = []
    if claim.outcome is None:
        problems.append(Problem("outcome", "Choose how the claim ended."))
    if claim.closed_on is None:
        problems.append(Problem("closed_on", "Enter the day on which the claim was closed."))
    elif claim.closed_on < claim.opened_on:
        problems.append(
            Problem("closed_on", "The claim was closed before it was made; change one of the days.")
        )
    elif claim.closed_on > LATEST:
        problems.append(Problem("closed_on", f"Enter a day up to {LATEST.year}."))
    return problems
