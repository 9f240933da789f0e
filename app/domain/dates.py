"""Calendar facts and instants: which dates make sense, and how instants are written."""

from datetime import UTC, date, datetime

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
"""Dates outside these two are taken for slips of the pen."""


def is_plausible(day: date) -> bool:
    """Tell whether a date lies in the range that the ledger accepts."""
    return EARLIEST <= day <= LATEST


def to_milliseconds(instant: datetime) -> int:
    """Return an aware instant as whole milliseconds since 1970-01-01 UTC."""
    delta = instant - _EPOCH
    return delta.days * 86_400_000 + delta.seconds * 1000 + delta.microseconds // 1000


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the instant that lies so many milliseconds after 1970-01-01 UTC, as an aware UTC datetime."""
    seconds, rest = divmod(milliseconds, 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000)


def iso_instant(instant: datetime) -> str:
    """Return an aware instant as ISO 8601 in UTC with milliseconds and a Z."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
