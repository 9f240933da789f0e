import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.debts import FixedMinimum
from app.domain.debts.engine import run, schedule
from app.domain.debts.plan import Plan, PlanDebt, PlanInput
from app.domain.months import Month
from app.services.jobs import JobContext
from app.ui.exporting.schedule_dialog import STATE_KEY, ScheduleDialog, ask_and_export
from app.ui.session import Session
from tests.ui.importing.standin import Told

Open = Callable[..., ScheduleDialog]
DEBTS = (
    PlanDebt("Visa", 124018, Decimal("24.9"), FixedMinimum(5000)),
    PlanDebt("Car loan", 64185, Decimal("6.4"), FixedMinimum(2500)),
)


def plan_of(*debts: PlanDebt) -> Plan:
    return run(PlanInput(debts, Month(2026, 12), extra=10000), tuple(range(len(debts))), strategy="avalanche")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


@pytest.fixture
def open_dialog(qtbot: QtBot, session: Session, files: Path) -> Open:
    def open_(*debts: PlanDebt, name: str = "Main plan", folder: Path | None = files) -> ScheduleDialog:
        dialog = ask_and_export(session, plan_of(*(debts or DEBTS)), "EUR", name, folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        qtbot.waitExposed(dialog)
        return dialog

    return open_


def finish(qtbot: QtBot, dialog: ScheduleDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.running)


def test_enter_writes_the_schedule_to_a_file_named_after_the_scenario(
    qtbot: QtBot, open_dialog: Open, told: Told, files: Path
) -> None:
    dialog = open_dialog()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    finish(qtbot, dialog)
    path = files / "main-plan-schedule.csv"
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert len(rows) == len(schedule(plan_of(*DEBTS)))
    assert rows[0]["Debt"] == "Visa"
    assert dialog.done_page.text().startswith(f"Exported {len(rows)} rows\n{path}\nCSV · ")
    assert told.told == [f"Exported {len(rows)} rows to {path.name}"]


def test_a_live_workbook_is_one_choice(
    qtbot: QtBot, open_dialog: Open, session: Session, files: Path
) -> None:
    dialog = open_dialog()
    dialog.form.format.button("live").click()
    dialog.export_button.click()
    finish(qtbot, dialog)
    assert openpyxl.load_workbook(files / "main-plan-schedule.xlsx")["Plan"]["C4"].value == 100
    assert session.state.get(STATE_KEY) == {"format": "live", "folder": str(files)}
    again = open_dialog(folder=None)
    assert again.form.format.value() == "live"
    assert again.form.place.path() == files / "main-plan-schedule.xlsx"
    assert "will be replaced" in again.form.place.message


def test_the_ending_follows_the_format_and_the_format_the_ending(
    qtbot: QtBot, open_dialog: Open, files: Path
) -> None:
    dialog = open_dialog(name="")
    assert dialog.form.place.path() == files / "plan-schedule.csv"
    dialog.form.format.button("json").click()
    assert dialog.form.place.path() == files / "plan-schedule.json"
    dialog.form.place.field.clear()
    qtbot.keyClicks(dialog.form.place.field, str(files / "v1.2.xlsx"))
    assert dialog.form.format.value() == "xlsx"
    dialog.form.format.button("live").click()
    assert dialog.form.place.path() == files / "v1.2.xlsx"


def test_a_plan_without_debts_has_no_formulas_to_offer(
    qtbot: QtBot, session: Session, open_dialog: Open, files: Path
) -> None:
    session.state.put(STATE_KEY, {"format": "live"})
    dialog = ask_and_export(session, plan_of(), "EUR", "", files)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    assert not dialog.form.format.button("live").isEnabled()
    assert dialog.form.format.value() == "csv"


@pytest.mark.parametrize("held", [None, 5, [], {"format": 7}, {"format": "pdf", "folder": None}])
def test_what_was_remembered_wrongly_is_forgotten(
    session: Session, open_dialog: Open, held: object, files: Path
) -> None:
    session.state.put(STATE_KEY, held)
    dialog = open_dialog()
    assert dialog.form.format.value() == "csv"
    assert dialog.form.place.path() == files / "main-plan-schedule.csv"


def test_a_place_that_cannot_be_is_said_at_the_field(
    qtbot: QtBot, open_dialog: Open, session: Session, files: Path
) -> None:
    dialog = open_dialog()
    for typed, words in (
        ("", "Enter a name for the file"),
        (str(files), "This is a folder"),
        ("x.csv", "Enter the whole path"),
        (str(session.ledger.path / "x.csv"), "lies in the ledger's own folder"),
    ):
        dialog.form.place.field.setText(typed)
        dialog.export_button.click()
        finish(qtbot, dialog)
        assert words in dialog.form.place.message
        assert dialog.form.place.state == "error"
        assert dialog.focusWidget() is dialog.form.place.field
    assert list(files.iterdir()) == []


def test_esc_stops_a_running_export_and_then_closes(
    qtbot: QtBot, open_dialog: Open, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*given: object) -> None:
        context = given[-1]
        assert isinstance(context, JobContext)
        while not context.cancelled:
            context.progress(1, 4)
        context.check()

    monkeypatch.setattr("app.ui.exporting.schedule_dialog.export_schedule", endless)
    dialog = open_dialog()
    dialog.export_button.click()
    qtbot.waitUntil(lambda: dialog.running)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    finish(qtbot, dialog)
    assert dialog.form.place.message == "The export was cancelled; nothing was written."
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert list(files.iterdir()) == []
