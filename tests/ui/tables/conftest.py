"""A table over made-up purchases, in the light theme."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.tables.model import LazyTableModel
from app.ui.tables.readers import Readers
from app.ui.tables.source import TableQuery
from app.ui.tables.view import LedgerTable
from app.ui.theme.theme import Appearance, Theme, install, use
from tests.ui.tables.fakes import COLUMNS, AtOnce, FakeSource

MakeTable = Callable[..., LedgerTable]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = install(qapp, Appearance.LIGHT)
    yield theme
    theme.stop()
    use(None)


@pytest.fixture
def make_table(qtbot: QtBot, theme: Theme) -> Iterator[MakeTable]:
    """Make a shown table: `make_table(source, executor=…, loaded=False)`; reads run at once unless told otherwise."""
    made: list[tuple[LazyTableModel, Readers]] = []

    def make(source: FakeSource, executor: Any = None, *, loaded: bool = True, sort: str = "") -> LedgerTable:
        readers = Readers(executor or AtOnce())
        query = TableQuery(sort=sort, descending=bool(sort))
        model = LazyTableModel(COLUMNS, source, readers, query=query, editing=source)
        made.append((model, readers))
        table = LedgerTable(model, "Purchases")
        table.setParent(None)
        qtbot.addWidget(table)
        table.resize(900, 500)
        table.show()
        table.activateWindow()
        table.setFocus()
        qtbot.waitUntil(table.hasFocus)
        if loaded:
            with qtbot.waitSignal(model.settled):
                model.load()
            qtbot.waitUntil(lambda: shows_rows(table))
        return table

    yield make
    for model, readers in made:
        if shiboken6.isValid(model):
            model.close()
        readers.close()


def shows_rows(table: LedgerTable) -> bool:
    """Whether every row on the screen is in memory."""
    first, last = table.visible_rows()
    return all(table.table_model.row_at(row) is not None for row in range(first, last + 1))


def shown_texts(table: LedgerTable, key: str = "name") -> list[str]:
    """What a column says in the rows on the screen."""
    first, last = table.visible_rows()
    column = table.table_model.column_of(key)
    return [table.table_model.cell(row, column).text for row in range(first, last + 1)]
