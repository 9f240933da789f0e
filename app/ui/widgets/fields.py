"""Fields with a meaning: an amount, a calendar day, a name out of a list."""

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QFrame,
    QLineEdit,
    QListView,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.money import Money
from app.ui import formats
from app.ui.i18n import tr
from app.ui.theme import icons, theme

_UNIT_MARGIN = 10
_FIELD_MARGIN = 6


class AmountField(QLineEdit):
    """An amount of money: figures of equal width, set to the right, with the currency grey at the left."""

    def __init__(self, currency: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._take_font()
        self.set_currency(currency)
        theme.current().changed.connect(self._take_font)

    def set_currency(self, currency: str) -> None:
        """Show the symbol of another ISO 4217 currency, or none for ""."""
        self._currency = currency
        self._make_room()
        self.update()

    def set_amount(self, amount: Money | None) -> None:
        """Show an amount in the locale's way, or nothing."""
        if amount is None:
            self.clear()
            return
        self.set_currency(amount.currency)
        self.setText(formats.amount(amount))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the currency into its left margin."""
        super().paintEvent(event)
        if self._currency:
            with QPainter(self) as painter:
                painter.setPen(theme.current().color("textSecondary"))
                place = self.rect().adjusted(_UNIT_MARGIN, 0, -_UNIT_MARGIN, 0)
                symbol = formats.currency_symbol(self._currency)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, symbol)

    def _take_font(self) -> None:
        self.setFont(theme.current().num_font("body"))
        self._make_room()

    def _make_room(self) -> None:
        symbol = formats.currency_symbol(self._currency)
        width = self.fontMetrics().horizontalAdvance(symbol) + 6 if symbol else 0
        self.setTextMargins(width, 0, 0, 0)


class NumberField(QSpinBox):
    """A whole number with arrows; its text keeps the distance from the border that all fields have."""

    def __init__(self, low: int, high: int, suffix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setSuffix(suffix)
        self.lineEdit().setTextMargins(_FIELD_MARGIN, 0, 0, 0)


class DateField(QLineEdit):
    """A calendar day, typed or picked; `parse` reads what was typed and raises `ValueError` with a sentence.

    Alt+Down opens the calendar. What was typed is written out when the field is left, if it can be read.
    """

    date_picked = Signal()

    def __init__(self, parse: Callable[[str], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parse = parse
        self._calendar: _CalendarPopup | None = None
        action = QAction(tr("Choose a day"), self)
        action.triggered.connect(self.open_calendar)
        icons.bind(action, "calendar")
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        self._take_font()
        theme.current().changed.connect(self._take_font)
        self.editingFinished.connect(self._write_out)

    def date(self) -> dt.date | None:
        """Return the day, None when the field is empty. Raises `ValueError` with a sentence for the user."""
        text = self.text().strip()
        return self._parse(text) if text else None

    def set_date(self, day: dt.date | None) -> None:
        """Show a day, or nothing."""
        self.setText("" if day is None else formats.date(day))

    def open_calendar(self) -> None:
        """Show a calendar below the field."""
        if self._calendar is None:
            self._calendar = _CalendarPopup(self)
            self._calendar.picked.connect(self._take_day)
        self._calendar.open_at(self.mapToGlobal(QPoint(0, self.height() + 2)), self._readable_date())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar with Alt+Down."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def _readable_date(self) -> dt.date | None:
        try:
            return self.date()
        except ValueError:
            return None

    def _write_out(self) -> None:
        day = self._readable_date()
        if day is not None:
            self.set_date(day)

    def _take_day(self, day: dt.date) -> None:
        self.set_date(day)
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.date_picked.emit()

    def _take_font(self) -> None:
        self.setFont(theme.current().num_font("body"))


class _CalendarPopup(QFrame):
    """The calendar under a date field."""

    picked = Signal(dt.date)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self._calendar = QCalendarWidget()
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setFirstDayOfWeek(formats.locale().firstDayOfWeek())
        self._calendar.setLocale(formats.locale())
        for name, icon in (
            ("qt_calendar_prevmonth", "chevron-left"),
            ("qt_calendar_nextmonth", "chevron-right"),
        ):
            arrow = self._calendar.findChild(QToolButton, name)
            if arrow is not None:
                icons.bind(arrow, icon)
        self._restyle()
        theme.current().changed.connect(self._restyle)
        self._calendar.clicked.connect(self._chosen)
        self._calendar.activated.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._calendar)

    def open_at(self, corner: QPoint, day: dt.date | None) -> None:
        """Show the month of `day`, or of today, with `corner` at the top left if the screen has room."""
        if day is not None:
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = min(corner.x(), room.right() - self.width())
        top = min(corner.y(), room.bottom() - self.height())
        self.move(max(left, room.left()), max(top, room.top()))
        self.show()
        self._calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _restyle(self) -> None:
        """Give weekends and the days' names the colours of the theme; Qt's own weekends are red."""
        look = theme.current()
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            shown = QTextCharFormat()
            shown.setForeground(look.color("text"))
            self._calendar.setWeekdayTextFormat(day, shown)
        head = QTextCharFormat()
        head.setForeground(look.color("textSecondary"))
        self._calendar.setHeaderTextFormat(head)

    def _chosen(self, day: QDate) -> None:
        if self.isVisible():
            self.hide()
            self.picked.emit(dt.date(day.year(), day.month(), day.day()))


def completer_list() -> QListView:
    """Return the list that drops down from a field with what completes it, in the look of the design."""
    made = QListView()
    made.setObjectName("completer")
    return made


class NameCombo(QComboBox):
    """A name out of a list, completed from any part of it; a name that the list does not have is new."""

    def __init__(self, names: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = QStringListModel(self)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setModel(self._names)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setPopup(completer_list())
        self.setCompleter(completer)
        self.set_names(names)

    def set_names(self, names: Sequence[str]) -> None:
        """Offer other names; what the field holds stays."""
        held = self.currentText()
        self._names.setStringList(list(names))
        self.set_name(held)

    def name(self) -> str:
        """Return the name without surrounding blanks, "" for none."""
        return self.currentText().strip()

    def set_name(self, name: str) -> None:
        """Show a name; it need not be one of the list."""
        self.setCurrentIndex(self.findText(name, Qt.MatchFlag.MatchExactly) if name else -1)
        self.setEditText(name)

    def is_new(self) -> bool:
        """Return whether the name is one that the list does not have, letter case aside."""
        known = (name.casefold() for name in self._names.stringList())
        return bool(self.name()) and self.name().casefold() not in known
