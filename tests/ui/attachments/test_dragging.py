"""Files that are dragged in and out."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.attachments import Owner, OwnerKind
from app.services import attachments
from app.ui.importing import register as importing
from app.ui.purchases import register as registering
from app.ui.purchases.page import PurchasesPage
from app.ui.session import Session
from tests.ui.attachments.conftest import MakeBlock
from tests.ui.purchases.pages import KETTLE, MONITOR, MakePage, products, select

_COPY, _LEFT, _NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def _data(paths: Sequence[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def hold(target: QWidget, point: QPoint, *paths: Path) -> bool:
    """Hold files over a place; tell whether they are welcome there."""
    data = _data(paths)
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(point, _COPY, data, _LEFT, _NONE)
        event.ignore()
        QApplication.sendEvent(target, event)
    return event.isAccepted()


def drop(target: QWidget, point: QPoint, *paths: Path) -> None:
    """Drop files at a place."""
    data = _data(paths)
    QApplication.sendEvent(target, QDropEvent(QPointF(point), _COPY, data, _LEFT, _NONE))


def _files_of(session: Session, purchase_id: int) -> list[str]:
    return [file.name for file in attachments.of_purchase(session.ledger, purchase_id)]


def _row(page: PurchasesPage, name: str) -> tuple[int, QPoint]:
    row = products(page).index(name)
    id = page.table.table_model.id_at(row)
    assert id is not None
    return id, QPoint(40, page.table.rowViewportPosition(row) + 5)


def test_a_file_dropped_on_a_row_is_attached_to_that_purchase(
    make_page: MakePage, session: Session, receipt: Path, qtbot: QtBot
) -> None:
    page = make_page([MONITOR, KETTLE])
    id, point = _row(page, "Kettle")
    view = page.table.viewport()
    assert hold(view, point, receipt)
    assert [zone._frame.isVisible() for zone in page._drops] == [True, False]
    assert page._drops[0]._frame._words == "Attach to “Kettle”"
    assert page._drops[0]._frame.geometry().contains(point)
    drop(view, point, receipt)
    assert not page._drops[0]._frame.isVisible()
    qtbot.waitUntil(lambda: _files_of(session, id) == ["receipt-0377.pdf"])
    model = page.table.table_model
    column = model.column_of("receipt")
    qtbot.waitUntil(lambda: model.index(products(page).index("Kettle"), column).data() == "1 receipt")


def test_below_the_rows_and_while_reading_only_nothing_is_taken(
    make_page: MakePage, receipt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page([KETTLE])
    _id, point = _row(page, "Kettle")
    below = QPoint(40, page.table.viewport().height() - 4)
    assert not hold(page.table.viewport(), below, receipt)
    monkeypatch.setattr(type(page.session.ledger), "read_only", True)
    assert not hold(page.table.viewport(), point, receipt)


def test_a_file_dropped_on_the_pane_is_attached_to_what_it_shows(
    make_page: MakePage, session: Session, receipt: Path, manual: Path, qtbot: QtBot
) -> None:
    page = make_page([MONITOR])
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane.purchase is not None)
    assert hold(page.pane, QPoint(50, 50), receipt, manual)
    drop(page.pane, QPoint(50, 50), receipt, manual)
    block = page.pane.files
    assert block is not None
    qtbot.waitUntil(lambda: len(block.files) == 2)


def test_a_list_to_import_is_left_to_the_window(
    make_page: MakePage, session: Session, tmp_path: Path
) -> None:
    importing.register(session)
    page = make_page([KETTLE])
    _id, point = _row(page, "Kettle")
    assert not hold(page.table.viewport(), point, tmp_path / "orders.csv")


def test_the_window_offers_the_selected_purchase_first(
    make_page: MakePage, session: Session, receipt: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    shown = registering._Shown(session)
    assert not shown.takes(receipt)
    page = make_page([MONITOR])
    shown._page = page
    assert not shown.takes(receipt)
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane.isVisible() and page.pane.purchase is not None)
    assert shown.takes(receipt)
    assert not shown.takes(tmp_path / "list.csv")
    assert shown.words([receipt]) == "Attach receipt-0377.pdf to “27-inch 4K monitor”"
    assert shown.words([receipt, receipt]) == "Attach 2 files to “27-inch 4K monitor”"
    shown.attach([receipt])
    block = page.pane.files
    assert block is not None
    qtbot.waitUntil(lambda: len(block.files) == 1)


def test_a_picture_can_be_dragged_out_as_a_file(
    make_block: MakeBlock, receipt: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = make_block(receipt)
    qtbot.waitUntil(lambda: "1 page" in block.card.text())
    dragged: list[str] = []

    def exec_drag(drag: QDrag, _actions: Qt.DropAction) -> Qt.DropAction:
        dragged.extend(url.toLocalFile() for url in drag.mimeData().urls())
        drag.deleteLater()
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", exec_drag)
    picture = block.card.thumbnail
    looked: list[object] = []
    block.card.look_requested.connect(looked.append)
    QTest.mousePress(picture, _LEFT, _NONE, QPoint(20, 20))
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: _LEFT)
    QTest.mouseMove(picture, QPoint(60, 60))
    picture.drag_begun.emit()
    qtbot.waitUntil(lambda: bool(dragged))
    monkeypatch.undo()
    QTest.mouseRelease(picture, _LEFT, _NONE, QPoint(60, 60))
    assert Path(dragged[0]).name == "receipt-0377.pdf"
    assert Path(dragged[0]).read_bytes() == receipt.read_bytes()


def test_a_drag_that_ends_before_the_copy_is_there_does_nothing(
    make_block: MakeBlock, receipt: Path, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = make_block(receipt)
    dragged: list[object] = []
    monkeypatch.setattr(QDrag, "exec", lambda *given: dragged.append(given))
    copied: list[Path] = []
    real = attachments.open_copy
    monkeypatch.setattr(attachments, "open_copy", lambda *given: copied.append(real(*given)) or copied[-1])
    block.card.thumbnail.drag_begun.emit()
    qtbot.waitUntil(lambda: bool(copied))
    QApplication.processEvents()
    assert dragged == []
    assert block.owner == Owner(OwnerKind.PURCHASE, block.files[0].owner.id)
