"""Many receipts at once: chosen, matched, reviewed and added in one step."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.purchases import Purchase, PurchaseFilter, SortBy
from app.services import attachments, purchases
from app.services.jobs import JobContext
from app.ui.attachments import register as registering
from app.ui.attachments.receipts.dialog import ReceiptsDialog
from app.ui.attachments.receipts.plan import collect, day_of, words_of
from app.ui.purchases.form.dialog import PurchaseDialog
from app.ui.session import Session
from tests.helpers.files import image_bytes, pdf_bytes, written
from tests.ui.attachments.conftest import System
from tests.ui.purchases.conftest import Window, declare_window_actions
from tests.ui.purchases.pages import shown_dialog

SCANNER = Purchase(
    "Document scanner", 21400, "USD", date(2026, 9, 2), retailer="Northwind", order_number="NW-88123"
)
LAMP = Purchase("Desk lamp", 3990, "USD", date(2026, 9, 3), retailer="Northwind")


@pytest.fixture
def bought(session: Session) -> dict[str, int]:
    """Two purchases, by their names."""
    return {one.name: session.ledger.run(purchases.add(one)).result for one in (SCANNER, LAMP)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three receipts, of which one says where it belongs, and things that are none."""
    made = tmp_path / "receipts"
    written(made / "a scan.pdf", pdf_bytes(["Northwind", "Order NW-88123"]))
    written(made / "b photo.png", image_bytes())
    written(made / "2026-08-30 Paper_shredder.jpg", image_bytes("JPEG"))
    written(made / "list.csv", b"a,b")
    written(made / ".hidden.pdf", b"%PDF-1.4")
    return made


MakeDialog = Callable[[], ReceiptsDialog]


@pytest.fixture
def dialog(session: Session, bought: dict[str, int], qtbot: QtBot) -> ReceiptsDialog:
    made = ReceiptsDialog(session)
    qtbot.addWidget(made)
    made.open()
    return made


def reviewed(dialog: ReceiptsDialog, folder: Path, qtbot: QtBot) -> list[str]:
    """Have a folder matched, and return the names of the purchases that were found, in order."""
    dialog.take([folder])
    qtbot.waitUntil(lambda: dialog.stage is dialog.review)
    return [line.name for line in dialog.review.plan.lines]


def test_a_folder_is_matched_and_nothing_is_added_before_the_end(
    dialog: ReceiptsDialog,
    folder: Path,
    session: Session,
    bought: dict[str, int],
    system: System,
    qtbot: QtBot,
) -> None:
    system.folder = folder
    dialog.choose.folder.click()
    qtbot.waitUntil(lambda: dialog.stage is dialog.review)
    grid = dialog.review.table.grid
    assert [[grid.cell(row, column).text for column in (0, 1)] for row in range(grid.rowCount())] == [
        ["2026-08-30 Paper_shredder.jpg", "None: left out"],
        ["a scan.pdf", "Document scanner"],
        ["b photo.png", "None: left out"],
    ]
    qtbot.waitUntil(dialog.review.picture.has_picture)
    assert dialog.review.add.text() == "Add 1 receipt"
    assert attachments.total(session.ledger) == (0, 0)
    dialog.review.add.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert [file.name for file in attachments.of_purchase(session.ledger, bought["Document scanner"])] == [
        "a scan.pdf"
    ]


def test_a_purchase_is_chosen_by_typing(
    dialog: ReceiptsDialog, folder: Path, session: Session, bought: dict[str, int], qtbot: QtBot
) -> None:
    reviewed(dialog, folder, qtbot)
    field = dialog.review.field
    assert dialog.review.row() == 0
    field.setText("lam")
    field.textEdited.emit("lam")
    qtbot.waitUntil(lambda: bool(field.offered()))
    assert field.offered() == ["Desk lamp · Northwind · 3 Sep 2026 · $39.90"]
    field.pick(0)
    assert dialog.review.plan.lines[0].name == "Desk lamp"
    assert dialog.review.row() == 2
    assert dialog.review.add.text() == "Add 2 receipts"
    dialog.review.table.go_to(1, 0)
    dialog.review.leave_out.click()
    assert dialog.review.plan.pairs()[0][1].id == bought["Desk lamp"]
    assert len(dialog.review.plan.pairs()) == 1


def test_a_new_purchase_takes_day_and_name_from_the_file(
    dialog: ReceiptsDialog, folder: Path, session: Session, qtbot: QtBot
) -> None:
    reviewed(dialog, folder, qtbot)
    dialog.review.new.click()
    form = shown_dialog(session, PurchaseDialog)
    assert form.form.name.text() == "Paper shredder"
    assert form.form.purchased_on.value() == date(2026, 8, 30)
    form.form.price.set_value(4500)
    form.save()
    qtbot.waitUntil(lambda: dialog.review.plan.lines[0].name == "Paper shredder")
    ids = purchases.ids(session.ledger, PurchaseFilter(text="shredder"), SortBy())
    assert dialog.review.plan.lines[0].purchase_id == next(iter(ids))


def test_what_cannot_be_added_is_told(
    dialog: ReceiptsDialog,
    folder: Path,
    session: Session,
    window: Window,
    bought: dict[str, int],
    qtbot: QtBot,
) -> None:
    reviewed(dialog, folder, qtbot)
    dialog.review.plan.give(2, bought["Desk lamp"], "Desk lamp")
    (folder / "b photo.png").unlink()
    dialog._add()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert window.told == ["1 of 2 receipts added"]
    assert window.problems == ["1 of 2 receipts could not be added"]
    session.bridge.undo()
    qtbot.waitUntil(lambda: attachments.of_purchase(session.ledger, bought["Document scanner"]) == [])


def test_a_folder_without_receipts_says_so(dialog: ReceiptsDialog, tmp_path: Path, qtbot: QtBot) -> None:
    written(tmp_path / "other" / "notes.txt", b"x")
    dialog.take([tmp_path / "other"])
    qtbot.waitUntil(dialog.choose._problem.isVisible)
    assert dialog.choose._problem.text() == "There are no pictures or PDFs in what you chose."


def test_cancelling_goes_back_and_adds_nothing(
    dialog: ReceiptsDialog, folder: Path, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewed(dialog, folder, qtbot)

    def slow(_ledger: object, _pairs: object, context: JobContext) -> None:
        while True:
            context.check()

    monkeypatch.setattr(attachments, "import_receipts", slow)
    dialog.review.add.click()
    assert dialog.stage is dialog.wait
    dialog.wait.cancel.click()
    qtbot.waitUntil(lambda: dialog.stage is dialog.review)
    assert attachments.total(session.ledger) == (0, 0)


def test_closing_while_it_runs_cancels(
    dialog: ReceiptsDialog, folder: Path, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []
    ended: list[bool] = []

    def slow(_ledger: object, _paths: object, context: JobContext) -> None:
        begun.append(True)
        try:
            while True:
                context.check()
        finally:
            ended.append(True)

    monkeypatch.setattr(attachments, "match_receipts", slow)
    dialog.take([folder])
    qtbot.waitUntil(lambda: begun == [True])
    dialog.reject()
    qtbot.waitUntil(lambda: ended == [True])
    assert not dialog.isVisible()


def test_files_are_collected_once_and_hidden_ones_passed_over(folder: Path) -> None:
    again = folder / "a scan.pdf"
    found = collect([again, folder, folder / "list.csv"], JobContext())
    assert [path.name for path in found] == [
        "a scan.pdf",
        "2026-08-30 Paper_shredder.jpg",
        "b photo.png",
        "list.csv",
    ]


@pytest.mark.parametrize(
    ("name", "words", "day"),
    [
        ("2026-03-14 Monitor.pdf", "Monitor", date(2026, 3, 14)),
        ("scan_20260314_kettle.pdf", "scan kettle", date(2026, 3, 14)),
        ("IMG-20261399.jpg", "IMG", None),
        ("receipt 0377.pdf", "receipt 0377", None),
    ],
)
def test_a_name_says_what_and_when(name: str, words: str, day: date | None) -> None:
    assert (words_of(Path(name)), day_of(Path(name))) == (words, day)


def test_the_menu_has_the_dialog_and_a_drop_opens_it(
    session: Session, bought: dict[str, int], folder: Path, qtbot: QtBot
) -> None:
    declare_window_actions(session)
    registering.register(session)
    (handler,) = session.drops
    assert handler.accepts(folder)
    assert handler.accepts(Path("a.PDF"))
    assert not handler.accepts(Path("a.csv"))
    assert handler.words([Path("a.pdf")]) == "Add 1 receipt"
    assert session.actions.run(registering.ACTION)
    shown_dialog(session, ReceiptsDialog).reject()
    qtbot.waitUntil(lambda: not session.window.findChildren(ReceiptsDialog))
    handler.open([folder / "a scan.pdf"])
    made = shown_dialog(session, ReceiptsDialog)
    qtbot.waitUntil(lambda: made.stage is made.review)
    made.reject()
