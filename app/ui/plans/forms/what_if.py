"""The dialogs in which what-ifs are entered: each gives one value that a scenario can hold."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.debts.plan import OneOff, Pause, PlanInput
from app.domain.debts.scenario import Consolidation, NewRate, Scenario, Transfer
from app.domain.debts.whatif import apply
from app.domain.problems import Refused
from app.ui.i18n import tr
from app.ui.plans.forms.parts import DebtEntry, DebtTicks, MinimumEntry, MonthEntry, WholeCount
from app.ui.plans.model import Part
from app.ui.records.entries import AmountEntry, TextEntry, TypedField
from app.ui.records.rate_entry import RateEntry
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind
from app.ui.widgets.form import FormField
from app.ui.widgets.notice import Notice, NoticeKind
from app.ui.widgets.paragraph import Paragraph

_WIDTH = 400


class WhatIfDialog(QDialog):
    """A few fields over Add (or Change) and Cancel. After it was accepted, `result_item` is what was entered.

    A subclass puts its fields in with `assemble` and returns in `entered` what they hold.
    """

    part = Part.WHAT_IF

    def __init__(self, scenario: Scenario, title: str, item: object, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.scenario = scenario
        self.result_item: object = None
        self._new = item is None
        self._checked: list[TypedField[int] | TypedField[Decimal] | TextEntry | MinimumEntry] = []
        self._notice = Notice("", NoticeKind.DANGER)
        self._notice.hide()
        self.setWindowTitle(title)

    def entered(self) -> object:
        """Return what the fields hold; called when each of them can be read."""
        raise Refused(tr("Nothing was entered."))

    def accept(self) -> None:
        """Take what was entered, or show what is wrong."""
        self._notice.hide()
        wrong = [field for field in self._checked if not field.check()]
        if wrong:
            first = wrong[0]
            if isinstance(first, FormField):
                first.focus_and_announce()
            return
        try:
            item = self.entered()
            self._try(item)
        except Refused as refusal:
            self._notice.set(str(refusal))
            self._notice.show()
            return
        self.result_item = item
        super().accept()

    def assemble(self, words: str, rows: Sequence[QWidget | tuple[QWidget, QWidget]]) -> None:
        """Put fields one below the other, or two beside each other, below a sentence that says what it is about."""
        fields = [field for row in rows for field in (row if isinstance(row, tuple) else (row,))]
        self._checked = [
            field for field in fields if isinstance(field, TypedField | TextEntry | MinimumEntry)
        ]
        look = theme.current()
        column = QVBoxLayout(self)
        side = look.space("xl")
        column.setContentsMargins(QMargins(side, look.space("l"), side, look.space("l")))
        column.setSpacing(look.space("m"))
        column.addWidget(Paragraph(words))
        for row in rows:
            if isinstance(row, tuple):
                beside = QHBoxLayout()
                beside.setSpacing(look.space("m"))
                for field in row:
                    beside.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
                column.addLayout(beside)
            else:
                column.addWidget(row)
        column.addWidget(self._notice)
        column.addStretch()
        column.addWidget(self._buttons())
        # Only a button that is in the dialog already can become its default.
        self._take.setDefault(True)
        self.setMinimumWidth(look.px(_WIDTH))
        for entry in self.findChildren(MinimumEntry):
            entry.changed.connect(self.adjustSize)

    def _try(self, item: object) -> None:
        """Refuse a what-if that the plan's debts cannot have, before it is in the plan."""
        if isinstance(item, NewRate | Consolidation | Transfer):
            apply(PlanInput(self.scenario.debts, self.scenario.start), (item,))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self._take = buttons.addButton(
            tr("Add") if self._new else tr("Change"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        set_kind(self._take, ButtonKind.PRIMARY)
        cancel = buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(cancel, ButtonKind.DEFAULT)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons


class OneOffDialog(WhatIfDialog):
    """Money paid once."""

    part = Part.ONE_OFF

    def __init__(self, scenario: Scenario, item: OneOff | None, parent: QWidget | None) -> None:
        super().__init__(scenario, tr("One-off payment"), item, parent)
        self.amount = AmountEntry(tr("Amount"), required=tr("Enter an amount such as 500.00."))
        self.amount.set_currency(scenario.currency)
        self.month = MonthEntry(tr("In"), scenario.start)
        self.debt = DebtEntry(tr("Goes to"), scenario, nobody=tr("Whichever debt is next in the order"))
        if item is not None:
            self.amount.set_value(item.amount)
            self.month.set_month(item.month)
            self.debt.set_value(item.debt or "")
        self.assemble(
            tr("Money that you pay once, such as a tax refund, on top of what you pay each month."),
            (self.amount, self.month, self.debt),
        )

    def entered(self) -> OneOff:
        """Return the payment."""
        amount = self.amount.value() or 0
        if amount <= 0:
            raise Refused(tr("Enter what is paid, an amount of more than 0."))
        return OneOff(self.month.month(), amount, self.debt.value() or None)


class PauseDialog(WhatIfDialog):
    """Months without the extra."""

    part = Part.PAUSE

    def __init__(self, scenario: Scenario, item: Pause | None, parent: QWidget | None) -> None:
        super().__init__(scenario, tr("Pause"), item, parent)
        self.first = MonthEntry(tr("From"), scenario.start)
        self.months = WholeCount(tr("Number of months"))
        self.months.set_value(3 if item is None else item.months)
        if item is not None:
            self.first.set_month(item.first)
        self.assemble(
            tr("Months in which you pay the minimums only, and nothing extra."), (self.first, self.months)
        )

    def entered(self) -> Pause:
        """Return the pause."""
        return Pause(self.first.month(), self.months.value() or 1)


class RateDialog(WhatIfDialog):
    """Another rate for a debt."""

    def __init__(self, scenario: Scenario, item: NewRate | None, parent: QWidget | None) -> None:
        super().__init__(scenario, tr("New rate"), item, parent)
        self.debt = DebtEntry(tr("Debt"), scenario)
        self.rate = RateEntry(tr("Rate a year"), required=tr("Enter a rate such as 9.90%."))
        if item is not None:
            self.debt.set_value(item.debt)
            self.rate.set_value(item.apr)
        self.assemble(
            tr("What if the creditor asked for another rate from the start?"), (self.debt, self.rate)
        )

    def entered(self) -> NewRate:
        """Return the new rate."""
        return NewRate(self.debt.value(), self.rate.value() or Decimal(0))


class ConsolidationDialog(WhatIfDialog):
    """One new loan in place of several debts."""

    def __init__(self, scenario: Scenario, item: Consolidation | None, parent: QWidget | None) -> None:
        super().__init__(scenario, tr("Consolidation"), item, parent)
        self.ticks = DebtTicks(tr("Debts to pay off"), scenario.debts, scenario.currency)
        self.debts = FormField(tr("Debts to pay off"), self.ticks)
        self.name = TextEntry(tr("Name of the loan"), required=tr("Enter a name for the loan."))
        self.name.set_text(tr("New loan"))
        self.rate = RateEntry(tr("Rate a year"), required=tr("Enter a rate such as 9.90%."))
        self.fee = AmountEntry(tr("Fee"), optional=True, help_text=tr("It is added to what the loan lends."))
        self.fee.set_currency(scenario.currency)
        self.minimum = MinimumEntry(tr("Paid back in"), scenario.currency)
        if item is not None:
            self.ticks.set_ticked(frozenset(item.debts))
            self.name.set_text(item.name)
            self.rate.set_value(item.apr)
            self.fee.set_value(item.fee)
            self.minimum.set_minimum(item.minimum)
        self.assemble(
            tr("What if one new loan paid these debts off?"),
            (self.debts, self.name, (self.rate, self.fee), self.minimum),
        )

    def entered(self) -> Consolidation:
        """Return the loan."""
        chosen = self.ticks.ticked()
        if not chosen:
            raise Refused(tr("Tick the debts that the new loan pays off."))
        return Consolidation(
            chosen,
            self.name.text(),
            self.rate.value() or Decimal(0),
            self.fee.value() or 0,
            self.minimum.minimum(),
        )


class TransferDialog(WhatIfDialog):
    """A debt, or a part of it, moved to a card with a promotional rate."""

    def __init__(self, scenario: Scenario, item: Transfer | None, parent: QWidget | None) -> None:
        super().__init__(scenario, tr("Balance transfer"), item, parent)
        currency = scenario.currency
        self.debt = DebtEntry(tr("Debt"), scenario)
        self.amount = AmountEntry(tr("Amount to move"), optional=True, help_text=tr("Empty moves all of it."))
        self.name = TextEntry(tr("Name of the card"), required=tr("Enter a name for the card."))
        self.name.set_text(tr("New card"))
        self.promo = RateEntry(tr("Promotional rate a year"), required=tr("Enter a rate such as 0.00%."))
        self.months = WholeCount(tr("Months that it lasts"))
        self.rate = RateEntry(tr("Rate a year after that"), required=tr("Enter a rate such as 24.90%."))
        self.fee = AmountEntry(tr("Fee"), optional=True, help_text=tr("It is added to what moves."))
        self.minimum = MinimumEntry(tr("The card asks for"), currency)
        for field in (self.amount, self.fee):
            field.set_currency(currency)
        self.promo.set_value(Decimal(0))
        self.months.set_value(12)
        if item is not None:
            self._show_item(item)
        self.assemble(
            tr("What if a debt moved to a card with a promotional rate?"),
            (
                self.debt,
                (self.amount, self.fee),
                self.name,
                (self.promo, self.months),
                self.rate,
                self.minimum,
            ),
        )

    def entered(self) -> Transfer:
        """Return the transfer."""
        amount = self.amount.value()
        made = Transfer(
            debt=self.debt.value(),
            name=self.name.text(),
            apr=self.rate.value() or Decimal(0),
            promo_apr=self.promo.value() or Decimal(0),
            promo_months=self.months.value() or 1,
            fee=self.fee.value() or 0,
            minimum=self.minimum.minimum(),
        )
        return made if not amount else replace(made, amount=amount)

    def _show_item(self, item: Transfer) -> None:
        self.debt.set_value(item.debt)
        self.amount.set_value(item.amount)
        self.name.set_text(item.name)
        self.promo.set_value(item.promo_apr)
        self.months.set_value(item.promo_months)
        self.rate.set_value(item.apr)
        self.fee.set_value(item.fee)
        self.minimum.set_minimum(item.minimum)


def dialog_for(
    kind: str, scenario: Scenario, item: object = None, parent: QWidget | None = None
) -> WhatIfDialog:
    """Return the dialog of a kind of what-if ("one-off", "pause", "rate", "consolidation", "transfer")."""
    if kind == "one-off":
        return OneOffDialog(scenario, item if isinstance(item, OneOff) else None, parent)
    if kind == "pause":
        return PauseDialog(scenario, item if isinstance(item, Pause) else None, parent)
    if kind == "rate":
        return RateDialog(scenario, item if isinstance(item, NewRate) else None, parent)
    if kind == "consolidation":
        return ConsolidationDialog(scenario, item if isinstance(item, Consolidation) else None, parent)
    return TransferDialog(scenario, item if isinstance(item, Transfer) else None, parent)


def kind_of(item: object) -> str:
    """Return the kind of a what-if."""
    kinds: dict[type, str] = {
        OneOff: "one-off",
        Pause: "pause",
        NewRate: "rate",
        Consolidation: "consolidation",
        Transfer: "transfer",
    }
    return kinds[type(item)]
