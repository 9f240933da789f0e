"""Which columns a table shows, in which order and how wide: the user's choice, and what room is left to share."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHeaderView

from app.domain.columns import Column
from app.ui.tables.painting import PADDING
from app.ui.theme.theme import Theme, current

_MARGIN = "xl"
_WIDEST = 4000
_NARROWEST_NAME = 140


class ColumnLayout:
    """Keeps the widths that columns have by themselves and spreads the room of the table over them.

    Widths are kept at 100 % text size and without the page margin, which whatever column comes first or last
    has besides. Room left over goes to the name, or to the last column once the name was made narrower by hand.
    Where a little is missing the name gives it.
    """

    def __init__(self, columns: Sequence[Column], header: QHeaderView) -> None:
        self._columns = tuple(columns)
        self._header = header
        self._widths = [column.width for column in columns]
        self._name = next((at for at, column in enumerate(columns) if column.kind == "name"), -1)
        self._name_is_fixed = False
        self._applying = False
        self._theme = current()
        self._paddings: dict[int, tuple[int, int]] = {}
        header.sectionResized.connect(self._resized)

    def restyle(self, theme: Theme) -> None:
        """Take over the text size of the theme."""
        self._theme = theme

    def shown(self) -> list[int]:
        """Return the visible columns from left to right, by their place in the declaration."""
        header = self._header
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [logical for logical in order if not header.isSectionHidden(logical)]

    def paddings(self, logical: int) -> tuple[int, int]:
        """Return the room at the left and right of a column's cells: the page margin at the ends."""
        return self._paddings.get(logical, (PADDING, PADDING))

    def apply(self, room: int) -> None:
        """Spread `room` pixels over the visible columns."""
        shown = self.shown()
        if not shown:
            return
        margin = self._theme.space(_MARGIN)
        self._paddings = {
            logical: (margin if logical == shown[0] else PADDING, margin if logical == shown[-1] else PADDING)
            for logical in shown
        }
        widths = {logical: self._theme.px(self._widths[logical]) + self._extra(logical) for logical in shown}
        spare = room - sum(widths.values())
        if spare > 0:
            stretched = self._name if self._name in widths and not self._name_is_fixed else shown[-1]
            widths[stretched] += spare
        elif self._name in widths and not self._name_is_fixed:
            least = min(self._theme.px(_NARROWEST_NAME), widths[self._name])
            widths[self._name] = max(least, widths[self._name] + spare)
        self._applying = True
        for logical, width in widths.items():
            if self._header.sectionSize(logical) != width:
                self._header.resizeSection(logical, width)
        self._applying = False

    def reset(self) -> None:
        """Show the columns as they are declared."""
        self._name_is_fixed = False
        self._arrange(range(len(self._columns)))
        for logical, column in enumerate(self._columns):
            self._widths[logical] = column.width
            self._header.setSectionHidden(logical, not column.visible)

    def state(self) -> list[dict[str, Any]]:
        """Return the layout as plain JSON values, from left to right."""
        order = [self._header.logicalIndex(place) for place in range(self._header.count())]
        return [
            {
                "key": self._columns[logical].key,
                "width": self._widths[logical],
                "shown": not self._header.isSectionHidden(logical),
                **({"fixed": True} if logical == self._name and self._name_is_fixed else {}),
            }
            for logical in order
        ]

    def restore(self, saved: object) -> None:
        """Take over what `state` returned, as far as it still fits the columns of today."""
        places = {column.key: at for at, column in enumerate(self._columns)}
        entries = [item for item in saved if isinstance(item, Mapping)] if isinstance(saved, list) else []
        known = {places[key]: item for item in entries if (key := str(item.get("key"))) in places}
        if not any(item.get("shown", True) for item in known.values()):
            return
        order = list(known)
        for logical in range(len(self._columns)):
            if logical not in known:
                order.insert(min(logical, len(order)), logical)
        self._arrange(order)
        for logical, item in known.items():
            width = item.get("width")
            if isinstance(width, int) and 0 < width <= _WIDEST:
                self._widths[logical] = width
            self._header.setSectionHidden(logical, item.get("shown") is False)
        self._name_is_fixed = known.get(self._name, {}).get("fixed") is True

    def _extra(self, logical: int) -> int:
        return sum(self.paddings(logical)) - 2 * PADDING

    def _arrange(self, order: Sequence[int]) -> None:
        for place, logical in enumerate(order):
            self._header.moveSection(self._header.visualIndex(logical), place)

    def _resized(self, logical: int, old: int, new: int) -> None:
        """Remember the width that the user drew a column to; hiding one makes it 0 wide, which is none."""
        if self._applying or new == 0 or old == 0:
            return
        width = (new - self._extra(logical)) * 100 / self._theme.text_percent
        self._widths[logical] = max(1, round(width))
        if logical == self._name:
            self._name_is_fixed = new < old
