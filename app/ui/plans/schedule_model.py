"""The schedule of a plan, month by month, as a table in memory."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.debts.plan import PlanDebt
from app.domain.money import plain
from app.ui import formats
from app.ui.i18n import tr
from app.ui.plans import words
from app.ui.plans.model import MonthRow, PlanView

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


class ScheduleModel(QAbstractTableModel):
    """A row a month: the month, a column a debt with what it is paid, then paid, interest and balance after."""

    def __init__(self) -> None:
        super().__init__()
        self.debts: Sequence[PlanDebt] = ()
        self.rows: Sequence[MonthRow] = ()
        self.currency = "USD"

    def show(self, view: PlanView) -> bool:
        """Show another schedule; tell whether its columns are others."""
        others = (view.given.debts, view.scenario.currency) != (self.debts, self.currency)
        same_size = not others and len(view.schedule) == len(self.rows)
        if not same_size:
            self.beginResetModel()
        self.debts, self.rows, self.currency = view.given.debts, view.schedule, view.scenario.currency
        if not same_size:
            self.endResetModel()
        return others

    def titles(self) -> list[str]:
        """Return the headings."""
        names = [debt.name for debt in self.debts]
        return [tr("Month"), *names, tr("Paid"), tr("Interest"), tr("Balance after")]

    def amount(self, row: int, column: int) -> int | None:
        """Return the amount in a cell of a column that is not the month, None for a debt that is gone."""
        month, debts = self.rows[row], len(self.debts)
        if column <= debts:
            return month.payments[column - 1]
        return (month.paid, month.interest, month.balance)[column - debts - 1]

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        if column == 0:
            return words.month(self.rows[row].month)
        amount = self.amount(row, column)
        return formats.NO_VALUE if amount is None else words.money(amount, self.currency)

    def is_strong(self, row: int, column: int) -> bool:
        """Tell whether a cell stands out: the debt that gets the extra, and what is paid in all."""
        target = self.rows[row].target
        return column == len(self.debts) + 1 or (target is not None and column == target + 1)

    def as_text(self, rows: Sequence[int]) -> str:
        """Return rows as tab-separated lines for a spreadsheet: ISO months, amounts with a point."""
        lines = ["\t".join(title.translate(_BREAKS) for title in self.titles())]
        for row in rows:
            month = self.rows[row].month
            cells = [date(month.year, month.month, 1).isoformat()]
            for column in range(1, self.columnCount()):
                amount = self.amount(row, column)
                cells.append("" if amount is None else plain(amount, self.currency))
            lines.append("\t".join(cells))
        return "\n".join([*lines, ""])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many months there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.debts) + 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self.text(index.row(), index.column())
            return tr("paid off") if text == formats.NO_VALUE else text
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a heading; the whole name of a debt as its tooltip."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.titles()[section]
        return None
