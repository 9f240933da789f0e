"""The fields of a debt on three tabs, and how they depend on each other."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.domain.debts import Debt, DebtKind, check
from app.domain.debts.record import MAX_APR, MAX_RANK
from app.domain.problems import Problem
from app.services import debts
from app.ui.debts.figures import LAST_DAY
from app.ui.debts.form.minimum import MinimumEditor
from app.ui.debts.form.outlook import Outlook, outlook_of
from app.ui.debts.words import kind_name
from app.ui.i18n import tr
from app.ui.records.entries import (
    AmountEntry,
    ChoiceEntry,
    CountEntry,
    DateEntry,
    NotesEntry,
    TextEntry,
    usual_currencies,
)
from app.ui.records.rate_entry import RateEntry
from app.ui.records.tab import Tab
from app.ui.theme import icons
from app.ui.widgets.form import FormField


class DebtForm(QWidget):
    """Shows one debt to be edited, and gives back what was entered."""

    def __init__(self, today: Callable[[], dt.date], *, new: bool, parent: QWidget | None = None) -> None:
        """Make the fields; only a `new` debt is asked what is owed today, later that follows from its history."""
        super().__init__(parent)
        self._today = today
        self._new = new
        self._original = Debt("", "EUR", 0, today())
        self._make_fields()
        self._lay_out()
        self._connect()

    # -- in and out

    def show_debt(self, debt: Debt, *, blank: bool = False) -> None:
        """Show a debt; a `blank` one has no balance and no rate yet."""
        self._original = debt
        for name, field in self._texts.items():
            field.set_text(getattr(debt, name))
        self.kind.set_value(debt.kind.value)
        self.currency.set_value(debt.currency)
        self._take_currency()
        self.opening_balance.set_value(None if blank else debt.opening_balance)
        self.opened_on.set_value(debt.opened_on)
        self.owed_now.set_value(None)
        self.apr.set_value(None if blank else debt.apr)
        self.promo_apr.set_value(debt.promo_apr)
        self.promo_ends_on.set_value(debt.promo_ends_on)
        self.due_day.set_value(debt.due_day)
        self.credit_limit.set_value(debt.credit_limit)
        self.rank.set_value(debt.rank)
        self.minimum.set_due_day(debt.due_day)
        self.minimum.show_rule(debt.minimum, debt.currency)
        self.tabs.setCurrentIndex(0)
        self._entered()

    def debt(self) -> Debt | None:
        """Return the debt as entered, or None with every problem shown at its field."""
        read = self._read()
        if read is None:
            self._mark_tabs()
            return None
        ready = debts.prepared(read)
        problems = check(ready)
        self.show_problems(problems)
        return None if problems else ready

    def owed_today(self) -> int | None:
        """Return what is owed today in minor units, where it was entered."""
        return self.owed_now.readable() if self._new else None

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems at the fields they belong to."""
        for problem in problems:
            if problem.field == "minimum":
                self.minimum.show_error(problem.reason)
            elif problem.field in self._fields:
                self._fields[problem.field].set_error(problem.reason)
        self._mark_tabs()

    def focus_first_error(self) -> None:
        """Go to the first field that is marked as wrong, and have its message read out."""
        for number, tab in enumerate(self._tabs_in_order):
            field = tab.first_error()
            if field is None:
                continue
            self.tabs.setCurrentIndex(number)
            tab.ensureWidgetVisible(field)
            if isinstance(field, FormField):
                field.focus_and_announce()
            return

    def focus_start(self) -> None:
        """Go to the first field."""
        self.tabs.setCurrentIndex(0)
        self.name.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> None:
        """Go on in the tab in front."""
        self.tabs.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        self.tabs.currentWidget().focusNextChild()

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        return (
            *(field.text() for field in (*self._texts.values(), *self._typed)),
            self.kind.value(),
            self.currency.value(),
            self.minimum.snapshot(),
        )

    # -- reading

    def _read(self) -> Debt | None:
        checks = [field.check() for field in (self.name, *self._typed)]
        rule = self.minimum.value()
        balance, opened, apr = self.opening_balance.readable(), self.opened_on.readable(), self.apr.readable()
        if not all(checks) or rule is None or balance is None or opened is None:
            return None
        self._doubt()
        return replace(
            self._original,
            name=self.name.text(),
            creditor=self.creditor.text(),
            notes=self.notes.text(),
            kind=DebtKind(self.kind.value()),
            currency=self.currency.value(),
            opening_balance=balance,
            opened_on=opened,
            apr=apr or Decimal(0),
            minimum=rule,
            promo_apr=self.promo_apr.value(),
            promo_ends_on=self.promo_ends_on.value(),
            due_day=self.due_day.value(),
            credit_limit=self.credit_limit.value() or None,
            rank=self.rank.value(),
        )

    # -- fields that depend on each other

    def _take_currency(self) -> None:
        currency = self.currency.value()
        for field in (self.opening_balance, self.owed_now, self.credit_limit):
            field.set_currency(currency)
        self.minimum.set_currency(currency)

    def _currency_chosen(self) -> None:
        self._take_currency()
        self._entered()

    def _due_day_edited(self) -> None:
        self.minimum.set_due_day(self.due_day.readable())

    def _entered(self) -> None:
        """Say what the minimum comes to this month, and what is doubtful."""
        found = self._outlook()
        self.minimum.preview.setText(found.preview if found else "")
        self._mark_tabs()

    def _balance(self) -> int | None:
        """What is owed now, as far as it is entered."""
        if not self._new:
            return self._original.balance
        owed = self.owed_now.readable()
        return self.opening_balance.readable() if owed is None else owed

    def _outlook(self) -> Outlook | None:
        """What the debt comes to this month, as far as its balance, rates and minimum can be read."""
        rule, apr = self.minimum.readable(), self.apr.readable()
        if rule is None or apr is None:
            return None
        draft = replace(
            self._original,
            currency=self.currency.value(),
            apr=apr,
            minimum=rule,
            promo_apr=self.promo_apr.readable(),
            promo_ends_on=self.promo_ends_on.readable(),
        )
        return outlook_of(draft, self._balance(), self._today())

    def _doubt(self) -> None:
        """Warn where the minimum does not cover the interest, and where a balance is over the limit."""
        found, balance, limit = self._outlook(), self._balance(), self.credit_limit.readable()
        self.minimum.show_warning(found.doubt if found else "")
        if self.credit_limit.state == "error":
            return
        if limit and balance is not None and balance > limit:
            self.credit_limit.set_warning(tr("More than this is owed. You can still save."))
        elif self.credit_limit.state:
            self.credit_limit.clear_message()

    def _left(self) -> None:
        self._doubt()

    # -- the look

    def _mark_tabs(self) -> None:
        """Mark the tabs with an error."""
        for number, tab in enumerate(self._tabs_in_order):
            wrong = tab.first_error() is not None
            self.tabs.setTabIcon(number, icons.icon("circle-alert", normal="danger") if wrong else QIcon())

    def _make_fields(self) -> None:
        today = self._today
        self.name = TextEntry(
            tr("Name"), required=tr("Enter a name for the debt."), hint=tr("Visa card ··4471")
        )
        self.creditor = TextEntry(tr("Creditor"), optional=True)
        self.kind = ChoiceEntry(tr("Kind"), [(kind.value, kind_name(kind)) for kind in DebtKind])
        self.currency = ChoiceEntry(tr("Currency"), [(code, code) for code in usual_currencies()])
        self.opening_balance = AmountEntry(
            tr("Opening balance"),
            required=tr("Enter what was owed when the debt began, or since you keep books."),
        )
        self.opened_on = DateEntry(
            tr("Owed since"), today, required=tr("Enter the day of the opening balance.")
        )
        self.owed_now = AmountEntry(
            tr("Owed today"), optional=True, help_text=tr("Where it is another amount by now.")
        )
        self.owed_now.setVisible(self._new)
        self.credit_limit = AmountEntry(tr("Credit limit"), optional=True)
        self.due_day = CountEntry(
            tr("Due day"),
            help_text=tr("Optional. 31 is the last day of any month."),
            most=LAST_DAY,
            beyond=tr("Enter a day of the month from 1 to {most}."),
        )
        self.apr = RateEntry(
            tr("APR"), most=int(MAX_APR), required=tr("Enter the rate per year, 0 for none.")
        )
        self.promo_apr = RateEntry(tr("Promotional rate"), most=int(MAX_APR), optional=True)
        self.promo_ends_on = DateEntry(tr("Promotion ends on"), today, optional=True)
        self.minimum = MinimumEditor(today)
        self.rank = CountEntry(
            tr("Place in your own order"),
            help_text=tr("Optional. 1 gets the extra first in the plan “My order”."),
            most=MAX_RANK,
            beyond=tr("Enter a rank from 1 to {most}."),
        )
        self.notes = NotesEntry(tr("Notes"), optional=True)
        self._texts: dict[str, TextEntry | NotesEntry] = {
            "name": self.name,
            "creditor": self.creditor,
            "notes": self.notes,
        }
        self._typed = (
            self.opening_balance,
            self.opened_on,
            self.owed_now,
            self.credit_limit,
            self.due_day,
            self.apr,
            self.promo_apr,
            self.promo_ends_on,
            self.rank,
        )
        self._fields: dict[str, FormField] = {
            **self._texts,
            "kind": self.kind,
            "currency": self.currency,
            "opening_balance": self.opening_balance,
            "opened_on": self.opened_on,
            "balance": self.owed_now,
            "credit_limit": self.credit_limit,
            "due_day": self.due_day,
            "apr": self.apr,
            "promo_apr": self.promo_apr,
            "promo_ends_on": self.promo_ends_on,
            "rank": self.rank,
        }

    def _connect(self) -> None:
        self.currency.combo.currentIndexChanged.connect(self._currency_chosen)
        self.due_day.line.textChanged.connect(self._due_day_edited)
        self.minimum.changed.connect(self._entered)
        watched = (self.opening_balance, self.owed_now, self.apr, self.promo_apr, self.promo_ends_on)
        for field in watched:
            field.line.textChanged.connect(self._entered)
        for field in (
            *watched,
            self.credit_limit,
            self.minimum.amount,
            self.minimum.percent,
            self.minimum.floor,
        ):
            field.line.editingFinished.connect(self._left)

    def _lay_out(self) -> None:
        first = Tab(
            [
                [(self.name, 1)],
                [(self.creditor, 1), (self.kind, 1)],
                [(self.opening_balance, 3), (self.currency, 2), (self.opened_on, 3)],
                [(self.owed_now, 1), (self.credit_limit, 1), (self.due_day, 1)],
            ]
        )
        rates = Tab([[(self.apr, 1)], [(self.promo_apr, 1), (self.promo_ends_on, 1)]])
        rates.add([self.minimum], [self.minimum])
        details = Tab([[(self.rank, 1)], [(self.notes, 1)]])
        self._tabs_in_order = (first, rates, details)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for tab, title in zip(
            self._tabs_in_order, (tr("&Debt"), tr("&Rate and minimum"), tr("D&etails")), strict=True
        ):
            tab.finish()
            self.tabs.addTab(tab, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
