"""How a warranty cover is made ready to be kept, whether it is entered with its purchase or by itself."""

from dataclasses import replace

from app.domain.text import clean, clean_note
from app.domain.warranties import Cover, add_duration, own_kind


def prepared(cover: Cover) -> Cover:
    """Return a cover with its texts cleaned and its end worked out of its duration.

    Raises `OverflowError` for a duration that no calendar holds.
    """
    return replace(
        cover,
        ends_on=add_duration(cover.starts_on, cover.duration) if cover.duration else cover.ends_on,
        duration=cover.duration or None,
        kind=own_kind(clean(cover.kind)),
        provider=clean(cover.provider),
        policy_number=clean(cover.policy_number),
        notes=clean_note(cover.notes),
    )
