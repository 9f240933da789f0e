"""Retailers, brands, categories and tags: renamed, merged, deleted and added, all of it with undo."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.purchases import Purchase, PurchaseFilter
from app.services import names, purchases
from app.services.names import NameKind
from app.ui.names.dialogs import AddDialog, MergeDialog
from app.ui.names.page import NamesPage
from app.ui.names.source import web_page
from app.ui.session import Session
from tests.ui.purchases.conftest import Window, declare_window_actions

MakePage = Callable[[], NamesPage]


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> NamesPage:
    declare_window_actions(session)
    for name, retailer in (("Kettle", "Halden Home"), ("Toaster", "Halden"), ("Lamp", "Halden Home")):
        session.ledger.run(
            purchases.add(Purchase(name, 100, "USD", date(2026, 1, 1), retailer=retailer, tags=("home",)))
        )
    made = NamesPage(session)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    session.bridge.changed.connect(made.refresh)
    session.actions.set_page("names")
    made.refresh(None)
    made.show()
    qtbot.waitExposed(made)
    _settle(qtbot, made)
    return made


def _settle(qtbot: QtBot, page: NamesPage) -> None:
    qtbot.waitUntil(lambda: page.tab.model.complete and not page.tab.model.busy)


def _names(page: NamesPage) -> list[str]:
    return [page.tab.model.index(row, 0).data() for row in range(page.tab.model.rowCount())]


def _select(page: NamesPage, *wanted: str) -> None:
    model, flags = page.tab.model, QItemSelectionModel.SelectionFlag
    rows = [_names(page).index(name) for name in wanted]
    chosen = page.tab.table.selectionModel()
    chosen.setCurrentIndex(model.index(rows[0], 0), flags.ClearAndSelect | flags.Rows)
    for row in rows[1:]:
        chosen.select(model.index(row, 0), flags.Select | flags.Rows)


def _uses(session: Session, kind: NameKind, name: str) -> int:
    return next((row.count for row in names.listing(session.ledger, kind) if row.name == name), -1)


def test_each_tab_says_how_many_there_are(qtbot: QtBot, page: NamesPage) -> None:
    qtbot.waitUntil(lambda: page._bar.tabText(0).startswith("Retailers  1"))
    assert page._bar.tabText(3) == "Tags  1"
    row = _names(page).index("Halden Home")
    assert page.tab.model.index(row, 2).data() == "2"


def test_typing_filters_the_names(qtbot: QtBot, page: NamesPage) -> None:
    QTest.keyClicks(page._field, "halden")
    qtbot.waitUntil(lambda: _names(page) == ["Halden", "Halden Home"])
    assert page._selected.text() == "2 retailers"


def test_two_are_merged_into_one_and_taken_back(qtbot: QtBot, page: NamesPage, session: Session) -> None:
    _select(page, "Halden", "Halden Home")
    page.merge()
    dialog = session.window.findChildren(MergeDialog)[0]
    assert dialog.choice.currentText() == "Halden Home"
    assert "1 purchase will say “Halden Home” instead" in dialog._words.text()
    dialog.accept()
    qtbot.waitUntil(lambda: "Halden" not in _names(page))
    assert _uses(session, NameKind.RETAILER, "Halden Home") == 3
    session.bridge.undo()
    qtbot.waitUntil(lambda: "Halden" in _names(page))
    assert _uses(session, NameKind.RETAILER, "Halden Home") == 2


def test_deleting_leaves_the_purchases(qtbot: QtBot, page: NamesPage, session: Session) -> None:
    _select(page, "Halden Home")
    page.tab.table.setFocus()
    QTest.keyClick(page.tab.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "Halden Home" not in _names(page))
    assert purchases.count(session.ledger) == 3
    assert session.ledger.undo_label == "Delete retailer “Halden Home”"


def test_a_name_is_edited_in_place(qtbot: QtBot, page: NamesPage, session: Session) -> None:
    _select(page, "Halden")
    page.rename()
    editor = page.tab.table.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("halden home")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "merge the two instead" in editor.accessibleDescription())
    editor.setText("Halden & sons")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Halden & sons" in _names(page))
    assert _uses(session, NameKind.RETAILER, "Halden & sons") == 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("", ""), ("example.com", "https://example.com"), (" http://a.example/x ", "http://a.example/x")],
)
def test_a_web_page_gets_its_scheme(typed: str, stored: str) -> None:
    assert web_page(typed) == stored


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "file:///etc/passwd", "two words", "nodots", "http://["]
)
def test_what_is_no_web_page_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"https://example\.com"):
        web_page(typed)


def test_a_name_is_added_and_a_second_of_its_kind_refused(
    qtbot: QtBot, page: NamesPage, session: Session
) -> None:
    page._bar.setCurrentIndex(2)
    page.add()
    dialog = session.window.findChildren(AddDialog)[0]
    dialog.save()
    assert dialog.name.message == "Enter a name."
    dialog.name.line.setText("electronics")
    dialog.save()
    qtbot.waitUntil(lambda: "merge the two instead" in dialog.name.message)
    dialog.name.line.setText("Garden")
    dialog.save()
    qtbot.waitUntil(lambda: "Garden" in _names(page))


def test_the_count_leads_to_the_purchases(page: NamesPage, session: Session, window: Window) -> None:
    row = _names(page).index("Halden Home")
    page.tab.table.clicked.emit(page.tab.model.index(row, 2))
    id = names.find(session.ledger, NameKind.RETAILER, "Halden Home")
    assert id is not None
    assert window.shown == [("purchases", {"filter": PurchaseFilter(retailers=frozenset({id}))})]


def test_the_tab_in_front_is_remembered(page: NamesPage, session: Session) -> None:
    page.open(kind=NameKind.TAG)
    page.leave()
    assert session.state.get("names.kind") == "tag"
    assert page.tab.kind is NameKind.TAG
