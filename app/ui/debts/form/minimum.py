"""The rule of a debt's minimum payment: which one it is, and its figures."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.debts import FixedMinimum, LedgerMinimum, PercentMinimum, TermEnd
from app.domain.debts.minimum import NOTHING_DUE
from app.domain.debts.record import MAX_TERM_MONTHS
from app.ui.debts.figures import instalments_left, last_instalment
from app.ui.i18n import tr
from app.ui.records.entries import AmountEntry, ChoiceEntry, CountEntry, DateEntry
from app.ui.records.rate_entry import RateEntry
from app.ui.theme import theme
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label

FIXED, PERCENT, INTEREST, TERM = "fixed", "percent", "interest", "term"
_ALL = 100


class MinimumEditor(QWidget):
    """One of four rules with its figures. `changed` tells that something was entered.

    A fixed term is entered by the months left or by the day of the last instalment; each follows from the other.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._due_day: int | None = None
        self.rule = ChoiceEntry(
            tr("Minimum payment"),
            [
                (FIXED, tr("Fixed amount")),
                (PERCENT, tr("Share of the balance")),
                (INTEREST, tr("Interest and a share of the balance")),
                (TERM, tr("Fixed term, level instalments")),
            ],
        )
        self.amount = AmountEntry(
            tr("Amount a month"), optional=True, help_text=tr("Empty where nothing is asked for.")
        )
        self.percent = RateEntry(tr("Share"), most=_ALL, required=tr("Enter the share of the balance."))
        self.floor = AmountEntry(tr("At least"), optional=True)
        self.months = CountEntry(
            tr("Months left"),
            help_text=tr("or the last instalment"),
            most=MAX_TERM_MONTHS,
            beyond=tr("Enter a number of months from 1 to {most}."),
        )
        self.last = DateEntry(
            tr("Last instalment"), today, required=tr("Enter the months left, or this day.")
        )
        self.preview = Label("", "small", "secondary", wrap=True, tabular=True)
        self._fields = {
            FIXED: (self.amount,),
            PERCENT: (self.percent, self.floor),
            INTEREST: (self.percent, self.floor),
            TERM: (self.months, self.last),
        }
        self._lay_out()
        self.rule.combo.currentIndexChanged.connect(self._rule_changed)
        for field in self._every():
            field.line.textChanged.connect(self.changed)
        self.months.line.textEdited.connect(self._months_edited)
        self.last.line.textChanged.connect(self._last_changed)
        self._rule_changed()

    def show_rule(self, rule: LedgerMinimum, currency: str) -> None:
        """Show a rule with its figures; the others begin empty."""
        self.set_currency(currency)
        for field in self._every():
            field.set_text("")
        if isinstance(rule, FixedMinimum):
            self.rule.set_value(FIXED)
            self.amount.set_value(rule.amount or None)
        elif isinstance(rule, PercentMinimum):
            self.rule.set_value(INTEREST if rule.plus_interest else PERCENT)
            self.percent.set_value(rule.percent)
            self.floor.set_value(rule.floor or None)
        else:
            self.rule.set_value(TERM)
            self.last.set_value(rule.last_instalment)

    def set_currency(self, currency: str) -> None:
        """Read amounts in another currency from now on."""
        self.amount.set_currency(currency)
        self.floor.set_currency(currency)

    def set_due_day(self, due_day: int | None) -> None:
        """Learn on which day of the month instalments fall."""
        if due_day != self._due_day:
            self._due_day = due_day
            self._last_changed()

    def value(self) -> LedgerMinimum | None:
        """Return the rule, or None with what is wrong shown at its field."""
        checks = [field.check() for field in self._shown()]
        return self.readable() if all(checks) else None

    def readable(self) -> LedgerMinimum | None:
        """Return the rule as far as it is entered, None where it cannot be read yet."""
        rule = self.rule.value()
        if rule == TERM:
            last = self.last.readable()
            return None if last is None else TermEnd(last)
        try:
            if rule == FIXED:
                amount = self.amount.value()
                return FixedMinimum(amount) if amount else NOTHING_DUE
            percent, floor = self.percent.value(), self.floor.value()
        except ValueError:
            return None
        return None if percent is None else PercentMinimum(percent, floor or 0, rule == INTEREST)

    def first_error(self) -> QWidget | None:
        """Return the first field that is marked as wrong."""
        return next((field for field in self._shown() if field.state == "error"), None)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with the rule."""
        self._main().set_error(sentence)

    def show_warning(self, sentence: str) -> None:
        """Say what is doubtful about the rule; "" takes that back."""
        field = self._main()
        if field.state == "error":
            return
        if sentence:
            field.set_warning(sentence)
        else:
            field.clear_message()

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        return (self.rule.value(), *(field.text() for field in self._every()))

    def _main(self) -> FormField:
        return self._shown()[-1 if self.rule.value() == TERM else 0]

    def _every(self) -> tuple[AmountEntry | RateEntry | CountEntry | DateEntry, ...]:
        return (self.amount, self.percent, self.floor, self.months, self.last)

    def _shown(self) -> tuple[AmountEntry | RateEntry | CountEntry | DateEntry, ...]:
        return self._fields[self.rule.value()]

    def _rule_changed(self) -> None:
        shown = self._shown()
        for field in self._every():
            field.setVisible(field in shown)
        self.changed.emit()

    # -- months left and the last instalment

    def _months_edited(self) -> None:
        months = self.months.readable()
        if months is not None:
            self.last.line.blockSignals(True)
            self.last.set_value(last_instalment(months, self._due_day, self._today()))
            self.last.line.blockSignals(False)
            self.changed.emit()

    def _last_changed(self) -> None:
        last = self.last.readable()
        left = 0 if last is None else instalments_left(last, self._due_day, self._today())
        if not self.months.line.hasFocus():
            self.months.set_value(left or None)

    def _lay_out(self) -> None:
        look = theme.current()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space("m"))
        grid.setVerticalSpacing(look.space("m"))
        top = Qt.AlignmentFlag.AlignTop
        for field, column in (
            (self.amount, 0),
            (self.percent, 0),
            (self.floor, 1),
            (self.months, 0),
            (self.last, 1),
        ):
            grid.addWidget(field, 0, column, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.setSpacing(look.space("m"))
        column_of_all.addWidget(self.rule)
        column_of_all.addLayout(grid)
        column_of_all.addWidget(self.preview)
