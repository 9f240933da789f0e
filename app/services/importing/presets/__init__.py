"""What is known of the files of other programs, a module a program."""

from collections.abc import Sequence

from app.domain.problems import Refused
from app.services.importing.presets.preset import Cells, Preset, Values
from app.services.importing.report import WHY_COLUMN

__all__ = ["Cells", "Preset", "Values", "by_id", "recognise"]


def recognise(presets: Sequence[Preset], headers: Sequence[str]) -> Preset | None:
    """Return the program that writes files with these columns, or None."""
    present = frozenset(headers) - {WHY_COLUMN}
    return next((preset for preset in presets if preset.recognises(present)), None)


def by_id(presets: Sequence[Preset], id: str) -> Preset:
    """Return a preset by its id. Raises `Refused`."""
    for preset in presets:
        if preset.id == id:
            return preset
    raise Refused(f"There is no preset “{id[:40]}”; use {', '.join(preset.id for preset in presets)}.")
