"""Fields that what-ifs have in common."""

from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.debts.minimum import FixedMinimum, Minimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import PlanDebt
from app.domain.debts.scenario import Scenario
from app.domain.months import Month
from app.ui.i18n import tr
from app.ui.plans import words
from app.ui.records.entries import AmountEntry, ChoiceEntry, CountEntry, TypedField
from app.ui.records.rate_entry import RateEntry
from app.ui.theme import theme

MOST_MONTHS = 1200
_OFFERED_MONTHS = 240
_LINE = 28


class MonthEntry(ChoiceEntry):
    """A month of a plan, out of the next twenty years."""

    def __init__(self, label: str, start: Month, *, help_text: str = "") -> None:
        offered = [start.plus(later) for later in range(_OFFERED_MONTHS)]
        super().__init__(label, [(str(each), words.month(each)) for each in offered], help_text=help_text)
        self.combo.setMaxVisibleItems(12)

    def month(self) -> Month:
        """Return the chosen month."""
        return Month.parse(self.value())

    def set_month(self, month: Month) -> None:
        """Choose a month."""
        self.set_value(str(month))


class DebtEntry(ChoiceEntry):
    """One of a plan's debts; with `nobody`, also none in particular."""

    def __init__(self, label: str, scenario: Scenario, *, nobody: str = "") -> None:
        choices = [
            (debt.identity, f"{debt.name} · {words.money(debt.balance, scenario.currency)}")
            for debt in scenario.debts
        ]
        super().__init__(label, [("", nobody), *choices] if nobody else choices)


class WholeCount(CountEntry):
    """A number of months, at least one."""

    def __init__(self, label: str, *, help_text: str = "") -> None:
        super().__init__(label, required=tr("Enter a number of months."), help_text=help_text)

    def check(self) -> bool:
        """Refuse what is not a number of months that a plan can have."""
        if not super().check():
            return False
        if not 1 <= (self.readable() or 0) <= MOST_MONTHS:
            self.set_error(tr("Enter 1 to {most} months.").format(most=MOST_MONTHS))
            return False
        return True


class MinimumEntry(QWidget):
    """What a new loan or card asks for each month: a level instalment, a fixed amount, or a share of the balance."""

    changed = Signal()

    def __init__(self, label: str, currency: str) -> None:
        super().__init__()
        self._before: Minimum | None = None
        self.kind = ChoiceEntry(
            label,
            [
                ("term", tr("Level instalments until it is paid off")),
                ("fixed", tr("The same amount every month")),
                ("percent", tr("A share of the balance")),
            ],
        )
        self.months = WholeCount(tr("Over how many months"))
        self.amount = AmountEntry(tr("Amount a month"), required=tr("Enter an amount such as 120.00."))
        self.amount.set_currency(currency)
        self.percent = RateEntry(
            tr("Per cent of the balance a month"), most=100, required=tr("Enter a share such as 2.00%.")
        )
        self._fields: dict[str, TypedField[int] | TypedField[Decimal]] = {
            "term": self.months,
            "fixed": self.amount,
            "percent": self.percent,
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("m"))
        for field in (self.kind, *self._fields.values()):
            column.addWidget(field)
        self.kind.combo.currentIndexChanged.connect(self._show_kind)
        self.months.set_value(36)
        self._show_kind()

    def set_minimum(self, rule: Minimum) -> None:
        """Show a rule."""
        self._before = rule
        if isinstance(rule, TermMinimum):
            self.kind.set_value("term")
            self.months.set_value(rule.months)
        elif isinstance(rule, FixedMinimum):
            self.kind.set_value("fixed")
            self.amount.set_value(rule.amount)
        else:
            self.kind.set_value("percent")
            self.percent.set_value(rule.percent)
        self._show_kind()

    def check(self) -> bool:
        """Show what is wrong; tell whether the rule can be taken."""
        return self._fields[self.kind.value()].check()

    def minimum(self) -> Minimum:
        """Return the rule; a share keeps the floor that it had."""
        kind = self.kind.value()
        if kind == "term":
            return TermMinimum(self.months.value() or 1)
        if kind == "fixed":
            return FixedMinimum(self.amount.value() or 0)
        share = self.percent.value() or Decimal(0)
        if isinstance(self._before, PercentMinimum):
            return PercentMinimum(share, self._before.floor, self._before.plus_interest)
        return PercentMinimum(share)

    def _show_kind(self) -> None:
        for kind, field in self._fields.items():
            field.setVisible(kind == self.kind.value())
        self.changed.emit()


class DebtTicks(QFrame):
    """Debts with a tick each; Space or a click on the box ticks one."""

    def __init__(self, name: str, debts: tuple[PlanDebt, ...], currency: str) -> None:
        super().__init__()
        self.setObjectName("card")
        look = theme.current()
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setProperty("ground", "raised")
        self.list.setFixedHeight(look.px(_LINE) * min(max(len(debts), 2), 6) + 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 3, 1, 3)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)
        for debt in debts:
            text = tr("{name} · {amount} at {rate}").format(
                name=debt.name, amount=words.money(debt.balance, currency), rate=words.rate(debt.apr)
            )
            item = QListWidgetItem(text, self.list)
            item.setSizeHint(QSize(0, look.px(_LINE)))
            item.setData(Qt.ItemDataRole.UserRole, debt.identity)
            item.setCheckState(Qt.CheckState.Unchecked)

    def set_ticked(self, identities: frozenset[str]) -> None:
        """Tick some debts and no others."""
        for item in self._items():
            ticked = item.data(Qt.ItemDataRole.UserRole) in identities
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def ticked(self) -> tuple[str, ...]:
        """Return the identities of the debts that are ticked."""
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in self._items()
            if item.checkState() == Qt.CheckState.Checked
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]
