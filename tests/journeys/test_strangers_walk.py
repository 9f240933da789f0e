"""A stranger's first hour, by keyboard alone.

A file comes in, its four bad rows are mended, a thousand purchases are changed and changed back, and what is
exported comes in again without changing anything.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.domain.purchases import PurchaseFilter, PurchaseStatus, SortBy
from app.services import purchases
from app.services.importing.flow import Step
from app.services.purchases import PurchaseRow
from app.ui.exporting.dialog import ExportDialog
from app.ui.importing.wizard import ImportWizard
from app.ui.purchases.bulk.dialog import BulkDialog
from tests.journeys.conftest import Person, Sit

FILES = Path(__file__).resolve().parents[1] / "data" / "imports"
MENDED = {1: "28.02.25", 2: "12,00", 3: "Notebook", 4: "99,90"}


def _wizard(person: Person) -> ImportWizard:
    found = person.dialog(ImportWizard)
    assert isinstance(found, ImportWizard)
    return found


def _open_file(person: Person, path: Path) -> ImportWizard:
    """Open the wizard and go on until it shows what would be imported."""
    person.press("Ctrl+I")
    wizard = _wizard(person)
    person.type(str(path))
    person.press("Return")
    person.wait(lambda: wizard.flow.can_go_on)
    while wizard.flow.step is not Step.PREVIEW:  # a file with well-known headings goes there at once
        before = wizard.flow.step
        wizard.next_button.setFocus()
        person.press("Space")
        person.wait(lambda before=before: wizard.flow.step is not before)
    person.wait(lambda: wizard.flow.preview is not None)
    return wizard


def _import(person: Person, path: Path) -> ImportWizard:
    wizard = _open_file(person, path)
    person.wait(wizard.next_button.isEnabled)
    wizard.next_button.setFocus()
    person.press("Space")
    person.wait(wizard.report_page.isVisible)
    return wizard


def _close(person: Person) -> None:
    person.press("Escape")
    person.wait(person.window.isActiveWindow)
    person.settle()


def _everything(person: Person) -> list[PurchaseRow]:
    return purchases.rows(person.ledger, sorted(purchases.ids(person.ledger, PurchaseFilter(), SortBy())))


def _mend(failed: Path) -> None:
    """Do what a person does in a spreadsheet: put right what each row says is wrong with it."""
    with failed.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    header, body = rows[0], rows[1:]
    assert len(body) == 4
    day, product, price = (header.index(name) for name in ("Datum", "Artikel", "Preis"))
    for row in body:
        if "31.02" in row[day]:
            row[day] = MENDED[1]
        elif row[product] == "No price":
            row[price] = MENDED[2]
        elif not row[product].strip("'"):
            row[product] = MENDED[3]
        else:
            row[price] = MENDED[4]
    with failed.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *body])


def _thousand(folder: Path) -> Path:
    lines = ["Product,Price,Currency,Purchased on,Retailer"]
    lines += [f"Item {n:04d},{n}.50,EUR,2025-{n % 12 + 1:02d}-15,Wholesale" for n in range(1, 1001)]
    path = folder / "thousand.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def saved_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Answer the platform's dialog for a file's place."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(path), ""))

    return answer


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_import_mend_change_undo_export_and_import_again(
    sit_down: Sit, books: Path, tmp_path: Path, saved_as: Callable[[Path], None]
) -> None:
    with sit_down(books) as person:
        wizard = _import(person, FILES / "haushalt.csv")
        assert wizard.flow.report is not None
        assert (wizard.flow.report.created, wizard.flow.report.failed) == (50, 4)
        saved_as(tmp_path / "failed.csv")
        person.press("Alt+F")
        person.wait(lambda wizard=wizard: "failed.csv" in wizard.report_page.note.text())
        _close(person)

        _mend(tmp_path / "failed.csv")
        wizard = _import(person, tmp_path / "failed.csv")
        assert wizard.flow.report is not None
        assert (wizard.flow.report.created, wizard.flow.report.failed) == (4, 0)
        _close(person)
        wizard = _import(person, _thousand(tmp_path))
        _close(person)
        assert purchases.count(person.ledger) == 1054

        before = _everything(person)
        person.press("Ctrl+F")
        person.type("item")
        person.wait(lambda: person.purchases.table.table_model.rowCount() == 1000)
        person.settle()
        person.press("Down", "Ctrl+A")
        person.wait(lambda: person.purchases.table.selected_count() == 1000)
        person.press("Ctrl+E")
        person.dialog(BulkDialog)
        person.press("Tab")
        person.press("Down")
        person.press("Return")
        returned = PurchaseFilter(statuses=frozenset({PurchaseStatus.RETURNED}))
        person.wait(lambda: purchases.count(person.ledger, returned) == 1000)
        person.wait(person.window.isActiveWindow)
        person.undo("1,000 purchases")
        person.wait(lambda: _everything(person) == before)

        person.press("Ctrl+Shift+F")
        person.settle()
        person.press("Ctrl+Shift+E")
        dialog = person.dialog(ExportDialog)
        assert isinstance(dialog, ExportDialog)
        person.press("Alt+A")
        dialog.form.place.focus()
        person.replace(str(tmp_path / "all.csv"))
        person.press("Return")
        person.wait(dialog.done_page.isVisible)
        _close(person)

        wizard = _open_file(person, tmp_path / "all.csv")
        preview = wizard.flow.preview
        assert preview is not None
        assert (wizard.flow.will_import, preview.report.failed) == (0, 0)
        assert not wizard.next_button.isEnabled()
        person.press("Escape")
        assert _everything(person) == before
