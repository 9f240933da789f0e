"""The wizard asks: which file, how it is read, what its columns are."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.domain.purchases import PurchaseFilter
from app.services import purchases
from app.services.importing.flow import Step
from app.services.ledger import Ledger
from app.ui.importing.file_page import FOLDER_KEY
from app.ui.importing.save_mapping import SaveMappingDialog
from app.ui.session import Session
from tests.ui.importing.driving import FILES, HOUSEHOLD, Key, Open, cells, go_on, press
from tests.ui.importing.standin import Told


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


def test_a_file_whose_path_is_changed_while_it_is_looked_into_is_forgotten(
    qtbot: QtBot, open_wizard: Open, session: Session
) -> None:
    wizard = open_wizard()
    wizard.file_page.choose(HOUSEHOLD)
    qtbot.keyClicks(wizard.file_page.place.field, "2")
    later: list[bool] = []
    session.bridge.read(lambda _interrupt: True, later.append)
    qtbot.waitUntil(lambda: bool(later))
    assert wizard.flow.facts is None
    assert not wizard.next_button.isEnabled()


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
