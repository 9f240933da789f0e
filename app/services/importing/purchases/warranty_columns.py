"""A warranty told in columns of a table: an end, a length, or that it never ends."""

from datetime import date

from app.domain.parsing import NotUnderstood
from app.domain.warranties import LIFETIME, Cover, Duration, add_duration
from app.services.importing.presets import Values

LONGEST_YEARS = 150


def covers_of(values: Values, bought: date) -> tuple[Cover, ...]:
    """Return the cover that the values of a row describe, or none. Raises `NotUnderstood`."""
    starts_on: date = values.get("warranty_starts_on", bought)
    kind = values.get("warranty_kind") or "LIMITED"
    if kind.upper() == LIFETIME or values.get("warranty_lifetime"):
        return (_cover(values, starts_on, None, None, LIFETIME),)
    ends_on: date | None = values.get("warranty_ends_on")
    if ends_on is not None:
        return (_cover(values, starts_on, ends_on, None, kind),)
    duration = _duration(values)
    if not duration:
        return ()
    try:
        ends_on = add_duration(starts_on, duration)
    except OverflowError:
        raise _too_long() from None
    return (_cover(values, starts_on, ends_on, duration, kind),)


def _duration(values: Values) -> Duration:
    years, months, days = (int(values.get(f"warranty_{unit}", 0)) for unit in ("years", "months", "days"))
    if min(years, months, days) < 0 or years + months / 12 + days / 365 > LONGEST_YEARS:
        raise _too_long()
    return Duration(years, months, days)


def _cover(
    values: Values, starts_on: date, ends_on: date | None, duration: Duration | None, kind: str
) -> Cover:
    return Cover(
        starts_on,
        ends_on,
        duration,
        kind,
        provider=values.get("warranty_provider", ""),
        policy_number=values.get("warranty_policy", ""),
        notes=values.get("warranty_notes", ""),
    )


def _too_long() -> NotUnderstood:
    return NotUnderstood(f"A warranty lasts from 0 to {LONGEST_YEARS} years; mend its length.")
