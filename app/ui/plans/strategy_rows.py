"""The rows of the strategies table: what each strategy comes to, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.debts.search import BestFound
from app.ui import formats
from app.ui.i18n import tr
from app.ui.plans import model, words
from app.ui.plans.model import Outcome, PlanView
from app.ui.widgets.label import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Col(IntEnum):
    """The columns."""

    STRATEGY = 0
    DEBT_FREE = 1
    MONTHS = 2
    INTEREST = 3
    TOTAL = 4
    AGAINST = 5
    SOONER = 6


def titles() -> list[str]:
    """Return the headings."""
    return [
        tr("Strategy"),
        tr("Debt-free"),
        tr("Months"),
        tr("Interest"),
        tr("Total paid"),
        tr("vs minimums"),
        tr("Sooner by"),
    ]


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """A strategy: its name and words, and its figures, or a `sentence` in place of them.

    `detail` is told besides in the tooltip. `better` tells whether it costs less than minimums only, None where
    there is nothing to compare.
    """

    key: str
    title: str
    words: str
    figures: tuple[str, ...] = ()
    sentence: str = ""
    detail: str = ""
    wrong: bool = False
    better: bool | None = None


def rows_of(view: PlanView, keys: Sequence[str], search: str) -> list[StrategyRow]:
    """Return the rows of the strategies that are compared; `search` says how the one for the best stands."""
    return [_row(view, key, search) for key in keys]


def _row(view: PlanView, key: str, search: str) -> StrategyRow:
    title, currency = words.strategy_title(key), view.scenario.currency
    outcome = view.outcome(key)
    if outcome is None:
        return StrategyRow(key, title, words.strategy_words(key), sentence=search)
    best = view.wanted.best if key == model.BEST else None
    said = words.best_tried(best) if best else words.strategy_words(key)
    if outcome.plan.months is None:
        return StrategyRow(key, title, said, sentence=words.never_ends(outcome.plan, currency), wrong=True)
    saved = outcome.interest_saved
    return StrategyRow(key, title, said, _figures(outcome, currency), better=None if not saved else saved > 0)


def _figures(outcome: Outcome, currency: str) -> tuple[str, ...]:
    plan, saved, sooner = outcome.plan, outcome.interest_saved, outcome.months_saved
    return (
        words.debt_free(plan),
        formats.count(plan.months or 0),
        words.money(plan.total_interest, currency),
        words.money(plan.total_paid, currency),
        formats.NO_VALUE if saved is None else _change(-saved, currency),
        formats.NO_VALUE if sooner is None else _sooner(sooner),
    )


def _change(minor: int, currency: str) -> str:
    text = words.money(minor, currency)
    return f"+{text}" if minor > 0 else text


def _sooner(months: int) -> str:
    if months < 0:
        return tr("{months} later").format(months=words.months(-months))
    return words.months(months)


def search_words(best: BestFound | None, *, running: bool, tried: int) -> str:
    """Return how the search for the best plan stands."""
    if running and tried:
        return tr("Searching, {n} plans tried so far…").format(n=formats.count(tried))
    # What was found is there a moment before its figures are.
    return tr("Searching…") if running or best else tr("Not searched for this plan yet")


class StrategyModel(QAbstractTableModel):
    """The strategies that are compared."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[StrategyRow] = []
        self.chosen = ""

    def show(self, rows: list[StrategyRow], chosen: str) -> bool:
        """Show other rows; tell whether they are of other strategies, or in other places."""
        others = [row.key for row in rows] != [row.key for row in self.rows]
        if others:
            self.beginResetModel()
        self.rows, self.chosen = rows, chosen
        if others:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Col) - 1))
        return others

    def row_of(self, key: str) -> int:
        """Return the row of a strategy, -1 where it is not shown."""
        return next((at for at, row in enumerate(self.rows) if row.key == key), -1)

    def text(self, at: int, column: int) -> str:
        """Return the text of a cell."""
        row = self.rows[at]
        if column == Col.STRATEGY:
            return f"{row.title} · {row.words}"
        if not row.figures:
            return row.sentence if column == Col.DEBT_FREE else ""
        return row.figures[column - 1]

    def _tip(self, at: int) -> str:
        """All of a row: its words or its total may not be in sight."""
        row = self.rows[at]
        said = f"{row.title} · {row.words}"
        if not row.figures:
            return f"{said}\n{row.sentence}"
        total = tr("Total paid {total}").format(total=row.figures[Col.TOTAL - 1])
        return "\n".join(line for line in (said, row.detail, total) if line)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many strategies there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Col)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, tooltip or what a screen reader says of a cell."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        text = self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(index.row()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == Col.STRATEGY and self.rows[index.row()].key == self.chosen:
                return tr("{strategy}, chosen").format(strategy=text)
            return tr("none") if text in ("", formats.NO_VALUE) else text
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return titles()[section]
        return None

    def as_text(self) -> str:
        """Return the table as tab-separated lines."""
        rows = range(len(self.rows))
        lines = ["\t".join(self.text(at, column) for column in range(len(Col))) for at in rows]
        return "\n".join(["\t".join(titles()), *lines, ""])
