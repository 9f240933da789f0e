"""Some purchases, and what a test does with the page that shows them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.purchases import Purchase, PurchaseStatus, Refund
from app.domain.warranties import Cover
from app.ui.purchases.page import PurchasesPage
from app.ui.session import Session

MONITOR = Purchase(
    "27-inch 4K monitor",
    56700,
    "USD",
    date(2025, 3, 14),
    retailer="Brightwell",
    category="Electronics",
    tags=("office", "tax 2025"),
    paid_with="Visa",
    serial_number="BW27-081",
    covers=(Cover(date(2025, 3, 14), date(2029, 2, 20)),),
)
EARBUDS = Purchase(
    "Wireless earbuds",
    8900,
    "USD",
    date(2025, 8, 6),
    retailer="Brightwell",
    category="Electronics",
    status=PurchaseStatus.RETURNED,
    refunds=(Refund(date(2025, 8, 13), 8900, 1, "Taken back"),),
)
TAPE = Purchase("Kinesiology tape", 11860, "EUR", date(2024, 9, 19), retailer="Lindner", category="Practice")
KETTLE = Purchase("Kettle", 4490, "USD", date(2026, 11, 2), category="Household")

MakePage = Callable[[Sequence[Purchase]], PurchasesPage]


def products(page: PurchasesPage) -> list[str]:
    model = page.table.table_model
    column = model.column_of("name")
    return [model.index(row, column).data() for row in range(model.rowCount())]


def settle(qtbot: QtBot, page: PurchasesPage) -> None:
    qtbot.waitUntil(lambda: not page.table.table_model.busy and page.table.table_model.complete)


def select(page: PurchasesPage, *rows: int) -> None:
    """Select rows by themselves, whatever modifier keys an earlier test left pressed."""
    model, chosen = page.table.table_model, page.table.selectionModel()
    flags = QItemSelectionModel.SelectionFlag
    chosen.setCurrentIndex(model.index(rows[0], 0), flags.ClearAndSelect | flags.Rows)
    for row in rows[1:]:
        chosen.select(model.index(row, 0), flags.Select | flags.Rows)


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifiers)


def cell(page: PurchasesPage, row: int, key: str) -> str:
    model = page.table.table_model
    return str(model.index(row, model.column_of(key)).data())


def open_editor(qtbot: QtBot, page: PurchasesPage, row: int, key: str) -> QWidget:
    model = page.table.table_model
    page.table.show_column(key, shown=True)
    page.table.setFocus()
    page.table.setCurrentIndex(model.index(row, model.column_of(key)))
    press(page.table, Qt.Key.Key_F2)
    kinds = (QComboBox, QLineEdit)
    found = [kid for kid in page.table.viewport().children() if isinstance(kid, kinds)]
    assert len(found) == 1
    return found[0]


def shown_dialog(session: Session, kind: type[Any]) -> Any:
    found = [child for child in session.window.findChildren(kind) if child.isVisible()]
    assert len(found) == 1
    return found[0]
