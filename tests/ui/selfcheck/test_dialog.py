"""Tools > Self-check: every case with its figures, and all of it as text."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.selfcheck import CaseResult, run_cases
from app.ui.actions import Menu
from app.ui.selfcheck import dialog as module
from app.ui.selfcheck.dialog import SelfCheckDialog
from app.ui.selfcheck.register import register
from app.ui.session import Session

Open = Callable[[], SelfCheckDialog]


@pytest.fixture
def open_dialog(qtbot: QtBot, session: Session) -> Open:
    def open_() -> SelfCheckDialog:
        dialog = SelfCheckDialog(session)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        qtbot.waitUntil(dialog.copy_button.isEnabled)
        return dialog

    return open_


def shown(dialog: SelfCheckDialog) -> Sequence[Sequence[str]]:
    grid = dialog.figures.grid
    return [
        [grid.cell(row, column).text for column in range(grid.columnCount())]
        for row in range(grid.rowCount())
    ]


def test_all_cases_agree(open_dialog: Open) -> None:
    dialog = open_dialog()
    assert dialog.verdict.text() == "All 12 cases agree"
    assert dialog.cases.grid.rowCount() == 12
    assert dialog.cases.currentIndex().row() == 0
    assert shown(dialog)[0] == ["Agrees", "Months", "360", "360"]


def test_the_arrow_keys_show_the_figures_of_another_case(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    assert dialog.cases.hasFocus()
    qtbot.keyClick(dialog.cases, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert shown(dialog) == [["Agrees", "Months", "never", "never"]]


def test_copy_takes_all_figures_with_their_sources(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.copy_button.click()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Case", "Figure", "Published", "Found here", "Result", "Source"]
    assert len(lines) == 1 + sum(len(result.figures) for result in run_cases())
    assert all(len(line.split("\t")) == 6 for line in lines)
    assert lines[1].startswith("Mortgage of 30 years\tMonths\t360\t360\tAgrees\thttps://support.sas.com/")


def test_a_difference_is_shown_first(open_dialog: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def differing() -> list[CaseResult]:
        results = run_cases()
        changed = replace(results[5].figures[0], found="298", agrees=False)
        return [*results[:5], replace(results[5], figures=(changed,)), *results[6:]]

    monkeypatch.setattr(module, "run_cases", differing)
    dialog = open_dialog()
    assert dialog.verdict.text() == "1 case differs"
    assert dialog.cases.currentIndex().row() == 5
    assert dialog.cases.grid.cell(5, 0).spoken == "Differs"
    assert shown(dialog) == [["Differs", "Months", "299", "298"]]


def test_the_action_opens_it(qtbot: QtBot, session: Session) -> None:
    session.actions.add_menu(Menu("tools", "&Tools"))
    register(session)
    session.actions.run("tools.selfcheck")
    (dialog,) = session.window.findChildren(SelfCheckDialog)
    qtbot.waitUntil(dialog.copy_button.isEnabled)
    dialog.reject()
    qtbot.waitUntil(lambda: not session.window.findChildren(SelfCheckDialog))
