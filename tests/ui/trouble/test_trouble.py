"""The window of a ledger that will not open says why in a sentence and offers what helps."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.services.ledger import (
    Damaged,
    EnvironmentProblem,
    ForeignDatabase,
    LedgerInUse,
    NewerSchema,
    NotWritable,
    open_ledger,
)
from app.services.sample import make_sample
from app.ui.trouble.window import TroubleWindow
from tests.ui.window.conftest import FakeShell

Show = Callable[..., TroubleWindow]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "ledger"
    make_sample(folder, today=date(2026, 11, 20))
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    path = Path(shutil.copytree(template, tmp_path / "ledger"))
    with (path / "counterfoil.db").open("r+b") as file:
        file.write(bytes(100))
    return path


@pytest.fixture
def show(qtbot: QtBot, shell: FakeShell, folder: Path) -> Iterator[Show]:
    made: list[TroubleWindow] = []

    def show(problem: EnvironmentProblem) -> TroubleWindow:
        window = TroubleWindow(shell, folder, problem)
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        return window

    yield show
    for window in made:
        window.close()


def offers(window: TroubleWindow) -> list[str]:
    return [
        button.text() for button in window.findChildren(QPushButton) if button.isVisible() and button.text()
    ]


@pytest.mark.parametrize(
    ("problem", "salvages", "restores"),
    [
        (Damaged("It is damaged."), True, True),
        (LedgerInUse("It is open elsewhere."), False, True),
        (NotWritable("It may only be read."), False, True),
        (ForeignDatabase("It is another program's."), False, False),
        (NewerSchema("It is newer."), False, False),
    ],
)
def test_what_helps_is_offered(
    problem: EnvironmentProblem, salvages: bool, restores: bool, show: Show
) -> None:
    window = show(problem)
    assert window.sentence.text() == str(problem)
    found = offers(window)
    assert ("Check and salvage…" in found) is salvages
    assert ("Restore from a backup…" in found) is restores
    assert {"Try again", "Open another folder…", "Show the folder"} <= set(found)


def test_trying_again_and_other_ways_ask_the_program(show: Show, shell: FakeShell, folder: Path) -> None:
    window = show(Damaged("It is damaged."))
    window.try_button.click()
    assert shell.asked == [("open", folder)]
    assert not window.try_button.isEnabled()
    failed = shell.failures[-1]
    assert failed is not None
    failed(Damaged("It is still damaged."))
    assert window.sentence.text() == "It is still damaged."
    assert window.try_button.isEnabled()
    window.open_button.click()
    assert shell.asked[-1] == ("choose",)


def test_a_restore_is_asked_for(qtbot: QtBot, show: Show, shell: FakeShell) -> None:
    show(Damaged("It is damaged.")).restore_button.click()
    qtbot.waitUntil(lambda: ("restore", None) in shell.asked)


def test_a_salvage_shows_what_was_saved(qtbot: QtBot, show: Show, folder: Path) -> None:
    window = show(Damaged("It is damaged."))
    window.salvage_button.click()
    qtbot.waitUntil(lambda: window.report is not None)
    report = window.report
    assert report is not None
    names = [report.table.grid.cell(row, 0).text for row in range(report.table.grid.rowCount())]
    assert {"Purchases", "Debts", "Attachments"} <= set(names)
    open_ledger(folder).close()


def test_a_salvage_that_cannot_be_is_told_and_other_ways_stay(qtbot: QtBot, show: Show, folder: Path) -> None:
    (folder / "counterfoil.db").write_bytes(bytes(8192))
    window = show(Damaged("It is damaged."))
    window.salvage_button.click()
    qtbot.waitUntil(lambda: "Nothing can be read of the database" in window.notice.text())
    assert "Check and salvage…" in offers(window)


def test_closing_the_window_stops_a_salvage_and_leaves_everything(show: Show, folder: Path) -> None:
    before = (folder / "counterfoil.db").read_bytes()
    window = show(Damaged("It is damaged."))
    window.salvage_button.click()
    window.close()
    names = {path.name for path in folder.iterdir()}
    assert (folder / "counterfoil.db").read_bytes() == before or any(
        name.startswith("damaged-") for name in names
    )
    assert not any(name.startswith(".") for name in names)
