"""What a cell says: on the screen, to a screen reader and on the clipboard."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any

from app.domain.columns import Column, Kind
from app.domain.dates import iso_instant
from app.domain.money import Money, plain
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.widgets.pill import PillKind


@dataclass(frozen=True, slots=True)
class PillSpec:
    """What a status or warranty cell holds: a kind, the words, and a Lucide icon ("" for none)."""

    kind: PillKind
    text: str
    icon: str = ""


class CellState(Enum):
    """Whether a cell can show its value."""

    READY = auto()
    EMPTY = auto()  # the record has no value here: a dash
    LOADING = auto()  # not in memory yet: a faint bar
    FAILED = auto()  # reading or writing it out raised an error: a mark
    GONE = auto()  # the record is no longer in the ledger: nothing


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is shown: its text (also where a pill or a mark is drawn) and the value behind it."""

    text: str = ""
    value: Any = None
    state: CellState = CellState.READY


EMPTY = Cell(formats.NO_VALUE, None, CellState.EMPTY)
LOADING = Cell("", None, CellState.LOADING)
FAILED = Cell("!", None, CellState.FAILED)
GONE = Cell("", None, CellState.GONE)

_WRITERS: dict[Kind, Callable[[Any], str]] = {
    "name": str,
    "text": str,
    "money": formats.money,
    "date": formats.date,
    "instant": formats.date_time,
    "status": lambda value: str(getattr(value, "text", value)),
    "warranty": lambda value: str(getattr(value, "text", value)),
    "tags": ", ".join,
    "count": formats.count,
    "receipt": lambda value: tr_n("{n} receipt", "{n} receipts", value),
    "day": formats.day,
    "figure": str,
    "progress": lambda value: tr("{share} paid").format(share=formats.share(value)),
}


def make_cell(column: Column, value: Any) -> Cell:
    """Return the cell of a column that holds `value`."""
    if value is None or value in ("", ()) or (column.kind == "receipt" and value == 0):
        return EMPTY
    return Cell(_WRITERS[column.kind](value), value)


def spoken(cell: Cell) -> str:
    """Return what a screen reader says for a cell; a dash alone would be passed over."""
    if cell.state is CellState.EMPTY:
        return tr("none")
    if cell.state is CellState.LOADING:
        return tr("loading")
    if cell.state is CellState.FAILED:
        return tr("This value cannot be shown; the log says why.")
    return cell.text


def plain_text(value: Any) -> str:
    """Return a value as other programs read it: ISO dates, amounts with a point and without a currency."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return plain(value.minor, value.currency)
    if isinstance(value, datetime):
        return iso_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(getattr(value, "text", value))
