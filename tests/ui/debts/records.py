"""Some debts, and what a test does with the page that shows them."""

from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.debts import Debt, DebtKind, FixedMinimum, PercentMinimum, TermEnd
from app.services import debts
from app.ui.debts.page import DebtsPage
from app.ui.session import Session

VISA = Debt(
    "Visa card",
    "USD",
    1_000_000,
    date(2025, 3, 1),
    Decimal("24.9"),
    PercentMinimum(Decimal(1), 2500, plus_interest=True),
    DebtKind.CREDIT_CARD,
    "First Harbor Bank",
    due_day=15,
    credit_limit=1_200_000,
    rank=2,
    notes="Autopay is on.",
)
CAR = Debt(
    "Car loan",
    "USD",
    1_200_000,
    date(2024, 6, 1),
    Decimal("6.4"),
    TermEnd(date(2029, 5, 28)),
    DebtKind.CAR,
    "Northwind",
    due_day=28,
)
OMA = Debt(
    "Oma", "EUR", 180_000, date(2025, 5, 5), minimum=FixedMinimum(5000), kind=DebtKind.FAMILY, due_day=31
)
DENTIST = Debt(
    "Dentist", "USD", 84_000, date(2025, 9, 9), minimum=FixedMinimum(14_000), kind=DebtKind.MEDICAL
)
PROMO = Debt(
    "Transfer card",
    "USD",
    300_000,
    date(2026, 2, 1),
    Decimal("21.99"),
    FixedMinimum(9000),
    DebtKind.CREDIT_CARD,
    promo_apr=Decimal("1.9"),
    promo_ends_on=date(2027, 1, 31),
    credit_limit=250_000,
)
GROWS = Debt("Store card", "USD", 90_000, date(2026, 1, 5), Decimal("29.99"), FixedMinimum(1500))


class MakePage(Protocol):
    """Makes a page of a ledger with these debts."""

    def __call__(self, records: Any = ..., width: int = ...) -> DebtsPage: ...


def names(page: DebtsPage) -> list[str]:
    model = page.table.table_model
    return [cell(page, row, "name") for row in range(model.rowCount())]


def cell(page: DebtsPage, row: int, key: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
    model = page.table.table_model
    return str(model.index(row, model.column_of(key)).data(role))


def select(page: DebtsPage, *rows: int) -> None:
    model, chosen = page.table.table_model, page.table.selectionModel()
    flags = QItemSelectionModel.SelectionFlag
    chosen.setCurrentIndex(model.index(rows[0], 0), flags.ClearAndSelect | flags.Rows)
    for row in rows[1:]:
        chosen.select(model.index(row, 0), flags.Select | flags.Rows)


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifiers)


def shown(qtbot: QtBot, session: Session, kind: type[Any]) -> Any:
    """Wait for a dialog and return it."""

    def visible() -> list[Any]:
        return [child for child in session.window.findChildren(kind) if child.isVisible()]

    qtbot.waitUntil(lambda: len(visible()) == 1)
    return visible()[0]


def enter(field: Any, text: str) -> None:
    """Type a text into a field of a form and leave it."""
    line: QLineEdit = field.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    line.editingFinished.emit()


def the_debt(session: Session, name: str) -> Debt:
    return next(debt for debt in debts.all_debts(session.ledger) if debt.name == name)
