"""What warranties and claims are called on the screen, in words and as pills."""

import datetime as dt

from app.domain.claims import Claim, ClaimOutcome, ClaimState, ClaimWarning
from app.domain.spending import CoverCounts
from app.domain.warranties import Cover
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.purchases.words import cover_kind_name
from app.ui.tables.cells import PillSpec
from app.ui.widgets.pill import PillKind


def counted(number: int) -> str:
    """Return "66 warranties"."""
    return tr_n("{n} warranty", "{n} warranties", number)


def state_name(state: ClaimState) -> str:
    """Return what the state of a claim is called."""
    names = {
        ClaimState.OPEN: tr("Open"),
        ClaimState.SENT_IN: tr("Sent in"),
        ClaimState.CLOSED: tr("Closed"),
    }
    return names[state]


def outcome_name(outcome: ClaimOutcome) -> str:
    """Return what the outcome of a claim is called."""
    names = {
        ClaimOutcome.REPAIRED: tr("Repaired"),
        ClaimOutcome.REPLACED: tr("Replaced"),
        ClaimOutcome.REFUNDED: tr("Refunded"),
        ClaimOutcome.REFUSED: tr("Refused"),
    }
    return names[outcome]


def claim_pill(claim: Claim) -> PillSpec:
    """Return the pill of a claim: how it ended, or how it stands."""
    if claim.outcome is None:
        icon = "package" if claim.state is ClaimState.SENT_IN else "life-buoy"
        return PillSpec(PillKind.RUNNING, state_name(claim.state), icon)
    if claim.outcome is ClaimOutcome.REFUSED:
        return PillSpec(PillKind.BAD, outcome_name(claim.outcome), "circle-x")
    return PillSpec(PillKind.OK, outcome_name(claim.outcome), "circle-check")


def claim_title(claim: Claim) -> str:
    """Return what one claim is called: by its number where it has one."""
    if claim.number:
        return tr("Claim {number}").format(number=claim.number)
    return tr("Claim of {date}").format(date=formats.date(claim.opened_on))


def claim_days(claim: Claim) -> str:
    """Return when a claim was made, where its title does not say that already, and when it was closed."""
    opened = formats.date(claim.opened_on)
    if claim.closed_on is None:
        return tr("Made on {date}").format(date=opened) if claim.number else ""
    closed = formats.date(claim.closed_on)
    if not claim.number:
        return tr("Closed on {date}").format(date=closed)
    return tr("{opened}, closed on {closed}").format(opened=opened, closed=closed)


def warning_text(warning: ClaimWarning, cover: Cover) -> str:
    """Return in a sentence what speaks against a claim; it can be saved all the same."""
    if warning is ClaimWarning.VOIDED:
        return tr("This warranty is voided. You can still save.")
    if warning is ClaimWarning.BEFORE_START:
        day = formats.date(cover.starts_on)
        return tr("The warranty starts later, on {date}. You can still save.").format(date=day)
    day = formats.date(cover.last_day)
    return tr("The warranty ended before, on {date}. You can still save.").format(date=day)


def cover_line(cover: Cover, today: dt.date) -> str:
    """Return a cover in one line, for a list to choose from: kind, provider, what is left of it."""
    left = tr("voided") if cover.voided else formats.time_left_in_full(cover.ends_on, today)
    return " · ".join(part for part in (cover_kind_name(cover.kind), cover.provider, left) if part)


def until_text(cover: Cover) -> str:
    """Return the end of a cover: "until 14 Mar 2028", or that it has none."""
    if cover.ends_on is None:
        return tr("for a lifetime")
    return tr("until {date}").format(date=formats.date(cover.ends_on))


def cover_name(cover: Cover) -> str:
    """Return what a warranty is called: "Extended warranty of Brightwell"."""
    kind = tr("{kind} warranty").format(kind=cover_kind_name(cover.kind))
    return tr("{cover} of {provider}").format(cover=kind, provider=cover.provider) if cover.provider else kind


def states_text(counts: CoverCounts) -> str:
    """Return how many warranties are in which state, leaving out states that none is in: "9 active, 1 ended"."""
    parts = (
        (tr("{n} active"), counts.active),
        (tr("{n} expiring"), counts.expiring),
        (tr("{n} ended"), counts.expired),
        (tr("{n} voided"), counts.voided),
    )
    return ", ".join(words.format(n=formats.count(number)) for words, number in parts if number)
