"""Popups in which a filter gets a range, such as from one day to another, and the chip that shows one."""

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from app.ui import entry, formats
from app.ui.i18n import tr
from app.ui.records.popup import FilterPopup
from app.ui.theme import theme
from app.ui.widgets.button import primary
from app.ui.widgets.chip import Chip
from app.ui.widgets.fields import DateField
from app.ui.widgets.form import FormField

Span = tuple[dt.date, dt.date]
Days = tuple[dt.date | None, dt.date | None]
"""First and last day, both included; None leaves that side open."""

_LINE, _ROWS = 28, 8

T = TypeVar("T")


class RangePopup(FilterPopup, Generic[T]):
    """Fields with a button that applies them."""

    def __init__(self, name: str, chosen: Callable[[T], object], parent: QWidget) -> None:
        super().__init__(name, 300, parent)
        self._chosen = chosen
        self.show_button = primary(tr("Apply"), compact=True)
        self.show_button.setAutoDefault(True)
        self.show_button.clicked.connect(self.apply)

    def apply(self) -> None:
        """Take the fields over and close; or show what is wrong."""
        entered = self.entered()
        if entered is not None:
            self._chosen(entered)
            self.close()

    def entered(self) -> T | None:
        """Return what was entered, or None where something is wrong and says so."""
        return None

    def add_button(self) -> None:
        """Put the button at the bottom right."""
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.show_button)
        self.column.addLayout(row)


class DaysPopup(RangePopup[Days]):
    """A span of days: one of the usual ones, or from and to."""

    def __init__(
        self,
        name: str,
        days: Days,
        usual: Sequence[tuple[str, Span]],
        today: dt.date,
        chosen: Callable[[Days], object],
        parent: QWidget,
    ) -> None:
        super().__init__(name, chosen, parent)
        self._today = today
        self.presets = QListWidget()
        self.presets.setAccessibleName(tr("Usual spans"))
        self.presets.setProperty("ground", "raised")
        line = theme.current().px(_LINE)
        for text, span in usual:
            item = QListWidgetItem(text, self.presets)
            item.setData(Qt.ItemDataRole.UserRole, span)
            item.setSizeHint(QSize(0, line))
            if span == days:
                self.presets.setCurrentItem(item)
        self.presets.setFixedHeight(min(self.presets.count(), _ROWS) * line + 2)
        self.presets.itemActivated.connect(self._take_preset)
        self.presets.itemClicked.connect(self._take_preset)
        self.first, self.last = DateField(self._read), DateField(self._read)
        self.first.set_date(days[0])
        self.last.set_date(days[1])
        self._first_field = FormField(tr("From"), self.first)
        self._last_field = FormField(tr("To"), self.last)
        for field in (self.first, self.last):
            field.returnPressed.connect(self.apply)
        self.column.addWidget(self.presets)
        row_of_fields = QHBoxLayout()
        row_of_fields.setSpacing(theme.current().space("s"))
        row_of_fields.addWidget(self._first_field, 1, Qt.AlignmentFlag.AlignTop)
        row_of_fields.addWidget(self._last_field, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row_of_fields)
        self.add_button()

    def focus_first(self) -> None:
        """Begin with the usual spans."""
        if self.presets.currentRow() < 0:
            self.presets.setCurrentRow(0)
        self.presets.setFocus(Qt.FocusReason.PopupFocusReason)

    def entered(self) -> Days | None:
        """Return the days entered."""
        days: list[dt.date | None] = []
        for field, form in ((self.first, self._first_field), (self.last, self._last_field)):
            form.clear_message()
            try:
                days.append(field.date())
            except ValueError as problem:
                form.set_error(str(problem))
                return None
        first, last = days
        if first is not None and last is not None and last < first:
            self._last_field.set_error(tr("This day is before the first one."))
            return None
        return first, last

    def _read(self, text: str) -> dt.date:
        return entry.read_date(text, self._today).value

    def _take_preset(self, item: QListWidgetItem) -> None:
        first, last = item.data(Qt.ItemDataRole.UserRole)
        self._chosen((first, last))
        self.close()


class DayWords(NamedTuple):
    """What a chip says before a last day, before a first one, before a year or month, and before two days."""

    until: str
    since: str
    within: str
    between: str


def days_chip(key: str, words: DayWords, first: dt.date | None, last: dt.date | None) -> Chip | None:
    """Return the chip of a range of days; None for all days."""
    if first is None:
        return None if last is None else Chip(key, words.until, formats.date(last))
    if last is None:
        return Chip(key, words.since, formats.date(first))
    if (first, last) == year_range(first.year):
        return Chip(key, words.within, str(first.year))
    if (first, last) == month_range(first):
        return Chip(key, words.within, formats.month(first))
    return Chip(key, words.between, formats.date_range(first, last))


def months_back(day: dt.date, months: int) -> dt.date:
    """Return the same day some months earlier, or the last one that the month has."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_range(day: dt.date) -> Span:
    """Return the first and last day of a day's month."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def year_range(year: int) -> Span:
    """Return the first and last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)
