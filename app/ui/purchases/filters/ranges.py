"""The popups for days, prices and the state of the warranty."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app.domain.money import CURRENCIES
from app.domain.parsing import NotUnderstood, parse_money
from app.domain.purchases import PurchaseFilter
from app.domain.warranties import CoverStatus
from app.ui import entry, formats
from app.ui.i18n import tr
from app.ui.purchases.words import warranty_name
from app.ui.records.popup import FilterPopup
from app.ui.records.ranges import DaysPopup, RangePopup, Span, month_range, months_back, year_range
from app.ui.theme import theme
from app.ui.widgets.form import FormField

Chosen = Callable[[PurchaseFilter], None]

_YEARS = 30
_DAYS = 30
_MOST_DAYS = 3650


class BoughtPopup(DaysPopup):
    """The days on which something was bought."""

    def __init__(
        self,
        wanted: PurchaseFilter,
        chosen: Chosen,
        today: dt.date,
        known: Span | None,
        parent: QWidget,
    ) -> None:
        super().__init__(
            tr("Bought on"),
            (wanted.bought_from, wanted.bought_to),
            presets(today, known),
            today,
            lambda days: chosen(replace(wanted, bought_from=days[0], bought_to=days[1])),
            parent,
        )


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


class PricePopup(RangePopup[PurchaseFilter]):
    """Smallest and largest price, both included, in one currency or any."""

    def __init__(
        self, wanted: PurchaseFilter, chosen: Chosen, currencies: list[str], parent: QWidget
    ) -> None:
        super().__init__(tr("Price"), chosen, parent)
        self.wanted = wanted
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
