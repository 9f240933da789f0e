"""The popups for days, prices and the state of the warranty."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QWidget,
)

from app.domain.money import CURRENCIES
from app.domain.parsing import NotUnderstood, parse_money
from app.domain.purchases import PurchaseFilter
from app.domain.warranties import CoverStatus
from app.ui import entry, formats
from app.ui.i18n import tr
from app.ui.purchases.filters.chips import month_range, months_back, year_range
from app.ui.purchases.words import warranty_name
from app.ui.records.popup import FilterPopup
from app.ui.theme import theme
from app.ui.widgets.button import primary
from app.ui.widgets.fields import DateField
from app.ui.widgets.form import FormField

Chosen = Callable[[PurchaseFilter], None]
Span = tuple[dt.date, dt.date]

_YEARS = 30
_LINE = 28
_DAYS = 30
_MOST_DAYS = 3650


class RangePopup(FilterPopup):
    """Fields with a button that applies them."""

    def __init__(self, name: str, wanted: PurchaseFilter, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(name, 300, parent)
        self.wanted = wanted
        self._chosen = chosen
        self.show_button = primary(tr("Apply"), compact=True)
        self.show_button.setAutoDefault(True)
        self.show_button.clicked.connect(self.apply)

    def apply(self) -> None:
        """Take the fields over and close; or show what is wrong."""
        wanted = self.entered()
        if wanted is not None:
            self._chosen(wanted)
            self.close()

    def entered(self) -> PurchaseFilter | None:
        """Return the filter with what was entered, or None where something is wrong and says so."""
        return self.wanted

    def add_button(self) -> None:
        """Put the button at the bottom right."""
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.show_button)
        self.column.addLayout(row)


class BoughtPopup(RangePopup):
    """A span of days: one of the usual ones, or from and to."""

    def __init__(
        self,
        wanted: PurchaseFilter,
        chosen: Chosen,
        today: dt.date,
        known: Span | None,
        parent: QWidget,
    ) -> None:
        super().__init__(tr("Bought on"), wanted, chosen, parent)
        self._today = today
        self.presets = QListWidget()
        self.presets.setAccessibleName(tr("Usual spans"))
        self.presets.setProperty("ground", "raised")
        line = theme.current().px(_LINE)
        for text, span in presets(today, known):
            item = QListWidgetItem(text, self.presets)
            item.setData(Qt.ItemDataRole.UserRole, span)
            item.setSizeHint(QSize(0, line))
            if span == (wanted.bought_from, wanted.bought_to):
                self.presets.setCurrentItem(item)
        self.presets.setFixedHeight(min(self.presets.count(), 8) * line + 2)
        self.presets.itemActivated.connect(self._take_preset)
        self.presets.itemClicked.connect(self._take_preset)
        self.first, self.last = DateField(self._read), DateField(self._read)
        self.first.set_date(wanted.bought_from)
        self.last.set_date(wanted.bought_to)
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

    def entered(self) -> PurchaseFilter | None:
        """Return the filter with the days entered."""
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
        return replace(self.wanted, bought_from=first, bought_to=last)

    def _read(self, text: str) -> dt.date:
        return entry.read_date(text, self._today).value

    def _take_preset(self, item: QListWidgetItem) -> None:
        first, last = item.data(Qt.ItemDataRole.UserRole)
        self._chosen(replace(self.wanted, bought_from=first, bought_to=last))
        self.close()


def presets(today: dt.date, known: Span | None) -> list[tuple[str, Span]]:
    """Return the usual spans of days: recent ones, then each year in which something was bought."""
    last_month = months_back(today.replace(day=1), 1)
    spans = [
        (tr("This month"), month_range(today)),
        (tr("Last month"), month_range(last_month)),
        (tr("Last 12 months"), (months_back(today, 12) + dt.timedelta(days=1), today)),
        (tr("This year"), year_range(today.year)),
    ]
    first, last = (day.year for day in known) if known else (today.year, today.year)
    years = range(last, max(first, last - _YEARS) - 1, -1)
    return spans + [(str(year), year_range(year)) for year in years if year != today.year]


class PricePopup(RangePopup):
    """Smallest and largest price, both included, in one currency or any."""

    def __init__(
        self, wanted: PurchaseFilter, chosen: Chosen, currencies: list[str], parent: QWidget
    ) -> None:
        super().__init__(tr("Price"), wanted, chosen, parent)
        self.low, self.high = QLineEdit(), QLineEdit()
        self._low_field = FormField(tr("From"), self.low)
        self._high_field = FormField(tr("Up to"), self.high)
        for field, value in ((self.low, wanted.price_from), (self.high, wanted.price_to)):
            field.setText("" if value is None else _plain(value))
            field.setFont(theme.current().num_font("body"))
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.returnPressed.connect(self.apply)
        self.currency = QComboBox()
        self.currency.addItem(tr("Any currency"), "")
        listed = list(dict.fromkeys([*currencies, *([wanted.currency] if wanted.currency else [])]))
        for code in [*listed, *sorted(set(CURRENCIES) - set(listed))]:
            self.currency.addItem(code, code)
        self.currency.setCurrentIndex(self.currency.findData(wanted.currency))
        grid = QGridLayout()
        grid.setSpacing(theme.current().space("s"))
        grid.addWidget(self._low_field, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._high_field, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(FormField(tr("Currency"), self.currency), 1, 0, 1, 2)
        self.column.addLayout(grid)
        self.add_button()

    def focus_first(self) -> None:
        """Begin with the smallest price."""
        self.low.setFocus(Qt.FocusReason.PopupFocusReason)
        self.low.selectAll()

    def entered(self) -> PurchaseFilter | None:
        """Return the filter with the prices entered."""
        currency = str(self.currency.currentData())
        values: list[Decimal | None] = []
        for field, form in ((self.low, self._low_field), (self.high, self._high_field)):
            form.clear_message()
            try:
                value, written = _amount(field.text(), currency)
            except ValueError as problem:
                form.set_error(str(problem))
                return None
            values.append(value)
            currency = written or currency
        low, high = values
        if low is not None and high is not None and high < low:
            self._high_field.set_error(tr("This is less than the smallest price."))
            return None
        return replace(self.wanted, price_from=low, price_to=high, currency=currency)


def _amount(text: str, currency: str) -> tuple[Decimal | None, str]:
    """Return an amount and the currency written beside it. Raises `ValueError` with a sentence."""
    if not text.strip():
        return None, ""
    try:
        parsed = parse_money(text, entry.decimal_mark(), currency)
    except NotUnderstood:
        try:
            parsed = parse_money(text, None, currency)
        except NotUnderstood:
            raise ValueError(tr("Enter an amount such as 100.")) from None
    if parsed.value < 0:
        raise ValueError(tr("Enter an amount of 0 or more."))
    return parsed.value, parsed.currency


def _plain(value: Decimal) -> str:
    places = max(0, -int(value.as_tuple().exponent))
    return f"{value:.{places}f}".replace(".", formats.locale().decimalPoint())


class WarrantyPopup(FilterPopup):
    """States of the warranty, or that it ends within so many days. Ticks take effect at once, Enter closes."""

    def __init__(self, wanted: PurchaseFilter, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(tr("Warranty"), 260, parent)
        self._wanted = wanted
        self._chosen = chosen
        self.states = {status: QCheckBox(warranty_name(status)) for status in CoverStatus}
        for status, box in self.states.items():
            box.setChecked(status in wanted.warranty)
            box.toggled.connect(self._state_ticked)
            self.column.addWidget(box)
        self.within = QCheckBox(tr("Ends within"))
        self.within.setChecked(wanted.expiring_days is not None)
        self.days = QSpinBox()
        self.days.setRange(1, _MOST_DAYS)
        self.days.setValue(wanted.expiring_days or _DAYS)
        self.days.setSuffix(tr(" days"))
        self.days.setAccessibleName(tr("Number of days"))
        self.within.toggled.connect(self._within_ticked)
        self.days.valueChanged.connect(self._days_changed)
        row = QHBoxLayout()
        row.addWidget(self.within)
        row.addWidget(self.days)
        row.addStretch()
        self.column.addLayout(row)

    def focus_first(self) -> None:
        """Begin with the first state."""
        next(iter(self.states.values())).setFocus(Qt.FocusReason.PopupFocusReason)

    def entered(self) -> PurchaseFilter:
        """Return the filter with what is ticked."""
        ticked = frozenset(status for status, box in self.states.items() if box.isChecked())
        days = self.days.value() if self.within.isChecked() else None
        return replace(self._wanted, warranty=ticked, expiring_days=days)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Enter too: everything has taken effect already."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

    def _state_ticked(self) -> None:
        if any(box.isChecked() for box in self.states.values()):
            self.within.blockSignals(True)
            self.within.setChecked(False)
            self.within.blockSignals(False)
        self._chosen(self.entered())

    def _within_ticked(self, ticked: bool) -> None:
        if ticked:
            for box in self.states.values():
                box.blockSignals(True)
                box.setChecked(False)
                box.blockSignals(False)
        self._chosen(self.entered())

    def _days_changed(self) -> None:
        if not self.within.isChecked():
            self.within.setChecked(True)
        else:
            self._chosen(self.entered())
