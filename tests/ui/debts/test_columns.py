"""Every column shows, sorts and copies, whatever a debt holds; what cannot be changed is not offered."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.columns import Column
from app.domain.debts import DebtFilter
from app.domain.debts.columns import DEBT_COLUMNS
from app.services import debts
from app.services.ledger import Interrupt, Ledger
from app.ui.debts.source import DebtSource
from app.ui.session import Session
from app.ui.tables.cells import CellState, make_cell, plain_text
from app.ui.tables.source import TableQuery
from tests.ui.debts.records import CAR, DENTIST, GROWS, OMA, PROMO, VISA, MakePage, cell, names, press

BARE = replace(DENTIST, name="Bare", opening_balance=0)
ALL = (VISA, CAR, OMA, DENTIST, PROMO, GROWS, BARE)


@pytest.fixture
def source(ledger: Ledger) -> DebtSource:
    for debt in ALL:
        ledger.run(debts.add(debt))
    return DebtSource(ledger)


@pytest.mark.parametrize("column", DEBT_COLUMNS, ids=lambda column: column.key)
def test_every_column_shows_something_or_a_dash(source: DebtSource, column: Column) -> None:
    for row in source.rows(range(1, len(ALL) + 1)):
        value = source.value(row, column.key)
        assert make_cell(column, value).state in (CellState.READY, CellState.EMPTY)
        assert "\n" not in plain_text(value)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", [column.key for column in DEBT_COLUMNS if column.sortable])
def test_every_column_sorts_all_rows(source: DebtSource, key: str, descending: bool) -> None:
    for payoffs in (None, {1: None}):
        source.payoffs = payoffs
        ids = source.ids(TableQuery(DebtFilter(), key, descending), Interrupt())
        assert sorted(ids) == list(range(1, len(ALL) + 1))


def test_rates_sort_as_numbers(source: DebtSource) -> None:
    ids = source.ids(TableQuery(DebtFilter(), "apr", True), Interrupt())
    rates = [row.debt.apr for row in source.rows(ids)]
    assert rates == sorted(rates, reverse=True)


def test_a_cell_is_edited_by_keyboard_and_keeps_what_it_cannot_save(
    qtbot: QtBot, make_page: MakePage
) -> None:
    page = make_page([VISA])
    table = page.table
    table.setFocus()
    table.setCurrentIndex(table.table_model.index(0, table.table_model.column_of("apr")))
    press(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("a lot")
    press(editor, Qt.Key.Key_Return)
    assert "Enter a rate such as" in editor.accessibleDescription()
    editor.setText("19.99")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(page, 0, "apr") == "19.99%")


def test_a_ledger_that_may_only_be_read_offers_no_change(
    qtbot: QtBot, session: Session, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.ledger.run(debts.add(VISA))
    monkeypatch.setattr(type(session.ledger), "read_only", property(lambda _self: True), raising=False)
    page = make_page([])
    assert names(page) == ["Visa card"]
    page.table.selectAll()
    session.actions.refresh()
    for id in (
        "debts.new",
        "debts.payment",
        "debts.balance",
        "debts.edit",
        "debts.duplicate",
        "debts.delete",
    ):
        assert not session.actions.qaction(id).isEnabled()
    assert not page.frame.new.isEnabled()
    page.commands.new()
    page.commands.delete()
    assert debts.count(session.ledger) == 1


def test_a_debt_due_on_the_31st_is_due_on_the_last_day_of_shorter_months(make_page: MakePage) -> None:
    page = make_page([OMA])
    row = page.table.table_model.row_at(0)
    assert row.next_due == date(2026, 11, 30)
