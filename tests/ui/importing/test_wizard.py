"""The wizard as a person uses it, mostly by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.purchases import PurchaseFilter
from app.services import purchases
from app.services.importing.flow import Step
from app.services.importing.purchases import import_purchases
from app.services.ledger import Ledger
from app.ui.dialogs.grid import GridCell, Mark
from app.ui.dialogs.grid_view import GridView
from app.ui.importing.file_page import FOLDER_KEY
from app.ui.importing.register import ACTION, register
from app.ui.importing.save_mapping import SaveMappingDialog
from app.ui.importing.wizard import ImportWizard
from app.ui.session import Session
from tests.ui.importing.standin import Told

FILES = Path(__file__).resolve().parents[2] / "data" / "imports"
HOUSEHOLD = FILES / "haushalt.csv"
Open = Callable[..., ImportWizard]
Key = Qt.Key


@pytest.fixture
def open_wizard(qtbot: QtBot, session: Session) -> Open:
    def open_(path: Path | None = None) -> ImportWizard:
        wizard = ImportWizard(session, path)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(wizard)
        wizard.show()
        qtbot.waitExposed(wizard)
        if path is not None:
            qtbot.waitUntil(lambda: wizard.flow.facts is not None)
        return wizard

    return open_


def press(qtbot: QtBot, wizard: ImportWizard, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the keyboard is, as the window system would."""
    target: QWidget = wizard.focusWidget() or wizard
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(target, key, held)


def go_on(qtbot: QtBot, wizard: ImportWizard, step: Step) -> None:
    """Press Enter until a step is reached, waiting wherever the wizard does."""
    while wizard.flow.step is not step:
        qtbot.waitUntil(wizard.next_button.isEnabled)
        press(qtbot, wizard, Key.Key_Return)
        if wizard.flow.step is Step.RUN:
            qtbot.waitUntil(lambda: wizard.flow.step is not Step.RUN)
    if step is Step.PREVIEW:
        qtbot.waitUntil(lambda: wizard.flow.preview is not None)


def cells(view: GridView) -> list[list[GridCell]]:
    model = view.grid
    return [
        [model.cell(row, column) for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def marked(view: GridView) -> list[tuple[str, str, str]]:
    """Line, heading and text of every marked cell."""
    return [
        (row[0].text, view.grid.columns[at].title, cell.text)
        for row in cells(view)
        for at, cell in enumerate(row)
        if cell.mark is Mark.ERROR
    ]


def said(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


# -- the whole way


def test_by_keyboard_alone_from_the_path_to_the_report(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger
) -> None:
    wizard = open_wizard()
    assert wizard.focusWidget() is wizard.file_page.place.field
    assert not wizard.next_button.isEnabled()
    qtbot.keyClicks(wizard.focusWidget(), str(HOUSEHOLD))
    press(qtbot, wizard, Key.Key_Return)
    qtbot.waitUntil(wizard.next_button.isEnabled)
    assert wizard.file_page.area.text() == "Table, 54 rows\nCSV, cp1252, separated by semicolons"
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


# -- the file


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("gone.csv", None, "There is no file gone.csv in that place; check the name."),
        ("empty.csv", b"", "empty.csv is empty; there is nothing to import."),
        (
            "header.csv",
            b"Item,Price\n",
            "header.csv has column names but no rows below them; there is nothing to import.",
        ),
        (
            "paper.pdf",
            b"%PDF-1.7\n",
            "paper.pdf is a PDF document; export it as CSV or XLSX from where it came.",
        ),
    ],
)
def test_a_file_that_cannot_be_imported_is_told_at_the_field(
    qtbot: QtBot, open_wizard: Open, tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    wizard = open_wizard()
    qtbot.keyClicks(wizard.focusWidget(), str(tmp_path / name))
    press(qtbot, wizard, Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.file_page.place.state == "error")
    assert wizard.file_page.place.message == sentence
    assert not wizard.next_button.isEnabled()
    qtbot.keyClicks(wizard.file_page.place.field, "x")
    assert wizard.file_page.place.state == ""


def test_a_path_that_is_changed_is_not_imported_by_mistake(qtbot: QtBot, open_wizard: Open) -> None:
    wizard = open_wizard(HOUSEHOLD)
    assert wizard.next_button.isEnabled()
    press(qtbot, wizard, Key.Key_End)
    qtbot.keyClicks(wizard.focusWidget(), "2")
    assert not wizard.next_button.isEnabled()
    assert "Drop a CSV" in wizard.file_page.area.text()
    press(qtbot, wizard, Key.Key_Backspace)
    press(qtbot, wizard, Key.Key_Return)
    qtbot.waitUntil(wizard.next_button.isEnabled)


def test_a_currency_column_that_is_not_imported_leaves_the_currency_to_be_chosen(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger
) -> None:
    wizard = open_wizard(FILES / "amazon-order-history.1.csv")
    press(qtbot, wizard, Key.Key_Return)
    press(qtbot, wizard, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    page = wizard.columns_page
    assert not page.currency.isVisible()
    combo = page.table.combo("Currency")
    combo.setCurrentIndex(combo.findData(""))
    combo.activated.emit(combo.currentIndex())
    assert page.currency.isVisible()
    page.currency.setCurrentIndex(page.currency.findData("GBP"))
    page.currency.activated.emit(page.currency.currentIndex())
    go_on(qtbot, wizard, Step.REPORT)
    totals = purchases.totals(ledger, PurchaseFilter())
    assert [total.currency for total in totals.by_currency] == ["GBP"]


def test_a_file_is_read_anew_when_it_was_read_wrongly(
    qtbot: QtBot, open_wizard: Open, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Artikel;Preis;Datum\nKäse;1,50;2025-01-02\n".encode("cp1252"))
    wizard = open_wizard(path)
    page = wizard.file_page
    assert page.encoding.currentText() == "Western (Windows-1252)"
    page.encoding.setCurrentIndex(page.encoding.findData("cp1251"))
    page.encoding.activated.emit(page.encoding.currentIndex())
    qtbot.waitUntil(lambda: wizard.flow.facts is not None)
    assert cells(page.rows)[0][0].text == "Kдse"
    page.header.click()
    qtbot.waitUntil(lambda: wizard.flow.facts is not None)
    assert wizard.flow.facts is not None
    assert wizard.flow.facts.headers == ("Column 1", "Column 2", "Column 3")
    assert wizard.flow.facts.encoding == "cp1251"


def test_the_currency_is_asked_where_the_file_names_none(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger
) -> None:
    wizard = open_wizard(FILES / "homebox.csv")
    currency = wizard.file_page.currency
    assert currency.isVisible()
    assert currency.currentText() == "EUR"
    currency.setCurrentIndex(currency.findData("CHF"))
    currency.activated.emit(currency.currentIndex())
    go_on(qtbot, wizard, Step.REPORT)
    totals = purchases.totals(ledger, PurchaseFilter())
    assert [total.currency for total in totals.by_currency] == ["CHF"]


def test_a_file_that_is_dropped_is_looked_into(qtbot: QtBot, open_wizard: Open, session: Session) -> None:
    wizard = open_wizard()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(HOUSEHOLD))])
    move = Qt.DropAction.CopyAction
    area = wizard.file_page.area
    area.dropEvent(
        QDropEvent(QPointF(5, 5), move, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    qtbot.waitUntil(lambda: wizard.flow.facts is not None)
    assert wizard.file_page.place.path() == HOUSEHOLD
    assert session.state.get(FOLDER_KEY) == str(HOUSEHOLD.parent)


# -- the columns


def test_what_can_be_read_in_two_ways_is_marked_until_it_is_settled(
    qtbot: QtBot, open_wizard: Open, tmp_path: Path, ledger: Ledger
) -> None:
    path = tmp_path / "trap.csv"
    path.write_text("Item,Price,Date\nLamp,12.50,03/04/2025\n")
    wizard = open_wizard(path)
    press(qtbot, wizard, Key.Key_Return)
    page = wizard.columns_page
    assert page.order_field.state == "warning"
    assert page.order_field.message == "“03/04/2025” in “Date” can be read in two ways."
    assert wizard.focusWidget() is page.date_order
    assert not wizard.next_button.isEnabled()
    press(qtbot, wizard, Key.Key_Down)
    press(qtbot, wizard, Key.Key_Down)
    assert page.order_field.state == ""
    assert wizard.flow.mapping.date_order == "mdy"
    go_on(qtbot, wizard, Step.REPORT)
    assert purchases.totals(ledger, PurchaseFilter(text="lamp")).count == 1


def test_a_missing_column_is_named(qtbot: QtBot, open_wizard: Open, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("A,B,C\nLamp,12.50,2025-03-04\nDesk,80.00,2025-03-05\n")
    wizard = open_wizard(path)
    press(qtbot, wizard, Key.Key_Return)
    page = wizard.columns_page
    combo = page.table.combo("A")
    combo.setCurrentIndex(combo.findData(""))
    combo.activated.emit(combo.currentIndex())
    assert page.missing.text() == "Choose which column becomes “Product”; no purchase can be made without."
    assert not wizard.next_button.isEnabled()
    combo.setCurrentIndex(combo.findData("name"))
    combo.activated.emit(combo.currentIndex())
    assert not page.missing.isVisible()
    assert wizard.next_button.isEnabled()


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_fields_of_a_very_wide_file_are_made_as_they_come_into_view(
    qtbot: QtBot, open_wizard: Open, tmp_path: Path
) -> None:
    path = tmp_path / "wide.csv"
    headers = ["Item", "Price", "Date", *(f"Extra {number}" for number in range(200))]
    path.write_text(f"{','.join(headers)}\nLamp,1.50,2025-03-04{',x' * 200}\n")
    wizard = open_wizard(path)
    press(qtbot, wizard, Key.Key_Return)
    table = wizard.columns_page.table
    assert len(table.findChildren(QComboBox)) < 30
    press(qtbot, wizard, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, wizard, Key.Key_Space)
    focused = wizard.focusWidget()
    assert focused is table.combo("Extra 199")
    table.combo("Extra 199").hidePopup()
    press(qtbot, wizard, Key.Key_N)
    assert wizard.flow.mapping.columns["notes"] == "Extra 199"


def test_tab_goes_from_field_to_field(qtbot: QtBot, open_wizard: Open) -> None:
    wizard = open_wizard(FILES / "amazon-order-history.1.csv")
    press(qtbot, wizard, Key.Key_Return)
    press(qtbot, wizard, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert wizard.flow.facts is not None
    for header in wizard.flow.facts.headers:
        press(qtbot, wizard, Key.Key_Tab)
        assert wizard.focusWidget() is wizard.columns_page.table.combo(header)


def test_a_mapping_is_kept_for_the_next_file(
    qtbot: QtBot, open_wizard: Open, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = open_wizard(HOUSEHOLD)
    press(qtbot, wizard, Key.Key_Return)
    combo = wizard.columns_page.table.combo("Geschäft")
    combo.setCurrentIndex(combo.findData("brand"))
    combo.activated.emit(combo.currentIndex())
    wizard.columns_page.save_button.click()
    dialog = wizard.findChild(SaveMappingDialog)
    assert dialog is not None
    qtbot.keyClick(dialog.name, Key.Key_Return)
    assert dialog.field.message == "Enter a name."
    qtbot.keyClicks(dialog.name, "Household")
    qtbot.keyClick(dialog.name, Key.Key_Return)
    qtbot.waitUntil(lambda: told.told == ["Saved the mapping “Household”"])
    wizard.reject()
    again = open_wizard(HOUSEHOLD)
    press(qtbot, again, Key.Key_Return)
    layouts = again.columns_page.layouts
    qtbot.waitUntil(lambda: layouts.findText("Household") >= 0)
    assert again.columns_page.table.combo("Geschäft").currentData() == "retailer"
    layouts.setCurrentIndex(layouts.findText("Household"))
    layouts.activated.emit(layouts.currentIndex())
    assert again.columns_page.table.combo("Geschäft").currentData() == "brand"


# -- nothing is written


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


# -- the way


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


# -- afterwards


def choose_place(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))


def test_failed_rows_are_mended_and_imported_again(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.REPORT)
    target = tmp_path / "mend.csv"
    choose_place(monkeypatch, target)
    wizard.report_page.save_failed.click()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(wizard.report_page.note.isVisible)
    assert wizard.report_page.note.text() == f"4 rows are in {target}. Mend them there and import that file."
    text = target.read_text(encoding="utf-8-sig")
    mended = text.replace("31.02.25", "28.02.25").replace("n/a", "9,99 €").replace("1e999", "19,99 €")
    target.write_text(mended, encoding="utf-8-sig")
    again = open_wizard(target)
    go_on(qtbot, again, Step.REPORT)
    assert again.report_page.title() == "Imported 3 purchases"
    assert purchases.count(ledger) == 53


def test_the_report_is_saved(
    qtbot: QtBot, open_wizard: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.REPORT)
    choose_place(monkeypatch, tmp_path / "report.txt")
    wizard.report_page.save_report.click()
    qtbot.waitUntil(lambda: wizard.report_page.note.text() == f"The report is in {tmp_path / 'report.txt'}.")
    assert "Line 25, Preis" in (tmp_path / "report.txt").read_text()
    choose_place(monkeypatch, tmp_path / "nowhere" / "report.txt")
    wizard.report_page.save_report.click()
    qtbot.waitUntil(lambda: "nowhere" in wizard.report_page.note.text())


def test_one_undo_takes_the_whole_import_back(qtbot: QtBot, open_wizard: Open, ledger: Ledger) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.REPORT)
    assert ledger.undo_label == "Import 50 purchases"
    wizard.report_page.undo.click()
    qtbot.waitUntil(lambda: wizard.report_page.title() == "The import was taken back")
    assert purchases.count(ledger) == 0
    assert not wizard.report_page.undo.isVisible()


def test_undo_does_not_take_back_what_came_after(qtbot: QtBot, open_wizard: Open, ledger: Ledger) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.REPORT)
    first = purchases.first_ids(ledger, PurchaseFilter(), purchases.SortBy(), 1)
    ledger.run(purchases.remove(first))
    wizard.report_page.undo.click()
    assert "Something else was changed since" in wizard.report_page.note.text()
    assert purchases.count(ledger) == 49


def test_the_imported_purchases_are_shown(qtbot: QtBot, open_wizard: Open, told: Told) -> None:
    wizard = open_wizard(HOUSEHOLD)
    go_on(qtbot, wizard, Step.REPORT)
    wizard.report_page.show_imported.click()
    assert not wizard.isVisible()
    assert told.shown == [("purchases", {"filter": PurchaseFilter()})]


def test_all_or_nothing_that_fails_after_all_says_that_nothing_came_in(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "changing.csv"
    path.write_text("Item,Price,Date\nLamp,12.50,2025-03-04\n")
    wizard = open_wizard(path)
    go_on(qtbot, wizard, Step.PREVIEW)
    wizard.preview_page.all_or_nothing.click()
    path.write_text("Item,Price,Date\nLamp,12.50,2025-03-04\nDesk,much,2025-03-04\n")
    press(qtbot, wizard, Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.flow.step is Step.REPORT)
    assert wizard.report_page.title() == "Nothing was imported"
    assert purchases.count(ledger) == 0
    assert not wizard.report_page.undo.isVisible()


# -- from the window


def test_the_menu_and_a_drop_open_the_wizard(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    register(session)
    assert session.actions.get(ACTION).shortcuts == ("Ctrl+I",)
    session.actions.run(ACTION)
    wizard = QApplication.activeModalWidget()
    assert isinstance(wizard, ImportWizard)
    wizard.reject()
    (handler,) = session.drops
    assert handler.accepts(HOUSEHOLD)
    assert handler.accepts(tmp_path / "book.XLSX")
    assert not handler.accepts(tmp_path / "receipt.pdf")
    assert handler.words([HOUSEHOLD]) == "Import haushalt.csv"
    handler.open([HOUSEHOLD])
    dropped = QApplication.activeModalWidget()
    assert isinstance(dropped, ImportWizard)
    qtbot.waitUntil(lambda: dropped.flow.facts is not None)
    dropped.reject()


def test_a_window_that_closes_during_the_rehearsal_is_not_waited_for(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger
) -> None:
    wizard = open_wizard(HOUSEHOLD)
    press(qtbot, wizard, Key.Key_Return)
    press(qtbot, wizard, Key.Key_Return)
    press(qtbot, wizard, Key.Key_Escape)
    assert not wizard.isVisible()
    report = import_purchases(ledger, HOUSEHOLD, wizard.flow.options())
    assert report.created == 50
