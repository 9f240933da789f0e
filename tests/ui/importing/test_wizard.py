"""The wizard from start to end, and what it leaves where one turns back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services import purchases
from app.services.importing.flow import Step
from app.services.ledger import Ledger
from app.ui.dialogs.grid import Mark
from app.ui.session import Session
from tests.ui.importing.driving import FILES, HOUSEHOLD, Key, Open, cells, go_on, marked, press, said


def test_by_keyboard_alone_from_the_path_to_the_report(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger
) -> None:
    wizard = open_wizard()
    assert wizard.focusWidget() is wizard.file_page.place.field
    assert not wizard.next_button.isEnabled()
    qtbot.keyClicks(wizard.focusWidget(), str(HOUSEHOLD))
    press(qtbot, wizard, Key.Key_Return)
    qtbot.waitUntil(wizard.next_button.isEnabled)
    assert wizard.file_page.area.text() == (
        "Table, 54 rows\nCSV, cp1252, separated by semicolons · 4 of 4 columns recognised"
    )
    assert "Händler Süd" in [cell.text for cell in cells(wizard.file_page.rows)[0]]
    press(qtbot, wizard, Key.Key_Return)
    assert wizard.flow.step is Step.COLUMNS
    press(qtbot, wizard, Key.Key_Return)
    qtbot.waitUntil(wizard.next_button.isEnabled)
    assert wizard.next_button.text() == "&Import 50 purchases"
    assert purchases.count(ledger) == 0
    press(qtbot, wizard, Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.flow.step is Step.REPORT)
    assert purchases.count(ledger) == 50
    assert wizard.report_page.title() == "Imported 50 purchases"
    assert [[cell.text for cell in row[:3]] for row in cells(wizard.report_page.errors)] == [
        ["19", "Datum", "31.02.25"],
        ["25", "Preis", "n/a"],
        ["31", "Artikel", "—"],
        ["35", "Preis", "1e999"],
    ]
    press(qtbot, wizard, Key.Key_Return)
    assert not wizard.isVisible()


def test_the_preview_marks_each_problem_at_its_cell(qtbot: QtBot, open_wizard: Open) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.PREVIEW)
    page = wizard.preview_page
    assert marked(page.rows) == [
        ("19", "Purchased on", "31.02.25"),
        ("25", "Price", "n/a"),
        ("31", "Product", "—"),
        ("35", "Price", "1e999"),
    ]
    wrong = next(cell for row in cells(page.rows) for cell in row if cell.mark is Mark.ERROR)
    assert wrong.reason == "“31.02.25” does not exist: February 2025 has no day 31; mend the date."
    assert wrong.reason in wrong.spoken
    assert page.boxes.text() == "0 purchases → 50 purchases · 50 new · 4 not imported"
    first = [cell.text for cell in cells(page.rows)[0]]
    assert first == ["2", "New", "Desk lamp, LED", "€2,110.10", "9 Apr 2025", "Händler Süd"]


def test_going_through_the_problems_shows_their_cells(qtbot: QtBot, open_wizard: Open) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.PREVIEW)
    page = wizard.preview_page
    assert wizard.focusWidget() is page.errors
    press(qtbot, wizard, Key.Key_Down)
    index = page.rows.currentIndex()
    assert page.rows.grid.cell(index.row(), index.column()).text == "n/a"


def test_a_known_program_goes_straight_to_the_preview(qtbot: QtBot, open_wizard: Open) -> None:
    wizard = open_wizard(FILES / "amazon-order-history.1.csv")
    assert wizard.file_page.area.text().startswith("Amazon order history, 74 rows\n")
    assert not wizard.file_page.currency.isVisible()
    press(qtbot, wizard, Key.Key_Return)
    assert wizard.flow.step is Step.PREVIEW
    qtbot.waitUntil(wizard.next_button.isEnabled)
    assert wizard.preview_page.boxes.text() == "0 purchases → 60 purchases · 60 new · 14 passed over"
    press(qtbot, wizard, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert wizard.flow.step is Step.COLUMNS
    assert wizard.columns_page.table.combo("Product Name").currentText() == "Product"
    assert wizard.columns_page.layouts.currentText() == "Amazon order history"


def test_what_is_in_the_ledger_already_is_not_imported_again(
    qtbot: QtBot, open_wizard: Open, session: Session, ledger: Ledger
) -> None:
    first = open_wizard(FILES / "amazon-order-history.1.csv")
    go_on(qtbot, first, Step.REPORT)
    wizard = open_wizard(FILES / "amazon-order-history.2.csv")
    go_on(qtbot, wizard, Step.PREVIEW)
    assert not wizard.next_button.isEnabled()
    assert wizard.hint.text() == "Nothing is left to import."
    page = wizard.preview_page
    assert cells(page.rows)[0][1].text == "Already there"
    page.duplicates.setCurrentIndex(page.duplicates.findData("add"))
    page.duplicates.activated.emit(page.duplicates.currentIndex())
    qtbot.waitUntil(wizard.next_button.isEnabled)
    assert wizard.next_button.text() == "&Import 7 purchases"
    assert "Every row becomes a new purchase" in said(page)


@pytest.mark.parametrize("step", [Step.FILE, Step.COLUMNS, Step.PREVIEW])
def test_esc_leaves_without_a_trace(qtbot: QtBot, open_wizard: Open, ledger: Ledger, step: Step) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, step)
    press(qtbot, wizard, Key.Key_Escape)
    assert not wizard.isVisible()
    assert purchases.count(ledger) == 0
    assert ledger.undo_label is None


def test_esc_while_it_imports_takes_everything_back(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    rows = "".join(f"Thing {number},{number % 90 + 1}.50,2025-03-04\n" for number in range(30_000))
    path.write_text(f"Item,Price,Date\n{rows}")
    wizard = open_wizard(path)
    assert wizard.file_page.area.text().startswith("Table, more than 10,000 rows\n")
    go_on(qtbot, wizard, Step.PREVIEW)
    assert wizard.next_button.text() == "&Import 30,000 purchases"
    press(qtbot, wizard, Key.Key_Return)
    assert wizard.running
    press(qtbot, wizard, Key.Key_Escape)
    qtbot.waitUntil(lambda: not wizard.running, timeout=3000)
    assert wizard.flow.step is Step.PREVIEW
    assert wizard.hint.text() == "The import was cancelled; nothing was changed."
    assert purchases.count(ledger) == 0
    assert ledger.undo_label is None
    press(qtbot, wizard, Key.Key_Escape)
    assert not wizard.isVisible()


def test_all_or_nothing_lets_no_row_through_while_one_is_wrong(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger
) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.PREVIEW)
    box = wizard.preview_page.all_or_nothing
    qtbot.keyClick(box, Key.Key_Space)
    assert not wizard.next_button.isEnabled()
    assert wizard.preview_page.note.text() == "4 rows cannot be imported, so nothing will be."
    assert wizard.preview_page.boxes.text().startswith("0 purchases → 0 purchases")
    qtbot.keyClick(box, Key.Key_Space)
    assert wizard.next_button.isEnabled()


def test_a_file_that_is_gone_at_the_last_moment_is_told_at_its_field(
    qtbot: QtBot, open_wizard: Open, tmp_path: Path, ledger: Ledger
) -> None:
    path = tmp_path / "short-lived.csv"
    path.write_text("Item,Price,Date\nLamp,12.50,2025-03-04\n")
    wizard = open_wizard(path)
    go_on(qtbot, wizard, Step.PREVIEW)
    path.unlink()
    press(qtbot, wizard, Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.flow.step is Step.FILE)
    assert wizard.file_page.place.message == "There is no file short-lived.csv in that place; check the name."
    assert purchases.count(ledger) == 0


def test_steps_that_are_done_can_be_gone_back_to(qtbot: QtBot, open_wizard: Open) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.PREVIEW)
    items = wizard.steps.items()
    assert [item.isEnabled() for item in items] == [True, True, False, False, False]
    assert items[0].accessibleName() == "Step 1, Choose file, done. haushalt.csv"
    assert items[2].accessibleName() == "Step 3, Preview, current step. 4 rows are wrong"
    items[0].click()
    assert wizard.flow.step is Step.FILE
    assert wizard.flow.preview is not None
    wizard.steps.items()[2].click()
    assert wizard.flow.step is Step.PREVIEW
    assert wizard.next_button.isEnabled()
