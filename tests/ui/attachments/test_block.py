"""The files of a record in its pane: what is shown, and what can be done with them."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.attachments import AttachmentKind, Owner, OwnerKind
from app.services import attachments, debts
from app.ui.attachments.failed import FailedFilesDialog
from app.ui.attachments.looking import LookDialog
from app.ui.attachments.previews import previews_of
from app.ui.attachments.renaming import RenameDialog
from app.ui.session import Session
from app.ui.theme.theme import Appearance, Theme
from app.ui.widgets.dialog import MessageDialog
from tests.helpers.files import image_bytes, pdf_bytes, written
from tests.ui.attachments.conftest import MakeBlock, System
from tests.ui.debts.records import OMA
from tests.ui.purchases.conftest import Window
from tests.ui.purchases.pages import press, shown_dialog


def _menu(block: Any) -> dict[str, Any]:
    """Return what the menu of the receipt offers, by the texts without mnemonics."""
    menu = block.acts.menu(block.card.attachment, block, lambda: None)
    return {action.text().replace("&", ""): action for action in menu.actions() if action.text()}


def test_a_record_without_files_invites_to_add_some(
    make_block: MakeBlock, system: System, receipt: Path, qtbot: QtBot
) -> None:
    block = make_block()
    assert block.invitation.isVisible()
    assert block.invitation.button.text() == "Add a receipt…"
    assert not block.list.isVisible()
    system.files = [receipt]
    block.invitation.button.click()
    qtbot.waitUntil(lambda: len(block.files) == 1)
    assert not block.invitation.isVisible()
    assert block.card.isVisible()


def test_the_first_receipt_is_a_picture_and_the_others_are_rows(
    make_block: MakeBlock, receipt: Path, manual: Path, qtbot: QtBot
) -> None:
    block = make_block(manual, receipt)
    assert [file.name for file in block.files] == ["receipt-0377.pdf", "monitor manual.png"]
    qtbot.waitUntil(lambda: "1 page" in block.card.text())
    picture = block.card.thumbnail.picture()
    assert picture is not None
    assert picture.pixmap is not None
    assert picture.pixmap.height() <= 138
    assert block.card.text().startswith("Receipt\nreceipt-0377.pdf\n1 page · ")
    assert [file.name for file in block.list.files.files()] == ["monitor manual.png"]
    row = block.list.files.index(0, 0)
    spoken = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("monitor manual.png, Manual · ")
    assert block.list.accessibleName() == "1 more file"


def test_pictures_are_drawn_anew_in_dark_colours(
    make_block: MakeBlock, receipt: Path, look: Theme, qtbot: QtBot
) -> None:
    block = make_block(receipt)
    qtbot.waitUntil(lambda: "1 page" in block.card.text())
    light = block.card.thumbnail.grab().toImage()
    look.set_appearance(Appearance.DARK)
    dark = block.card.thumbnail.grab().toImage()
    look.set_appearance(Appearance.LIGHT)
    assert light != dark


def test_a_file_is_opened_as_a_copy_under_its_own_name(
    make_block: MakeBlock, receipt: Path, system: System, qtbot: QtBot
) -> None:
    block = make_block(receipt)
    block.card.open_button.click()
    qtbot.waitUntil(lambda: len(system.opened) == 1)
    copy = Path(system.opened[0])
    assert copy.name == "receipt-0377.pdf"
    assert copy.read_bytes() == receipt.read_bytes()
    assert "uploads" not in copy.parts


def test_when_no_program_opens_it_saving_is_offered(
    make_block: MakeBlock, receipt: Path, system: System, window: Window, qtbot: QtBot
) -> None:
    system.can_open = False
    block = make_block(receipt)
    block.card.open_button.click()
    qtbot.waitUntil(lambda: bool(window.problems))
    assert window.problems == [
        "No program on this computer opens “receipt-0377.pdf”. Save it and choose a program yourself."
    ]


def test_before_a_file_that_may_run_something_is_opened_the_user_is_asked(
    make_block: MakeBlock, system: System, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    block = make_block(written(tmp_path / "invoice.exe", b"MZ" + bytes(50)))
    block.card.open_button.click()
    dialog = shown_dialog(session, MessageDialog)
    assert system.opened == []
    dialog.reject()
    block.card.open_button.click()
    qtbot.waitUntil(lambda: len(session.window.findChildren(MessageDialog)) == 1)
    shown_dialog(session, MessageDialog).accept()
    qtbot.waitUntil(lambda: len(system.opened) == 1)


def test_a_copy_is_saved_where_the_user_says(
    make_block: MakeBlock, receipt: Path, system: System, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    block = make_block(receipt)
    system.target = tmp_path / "elsewhere.pdf"
    _menu(block)["Save as…"].trigger()
    qtbot.waitUntil(lambda: window.told == ["Saved elsewhere.pdf"])
    assert system.target.read_bytes() == receipt.read_bytes()


def test_another_file_takes_its_place_and_undo_brings_the_first_back(
    make_block: MakeBlock, receipt: Path, system: System, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    block = make_block(receipt)
    system.files = [written(tmp_path / "better scan.pdf", pdf_bytes(["better"], ["two"]))]
    block.card.replace_button.click()
    qtbot.waitUntil(lambda: block.files[0].name == "better scan.pdf")
    qtbot.waitUntil(lambda: "2 pages" in block.card.text())
    session.bridge.undo()
    qtbot.waitUntil(lambda: block.files[0].name == "receipt-0377.pdf")


def test_a_file_is_renamed_keeping_its_ending_at_hand(
    make_block: MakeBlock, receipt: Path, session: Session, qtbot: QtBot
) -> None:
    block = make_block(receipt)
    press(block.card.thumbnail, Qt.Key.Key_F2)
    dialog = shown_dialog(session, RenameDialog)
    assert dialog.name.line.selectedText() == "receipt-0377"
    dialog.name.line.setText("   ")
    dialog.save()
    assert dialog.name.message == "Enter a name for the file."
    dialog.name.line.setText("Monitor.pdf")
    dialog.save()
    qtbot.waitUntil(lambda: block.files[0].name == "Monitor.pdf")
    assert "Monitor.pdf" in block.card.text()


def test_the_kind_says_which_file_is_the_receipt(
    make_block: MakeBlock, receipt: Path, session: Session, qtbot: QtBot
) -> None:
    block = make_block(receipt)
    block.acts.set_kind(block.files[0], AttachmentKind.MANUAL)
    qtbot.waitUntil(lambda: block.files[0].kind is AttachmentKind.MANUAL)
    assert not block.card.isVisible()
    assert block.list.isVisible()
    assert block.list.accessibleName() == "1 file"


def test_del_removes_a_file_and_undo_brings_it_back(
    make_block: MakeBlock, receipt: Path, manual: Path, session: Session, qtbot: QtBot
) -> None:
    block = make_block(receipt, manual)
    block.list.setFocus()
    press(block.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(block.files) == 1)
    press(block.card.thumbnail, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not block.files)
    assert block.invitation.isVisible()
    session.bridge.undo()
    session.bridge.undo()
    qtbot.waitUntil(lambda: len(block.files) == 2)


def test_a_missing_file_is_marked_and_can_be_replaced(
    make_block: MakeBlock, receipt: Path, system: System, session: Session, window: Window, qtbot: QtBot
) -> None:
    block = make_block(receipt)
    qtbot.waitUntil(lambda: "1 page" in block.card.text())
    file = block.files[0]
    session.ledger.store.place(file.sha256).unlink()
    block.card.open_button.click()
    qtbot.waitUntil(lambda: bool(window.problems))
    qtbot.waitUntil(lambda: not block.files[0].available)
    assert "receipt-0377.pdf" in window.problems[0]
    assert not block.card.open_button.isVisible()
    assert block.card._pill.text() == "Missing"
    assert not _menu(block)["Open"].isEnabled()
    system.files = [receipt]
    block.card.replace_button.click()
    qtbot.waitUntil(lambda: block.files[0].available)
    qtbot.waitUntil(lambda: "1 page" in block.card.text())


def test_a_file_that_was_altered_says_so_when_its_record_is_shown_and_is_well_again_when_it_is_back(
    make_block: MakeBlock, receipt: Path, manual: Path, session: Session, qtbot: QtBot
) -> None:
    block = make_block(receipt, manual)
    stored = session.ledger.store.place(block.files[1].sha256)
    stored.chmod(0o600)
    stored.write_bytes(b"something else")
    block.reload()
    qtbot.waitUntil(lambda: [file.available for file in block.files] == [True, False])
    assert block.list.files.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Altered")
    stored.write_bytes(manual.read_bytes())
    block.reload()
    qtbot.waitUntil(lambda: all(file.available for file in block.files))


def test_what_could_not_be_added_is_told_with_its_reason(
    make_block: MakeBlock, receipt: Path, session: Session, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    block = make_block()
    block.add([written(tmp_path / "empty.pdf", b"")])
    qtbot.waitUntil(lambda: len(window.problems) == 1)
    assert "empty.pdf" in window.problems[0]
    block.add([receipt, tmp_path / "empty.pdf", tmp_path / "gone.pdf"])
    qtbot.waitUntil(lambda: len(window.problems) == 2)
    assert window.problems[1] == "2 of 3 files could not be added"
    qtbot.waitUntil(lambda: [file.name for file in block.files] == ["receipt-0377.pdf"])


def test_the_list_of_what_failed_names_files_and_reasons(session: Session, qtbot: QtBot) -> None:
    dialog = FailedFilesDialog(
        [(Path("a.pdf"), "It is empty."), (Path("b.pdf"), "It is a folder.")], session.window
    )
    qtbot.addWidget(dialog)
    assert [dialog.table.grid.cell(row, 0).text for row in range(2)] == ["a.pdf", "b.pdf"]
    assert dialog.table.grid.cell(1, 1).text == "It is a folder."


def test_enter_shows_a_file_larger_and_the_arrows_go_through_them(
    make_block: MakeBlock, receipt: Path, manual: Path, session: Session, system: System, qtbot: QtBot
) -> None:
    block = make_block(receipt, manual)
    block.card.thumbnail.setFocus()
    press(block.card.thumbnail, Qt.Key.Key_Return)
    dialog = shown_dialog(session, LookDialog)
    qtbot.waitUntil(lambda: "1 page" in dialog.text())
    assert dialog.text().startswith("receipt-0377.pdf\nReceipt · 1 page · ")
    assert dialog.text().endswith("1 of 2")
    assert not dialog.previous.isEnabled()
    press(dialog.page, Qt.Key.Key_Right)
    assert dialog.text().startswith("monitor manual.png\nManual · ")
    assert not dialog.next.isEnabled()
    dialog.open_button.click()
    qtbot.waitUntil(lambda: len(system.opened) == 1)
    assert system.opened[0].endswith("monitor manual.png")
    press(dialog.page, Qt.Key.Key_Space)
    assert not dialog.isVisible()


def test_the_menu_offers_everything_by_mouse_and_by_key(
    make_block: MakeBlock, receipt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = make_block(receipt)
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: shown.append(menu))
    block.card.more_button.click()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(block.card.thumbnail, asked)
    for menu in shown:
        texts = [action.text().replace("&", "") for action in menu.actions() if action.text()]
        assert texts == [
            "Preview",
            "Open",
            "Save as…",
            "Replace…",
            "Rename…",
            "Kind",
            "Add files…",
            "Remove",
        ]
    assert len(shown) == 2


def test_names_of_files_are_never_markup(make_block: MakeBlock, tmp_path: Path, qtbot: QtBot) -> None:
    name = "<b>bold</b>&amp.pdf".replace("/", "")
    block = make_block(written(tmp_path / name, pdf_bytes(["x"])))
    assert block.files[0].name in block.card.text()
    for button in block.findChildren(QPushButton):
        assert "<b>" not in button.text()


def test_a_debt_lists_statements_and_contracts(
    make_block: MakeBlock, session: Session, receipt: Path, qtbot: QtBot
) -> None:
    id = session.ledger.run(debts.add(OMA)).result
    block = make_block(owner=Owner(OwnerKind.DEBT, id))
    assert block.invitation.button.text() == "Add files…"
    block.add([receipt])
    qtbot.waitUntil(lambda: len(block.files) == 1)
    assert block.files[0].kind is AttachmentKind.OTHER
    assert block.list.accessibleName() == "Statements and contracts"


def test_of_many_files_only_those_on_the_screen_have_pictures_made(
    make_block: MakeBlock, session: Session, tmp_path: Path, qtbot: QtBot, monkeypatch: Any
) -> None:
    asked: list[str] = []
    real = attachments.preview

    def counting(ledger: Any, file: Any, *sizes: int) -> Any:
        asked.append(file.name)
        return real(ledger, file, *sizes)

    monkeypatch.setattr(attachments, "preview", counting)
    paths = [written(tmp_path / "in" / f"{at:03}.png", image_bytes(size=(60 + at, 40))) for at in range(120)]
    block = make_block(*paths)
    idle = previews_of(session)
    qtbot.waitUntil(lambda: len(asked) >= 7 and idle._making is None and not idle._waiting)
    assert len(set(asked)) < 20
    block.list.scrollToBottom()
    qtbot.waitUntil(lambda: "119.png" in asked)
    assert len(set(asked)) < 40


def test_tab_reaches_every_part(make_block: MakeBlock, receipt: Path, manual: Path, qtbot: QtBot) -> None:
    block = make_block(receipt, manual)
    qtbot.waitUntil(block.isActiveWindow)
    block.card.thumbnail.setFocus()
    reached = set()
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        press(focused, Qt.Key.Key_Tab)
    assert {block.card.thumbnail, block.card.open_button, block.card.replace_button, block.list} <= reached
