import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.debts import Debt
from app.domain.purchases import Purchase, PurchaseFilter, SortBy
from app.services import debts, kinds, purchases
from app.services.exporting import ExportFormat
from app.services.exporting import purchases as exporting
from app.services.exporting.choices import ExportChoices, Offer
from app.services.exporting.kind import ExportKind
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.ui.exporting.dialog import ExportDialog
from app.ui.exporting.register import ACTION, offer_export, register
from app.ui.session import Session
from tests.ui.importing.standin import Told

Open = Callable[..., ExportDialog]
SHOWN = ("purchased_on", "name", "net")


@pytest.fixture
def ids(ledger: Ledger) -> list[int]:
    names = ("Kettle", "Toaster", "Kitchen table", "Lamp")
    return [
        ledger.run(purchases.add(Purchase(name, 1000 + at, "EUR", date(2025, 3, at + 1)))).result
        for at, name in enumerate(names)
    ]


@pytest.fixture
def open_dialog(qtbot: QtBot, session: Session, ids: list[int], tmp_path: Path) -> Open:
    (tmp_path / "files").mkdir()

    def open_(offer: Offer | None = None) -> ExportDialog:
        dialog = ExportDialog(session, offer or Offer(exporting.PURCHASES, columns=SHOWN), tmp_path / "files")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return open_


def finish(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.running)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_enter_writes_everything_to_the_suggested_file(
    qtbot: QtBot, open_dialog: Open, session: Session, told: Told, tmp_path: Path
) -> None:
    dialog = open_dialog()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    finish(qtbot, dialog)
    path = tmp_path / "files" / f"purchases-{session.ledger.today()}.csv"
    rows = rows_of(path)
    assert [row["Product"] for row in rows] == ["Kettle", "Toaster", "Kitchen table", "Lamp"]
    assert len(rows[0]) == 32
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert dialog.done_page.text().startswith(f"Exported 4 purchases\n{path}\nCSV · ")
    assert told.told == [f"Exported 4 purchases to {path.name}"]


def test_only_what_the_filter_shows_in_its_order_and_columns(
    qtbot: QtBot, open_dialog: Open, tmp_path: Path
) -> None:
    dialog = open_dialog(
        Offer(exporting.PURCHASES, PurchaseFilter(text="kettle"), SortBy("name", False), (), SHOWN)
    )
    assert dialog.form.rows.value() == "filtered"
    dialog.form.columns.button("shown").click()
    dialog.form.delimiter.setCurrentIndex(dialog.form.delimiter.findData(";"))
    dialog.form.decimal_mark.setCurrentIndex(dialog.form.decimal_mark.findData(","))
    dialog.form.bom.setChecked(False)
    dialog.form.place.field.setText(str(tmp_path / "files" / "kettles"))
    dialog.export_button.click()
    finish(qtbot, dialog)
    assert (tmp_path / "files" / "kettles.csv").read_text().splitlines() == [
        "Product;Price;Refunded;Currency;Purchased on",
        "Kettle;10,00;0,00;EUR;2025-03-01",
    ]


def test_only_the_selected_rows(qtbot: QtBot, open_dialog: Open, ids: list[int], tmp_path: Path) -> None:
    dialog = open_dialog(Offer(exporting.PURCHASES, selected=(ids[3], ids[1])))
    dialog.form.format.button("json").click()
    dialog.form.pretty.setChecked(True)
    dialog.export_button.click()
    finish(qtbot, dialog)
    (path,) = (tmp_path / "files").glob("*.json")
    written = json.loads(path.read_text())["purchases"]
    assert [item["name"] for item in written] == ["Lamp", "Toaster"]
    assert len(path.read_text().splitlines()) > 20


def test_counts_stand_beside_the_choices(qtbot: QtBot, open_dialog: Open, ids: list[int]) -> None:
    dialog = open_dialog(Offer(exporting.PURCHASES, PurchaseFilter(text="k"), selected=(ids[0],)))
    rows = dialog.form.rows
    qtbot.waitUntil(lambda: "4" in rows.button("all").accessibleDescription())
    assert rows.button("filtered").accessibleDescription() == "Which purchases. 2"
    assert rows.button("selected").accessibleDescription() == "Which purchases. 1"


def test_what_makes_no_sense_cannot_be_chosen(open_dialog: Open) -> None:
    dialog = open_dialog(Offer(exporting.PURCHASES))
    assert not dialog.form.rows.button("filtered").isEnabled()
    assert not dialog.form.rows.button("selected").isEnabled()
    assert not dialog.form.columns.button("shown").isEnabled()


def test_a_file_that_is_there_is_replaced_only_after_saying_so(
    qtbot: QtBot, open_dialog: Open, tmp_path: Path
) -> None:
    (tmp_path / "files" / "old.csv").write_text("old")
    dialog = open_dialog()
    dialog.form.place.field.clear()
    qtbot.keyClicks(dialog.form.place.field, str(tmp_path / "files" / "old"))
    assert dialog.form.place.state == "warning"
    assert dialog.form.place.message == "A file of this name is there already. It will be replaced."
    dialog.export_button.click()
    finish(qtbot, dialog)
    assert len(rows_of(tmp_path / "files" / "old.csv")) == 4


def test_an_ending_that_is_typed_chooses_the_format(qtbot: QtBot, open_dialog: Open, tmp_path: Path) -> None:
    dialog = open_dialog()
    dialog.form.place.field.clear()
    qtbot.keyClicks(dialog.form.place.field, str(tmp_path / "files" / "all.xlsx"))
    assert dialog.form.format.value() == "xlsx"
    dialog.export_button.click()
    finish(qtbot, dialog)
    assert (tmp_path / "files" / "all.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter a name for the file, or choose a place."),
        ("{folder}", "This is a folder. Add a file name to it."),
        ("all.csv", "Enter the whole path, beginning with a folder, or choose a place."),
    ],
)
def test_a_place_that_cannot_be_is_told_at_the_field(
    open_dialog: Open, tmp_path: Path, typed: str, sentence: str
) -> None:
    dialog = open_dialog()
    dialog.form.place.field.setText(typed.format(folder=tmp_path))
    dialog.export_button.click()
    assert dialog.form.place.state == "error"
    assert dialog.form.place.message == sentence
    assert dialog.focusWidget() is dialog.form.place.field


def test_a_folder_that_is_not_there_is_told_at_the_field(
    qtbot: QtBot, open_dialog: Open, tmp_path: Path
) -> None:
    dialog = open_dialog()
    dialog.form.place.field.setText(str(tmp_path / "nowhere" / "all.csv"))
    dialog.export_button.click()
    finish(qtbot, dialog)
    assert dialog.form.place.state == "error"
    assert "There is no folder" in dialog.form.place.message
    assert dialog.export_button.isEnabled()


def test_esc_stops_a_running_export_and_leaves_what_was_there(
    qtbot: QtBot, open_dialog: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_ledger: Ledger, _target: Path, _options: object, context: JobContext) -> None:
        while not context.interrupt.cancelled:
            context.progress(1, 4)
        context.check()

    monkeypatch.setattr("app.ui.exporting.form.export_file", endless)
    (tmp_path / "files" / "kept.csv").write_text("as it was")
    dialog = open_dialog()
    dialog.form.place.field.setText(str(tmp_path / "files" / "kept.csv"))
    dialog.export_button.click()
    qtbot.waitUntil(lambda: "1 of 4" in dialog.progress.text())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    finish(qtbot, dialog)
    assert dialog.isVisible()
    assert dialog.form.place.message == "The export was cancelled; nothing was written."
    assert (tmp_path / "files" / "kept.csv").read_text() == "as it was"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_last_choice_is_offered_again(
    qtbot: QtBot, open_dialog: Open, session: Session, tmp_path: Path
) -> None:
    dialog = open_dialog()
    dialog.form.format.button("json").click()
    dialog.form.columns.button("shown").click()
    dialog.export_button.click()
    finish(qtbot, dialog)
    remembered = ExportChoices.from_json(session.state.get("export.purchases"))
    assert remembered.format is ExportFormat.JSON
    assert not remembered.all_columns
    assert remembered.folder == str(tmp_path / "files")
    again = open_dialog(Offer(exporting.PURCHASES, columns=SHOWN))
    assert again.form.format.value() == "json"
    assert again.form.columns.value() == "shown"


def test_the_menu_offers_what_the_page_shows(qtbot: QtBot, session: Session, ids: list[int]) -> None:
    register(session)
    offer_export(session, "purchases", lambda: Offer(exporting.PURCHASES, selected=tuple(ids[:2])))
    session.actions.set_page("purchases")
    assert session.actions.run(ACTION)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    assert dialog.form.rows.value() == "selected"
    dialog.reject()


def test_a_dialog_that_was_closed_at_once_hears_of_nothing(qtbot: QtBot, session: Session) -> None:
    dialog = ExportDialog(session, Offer(exporting.PURCHASES))
    dialog.open()
    dialog.reject()
    later: list[bool] = []
    session.bridge.read(lambda _interrupt: True, later.append)
    qtbot.waitUntil(lambda: bool(later))


def test_another_kind_is_asked_about_with_its_own_choices(
    qtbot: QtBot, open_dialog: Open, session: Session, ledger: Ledger, tmp_path: Path, told: Told
) -> None:
    ledger.run(debts.add(Debt("=Visa", "EUR", 100_000, date(2026, 1, 1))))
    dialog = open_dialog()
    what = dialog.form.what
    assert [what.itemText(at) for at in range(what.count())][:3] == ["Purchases", "Warranties", "Debts"]
    what.setCurrentIndex(what.findData("debts"))
    what.activated.emit(what.currentIndex())
    assert dialog.form.kind.key == "debts"
    assert dialog.focusWidget() is dialog.form.what
    assert not dialog.form.columns.button("shown").isEnabled()
    dialog.form.format.button("json").click()
    dialog.form.place.set_path(tmp_path / "files" / "owed.json")
    dialog.export_button.click()
    finish(qtbot, dialog)
    written = json.loads((tmp_path / "files" / "owed.json").read_text())
    assert [debt["name"] for debt in written["debts"]] == ["=Visa"]
    assert told.told == ["Exported 1 debt to owed.json"]
    assert ExportChoices.from_json(session.state.get("export.debts")).format is ExportFormat.JSON
    again = open_dialog()
    assert again.form.format.value() == "csv"


@pytest.mark.parametrize("kind", kinds.exported(), ids=lambda kind: kind.key)
def test_every_kind_has_words_and_can_be_exported(
    qtbot: QtBot, open_dialog: Open, tmp_path: Path, kind: ExportKind
) -> None:
    dialog = open_dialog(Offer(kind))
    dialog.export_button.click()
    finish(qtbot, dialog)
    (path,) = (tmp_path / "files").iterdir()
    assert path.name.startswith(f"{kind.key}-")
    assert path.read_text(encoding="utf-8-sig").startswith(kind.fields[0].header)
