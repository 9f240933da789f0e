"""A window with the page of what is due, on a ledger whose clock stands still."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from app.domain.debts import Debt, FixedMinimum
from app.domain.warranties import Cover
from app.services import debts, purchases
from app.services.changes import Area
from app.services.ledger import Ledger
from app.ui.due import register
from app.ui.due.bell import Bell
from app.ui.due.page import DuePage
from app.ui.pages import Group, PageSpec
from app.ui.session import Session
from app.ui.window.main_window import MainWindow
from tests.helpers.ledgers import bought
from tests.ui.window.conftest import FakePage, declare_pages, ledger_path, look, open_window, shell
from tests.ui.window.conftest import ledger as plain_ledger

__all__ = ["ledger_path", "look", "open_window", "plain_ledger", "shell"]

TODAY = date(2026, 11, 21)
START = date(2025, 1, 10)
_FLAGS = QItemSelectionModel.SelectionFlag


def set_clock(ledger: Ledger, day: date, hour: int = 12) -> None:
    """Stop the ledger's clock at an hour of a day, in UTC."""
    ledger.now = lambda: datetime(day.year, day.month, day.day, hour, tzinfo=UTC)  # type: ignore[method-assign]


@pytest.fixture
def ledger(plain_ledger: Ledger) -> Ledger:
    """Two warranties, a return-by date and a debt, all due within the next weeks."""
    set_clock(plain_ledger, TODAY)
    fill(plain_ledger)
    return plain_ledger


def fill(ledger: Ledger) -> None:
    """Add what is due: after 5, 13, 20, 24 and 40 days."""
    for name, days in (("Phone", 5), ("Air purifier", 40)):
        cover = Cover(START, TODAY + timedelta(days=days), provider="Kestrel")
        ledger.run(purchases.add(bought(name, 49_900, purchased_on=START, covers=(cover,))))
    last = TODAY + timedelta(days=13)
    ledger.run(purchases.add(bought("Webcam", purchased_on=START, retailer="Brightwell", return_by=last)))
    minimum = FixedMinimum(2_500)
    visa = Debt("Visa card", "EUR", 100_000, START, Decimal(19), minimum, creditor="Harbour Bank", due_day=15)
    ledger.run(debts.add(visa))


def declare(session: Session) -> None:
    """Add the page of what is due, and pages that only remember what they were asked to show."""
    declare_pages(session)
    for id, title, area in (("debts", "D&ebts", Area.DEBTS), ("warranties", "&Warranties", Area.WARRANTIES)):
        name = title.replace("&", "")
        session.pages.add(
            PageSpec(id, name, title, "landmark", Group.LEDGER, FakePage, frozenset({area}), 30)
        )
    register.register(session)


@dataclass
class Shown:
    """The window, its page and its bell."""

    window: MainWindow
    page: DuePage
    bell: Bell
    qtbot: QtBot

    @property
    def session(self) -> Session:
        return self.window.session

    def settle(self) -> None:
        """Wait until the table shows what is due now."""
        model = self.page.table.table_model
        self.qtbot.waitUntil(lambda: model.complete and not model.busy)

    def names(self) -> list[str]:
        """Return what the table lists."""
        model = self.page.table.table_model
        name = model.column_of("name")
        return [model.index(row, name).data() for row in range(model.rowCount())]

    def select(self, *wanted: str) -> None:
        """Select rows by their names."""
        model, chosen = self.page.table.table_model, self.page.table.selectionModel()
        rows = [self.names().index(name) for name in wanted]
        chosen.setCurrentIndex(model.index(rows[0], 0), _FLAGS.ClearAndSelect | _FLAGS.Rows)
        for row in rows[1:]:
            chosen.select(model.index(row, 0), _FLAGS.Select | _FLAGS.Rows)

    def wait_for(self, *names: str) -> None:
        """Wait until the table lists exactly these."""
        self.qtbot.waitUntil(lambda: self.names() == list(names))


@pytest.fixture
def shown(open_window: Callable[..., MainWindow], ledger: Ledger, qtbot: QtBot) -> Shown:
    window = open_window(declare)
    page = window.show_page("due")
    assert isinstance(page, DuePage)
    bell = window.toolbar.findChild(Bell)
    assert isinstance(bell, Bell)
    made = Shown(window, page, bell, qtbot)
    made.settle()
    qtbot.waitUntil(lambda: bell.number > 0)
    return made
