"""A row of the table of covers as a value of the domain."""

from typing import Any

from sqlalchemy import Row

from app.domain.warranties import Cover, Duration


def cover_of(row: Row[Any]) -> Cover:
    """Return the cover that a row of its table is."""
    duration = None
    if row.duration_months is not None or row.duration_days is not None:
        years, months = divmod(row.duration_months or 0, 12)
        duration = Duration(years, months, row.duration_days or 0)
    return Cover(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        duration=duration,
        kind=row.kind,
        provider=row.provider,
        policy_number=row.policy_number,
        notes=row.notes,
        voided=row.voided,
        uuid=row.uuid,
        id=row.id,
    )
