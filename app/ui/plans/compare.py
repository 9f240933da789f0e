"""Saved scenarios side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.debts.engine import monthly_total
from app.domain.debts.plan import Plan
from app.domain.debts.scenario import Scenario
from app.domain.debts.search import best
from app.domain.problems import Refused
from app.services import plans
from app.services.jobs import Cancelled
from app.services.ledger import Interrupt
from app.ui import formats
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.i18n import tr
from app.ui.plans import words
from app.ui.plans.source import LedgerPlans
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind
from app.ui.widgets.label import Label

_WIDTH, _HEIGHT, _LIST = 900, 470, 250
_FIGURES, _SCENARIO, _LINE = 190, 130, 28
_MOST, _TICKED = 6, 3


@dataclass(frozen=True, slots=True)
class Compared:
    """A scenario and its plan, or the sentence that says why it has none."""

    scenario: Scenario
    plan: Plan | None
    refusal: str = ""


def compared(scenario: Scenario, interrupt: Interrupt) -> Compared:
    """Work a scenario out. Raises `Cancelled` when nobody waits for it any more."""

    def check() -> None:
        if interrupt.cancelled:
            raise Cancelled

    check()
    try:
        if scenario.strategy == "best":
            return Compared(scenario, best(plans.input_of(scenario), check=check).plan)
        return Compared(scenario, plans.plan_of(scenario))
    except Refused as refusal:
        return Compared(scenario, None, str(refusal))


class CompareDialog(QDialog):
    """A list of scenarios with ticks, and a table with a column for each that is ticked."""

    def __init__(self, session: Session, data: LedgerPlans, currency: str) -> None:
        super().__init__(session.window)
        self._session = session
        self._data = data
        offered = data.versions_in(currency)
        ticked = [scenario.id for scenario in data.newest(currency)][:_TICKED]
        self._offered = {scenario.id: scenario for scenario in offered}
        self.setWindowTitle(tr("Compare scenarios"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Scenarios to compare"))
        for scenario in offered:
            item = QListWidgetItem(self._name(scenario), self.list)
            item.setData(Qt.ItemDataRole.UserRole, scenario.id)
            item.setSizeHint(QSize(0, theme.current().px(_LINE)))
            on = scenario.id in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.table = GridView([], tr("Scenarios side by side"))
        self._note = Label("", "small", "secondary", wrap=True)
        self._lay_out()
        self.list.itemChanged.connect(self._show)
        self._show()

    def ticked(self) -> list[Scenario]:
        """Return the scenarios that are ticked, in the order of the list."""
        items = [self.list.item(at) for at in range(self.list.count())]
        chosen = [
            self._offered[item.data(Qt.ItemDataRole.UserRole)]
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]
        return chosen[:_MOST]

    def _show(self) -> None:
        chosen = self.ticked()
        self._note.setText(
            tr("Tick at least two scenarios.")
            if len(chosen) < 2
            else tr("Differences are to “{name}”.").format(name=self._name(chosen[0]))
        )

        def read(interrupt: Interrupt) -> list[Compared]:
            return [compared(scenario, interrupt) for scenario in chosen]

        self._session.bridge.read(read, self._take, key=self)

    def _take(self, found: list[Compared]) -> None:
        columns = [GridColumn("", _FIGURES, quiet=True)]
        columns += [GridColumn(self._name(one.scenario), _SCENARIO, right=True, grows=1) for one in found]
        self.table.show_rows(rows_of(found), columns)

    def _name(self, scenario: Scenario) -> str:
        return words.scenario_title(scenario, self._data.newest_of(scenario))

    def _lay_out(self) -> None:
        look = theme.current()
        self.list.setFixedWidth(look.px(_LIST))
        buttons = QDialogButtonBox()
        close = buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(close, ButtonKind.DEFAULT)
        buttons.rejected.connect(self.reject)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(look.space("s"))
        beside.addWidget(Card(self.table), 1)
        beside.addWidget(self._note)
        row = QHBoxLayout()
        row.setSpacing(look.space("l"))
        row.addWidget(Card(self.list))
        row.addWidget(right, 1)
        column = QVBoxLayout(self)
        side = look.space("l")
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(look.space("l"))
        column.addLayout(row, 1)
        column.addWidget(buttons)
        self.resize(look.px(_WIDTH), look.px(_HEIGHT))


def rows_of(found: Sequence[Compared]) -> list[list[GridCell]]:
    """Return the lines of the table."""
    first = next((one.plan for one in found if one.plan is not None), None)
    columns = [_column(one, first) for one in found]
    lines = []
    for at, title in enumerate(_titles()):
        lines.append([GridCell(title), *(column[at] for column in columns)])
    return lines


def _titles() -> list[str]:
    return [
        tr("Strategy"),
        tr("From"),
        tr("Owed at first"),
        tr("Each month"),
        tr("Debt-free"),
        tr("Months"),
        tr("Interest"),
        tr("Total paid"),
        tr("Difference in months"),
        tr("Difference in interest"),
        tr("Difference in total paid"),
    ]


def _column(one: Compared, first: Plan | None) -> list[GridCell]:
    plan, currency = one.plan, one.scenario.currency
    head = [GridCell(words.strategy_title(one.scenario.strategy)), GridCell(words.month(one.scenario.start))]
    if plan is None:
        return [*head, GridCell(one.refusal), *(GridCell(formats.NO_VALUE) for _ in range(8))]
    ends = plan.months is not None
    figures = [
        words.money(plan.balances[0], currency),
        words.money(monthly_total(plan.input), currency),
        words.debt_free(plan),
        formats.count(plan.months) if plan.months is not None else formats.NO_VALUE,
        words.money(plan.total_interest, currency) if ends else formats.NO_VALUE,
        words.money(plan.total_paid, currency) if ends else formats.NO_VALUE,
        *_differences(plan, first, currency),
    ]
    return [*head, *(GridCell(text) for text in figures)]


def _differences(plan: Plan, first: Plan | None, currency: str) -> list[str]:
    if first is None or first is plan or plan.months is None or first.months is None:
        return [formats.NO_VALUE] * 3
    months = plan.months - first.months
    sign = "+" if months > 0 else ""
    return [
        f"{sign}{formats.count(months)}",
        _signed(plan.total_interest - first.total_interest, currency),
        _signed(plan.total_paid - first.total_paid, currency),
    ]


def _signed(minor: int, currency: str) -> str:
    text = words.money(minor, currency)
    return f"+{text}" if minor > 0 else text
