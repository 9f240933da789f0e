"""Receipts and claims on the page of purchases: the column, the filter, the pane's buttons and its menu."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from app.domain.purchases import PurchaseFilter
from app.ui.purchases.filters.chips import RECEIPT
from app.ui.purchases.page import PurchasesPage
from app.ui.records.popup import OneOfPopup
from app.ui.warranties import claiming
from app.ui.widgets.perforation import Perforation
from tests.helpers.files import pdf_bytes, written
from tests.ui.purchases.pages import KETTLE, MONITOR, MakePage, cell, products, select, settle

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")

RECEIPT_COLUMN = "receipt"


def with_receipt(page: PurchasesPage, row: int, folder: Path, qtbot: QtBot) -> None:
    """Give a row its receipt and wait until the table shows it."""
    id = page.table.table_model.id_at(row)
    assert id is not None
    page.commands.attach(id, [written(folder / "receipt.pdf", pdf_bytes(["TOTAL"]))])
    qtbot.waitUntil(lambda: cell(page, row, RECEIPT_COLUMN) == "1 receipt")


def test_the_column_says_which_purchases_have_a_receipt(
    qtbot: QtBot, make_page: MakePage, tmp_path: Path
) -> None:
    page = make_page([MONITOR, KETTLE])
    model = page.table.table_model
    column = model.column_of(RECEIPT_COLUMN)
    assert cell(page, 0, RECEIPT_COLUMN) == "—"
    assert model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole).endswith("none")
    with_receipt(page, 1, tmp_path, qtbot)
    assert model.index(1, column).data(Qt.ItemDataRole.AccessibleTextRole).endswith("1 receipt")
    model.set_sort(RECEIPT_COLUMN, True)
    qtbot.waitUntil(lambda: products(page) == ["27-inch 4K monitor", "Kettle"])


def test_purchases_are_filtered_by_their_receipt(qtbot: QtBot, make_page: MakePage, tmp_path: Path) -> None:
    page = make_page([MONITOR, KETTLE])
    with_receipt(page, 1, tmp_path, qtbot)
    popup = page.filters.popup(RECEIPT)
    assert isinstance(popup, OneOfPopup)
    qtbot.addWidget(popup)
    popup.show()
    popup._take(popup.list.item(1))
    settle(qtbot, page)
    qtbot.waitUntil(lambda: products(page) == ["Kettle"])
    (chip,) = page.filters.bar.chips()
    assert (chip.label, chip.value) == ("Receipt is", "missing")
    page.filters.set(PurchaseFilter(receipt=True))
    qtbot.waitUntil(lambda: products(page) == ["27-inch 4K monitor"])
    page.filters.remove(RECEIPT)
    qtbot.waitUntil(lambda: len(products(page)) == 2)


def test_the_pane_offers_a_claim_only_while_a_warranty_is_in_force(
    qtbot: QtBot, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(claiming, "claim_on_purchase", lambda _session, id: asked.append(id))
    voided = replace(MONITOR, name="Voided", covers=(replace(MONITOR.covers[0], voided=True),))
    page = make_page([MONITOR, KETTLE, voided])
    select(page, products(page).index("27-inch 4K monitor"))
    qtbot.waitUntil(page.pane._claim.isVisible)
    page.pane._claim.click()
    assert asked == [page.pane.purchase.id if page.pane.purchase else 0]
    for name in ("Kettle", "Voided"):
        select(page, products(page).index(name))
        qtbot.waitUntil(lambda name=name: page.shown_id() is not None and page.pane.purchase.name == name)
        assert not page.pane._claim.isVisible()
    page.table.selectAll()
    qtbot.waitUntil(page.pane._delete.isVisible)
    assert not page.pane._more.isVisible()
    assert not page.pane._claim.isVisible()


def test_the_menu_of_the_pane_duplicates_adds_files_and_deletes(
    qtbot: QtBot, make_page: MakePage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = make_page([KETTLE])
    select(page, 0)
    qtbot.waitUntil(page.pane._more.isVisible)
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: shown.append(menu))
    page.pane._more.click()
    entries: dict[str, Any] = {
        action.text().replace("&", ""): action for action in shown[0].actions() if action.text()
    }
    assert list(entries) == ["Duplicate", "Add file…", "Delete"]
    receipt = written(tmp_path / "receipt.pdf", pdf_bytes(["TOTAL"]))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(receipt)], ""))
    entries["Add file…"].trigger()
    qtbot.waitUntil(lambda: cell(page, 0, RECEIPT_COLUMN) == "1 receipt")
    block = page.pane.files
    assert block is not None
    qtbot.waitUntil(block.card.isVisible)
    entries["Delete"].trigger()
    qtbot.waitUntil(lambda: products(page) == [])
    page.session.bridge.undo()
    qtbot.waitUntil(lambda: products(page) == ["Kettle"])
    assert cell(page, 0, RECEIPT_COLUMN) == "1 receipt"


def test_the_stub_is_torn_off_from_edge_to_edge(qtbot: QtBot, make_page: MakePage) -> None:
    page = make_page([KETTLE])
    select(page, 0)
    qtbot.waitUntil(page.pane.isVisible)
    (line,) = page.pane.findChildren(Perforation)
    qtbot.waitUntil(lambda: line.width() >= page.pane._scroll.viewport().width())


def test_the_focus_stays_on_a_receipt_that_is_shown_anew(
    qtbot: QtBot, make_page: MakePage, tmp_path: Path
) -> None:
    page = make_page([KETTLE])
    with_receipt(page, 0, tmp_path, qtbot)
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane.files is not None and page.pane.files.card.isVisible())
    block = page.pane.files
    assert block is not None
    block.card.thumbnail.setFocus()
    shown = page.pane.purchase
    assert shown is not None
    page.read_detail(shown.id)
    qtbot.waitUntil(lambda: page.pane.purchase is not shown)
    assert page.window().focusWidget() is block.card.thumbnail
