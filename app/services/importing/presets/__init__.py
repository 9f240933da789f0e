"""What is known of the files of other programs, a module a program."""

from app.domain.problems import Refused
from app.services.importing.presets import amazon, budgets, counterfoil, homebox, paypal, warracker
from app.services.importing.presets.preset import Cells, Preset, Values
from app.services.importing.report import WHY_COLUMN

__all__ = ["PRESETS", "Cells", "Preset", "Values", "by_id", "recognise"]

PRESETS = (
    counterfoil.COUNTERFOIL_TABLE,
    counterfoil.COUNTERFOIL_DOCUMENT,
    amazon.ORDER_HISTORY,
    amazon.REFUNDS,
    homebox.HOMEBOX,
    warracker.WARRACKER,
    paypal.PAYPAL,
    budgets.YNAB,
    budgets.FIREFLY,
    budgets.HOMEBANK,
)
"""All presets; a file is asked of them in this order."""


def recognise(headers: tuple[str, ...]) -> Preset | None:
    """Return the program that writes files with these columns, or None."""
    present = frozenset(headers) - {WHY_COLUMN}
    return next((preset for preset in PRESETS if preset.recognises(present)), None)


def by_id(id: str) -> Preset:
    """Return a preset by its id. Raises `Refused`."""
    for preset in PRESETS:
        if preset.id == id:
            return preset
    raise Refused(f"There is no preset “{id[:40]}”; use {', '.join(preset.id for preset in PRESETS)}.")
