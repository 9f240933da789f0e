"""The ledger and session that the tests of purchases use, and a page of warranties on them."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from app.domain.purchases import Purchase
from app.services import purchases
from app.ui.session import Session
from app.ui.warranties.page import WarrantiesPage
from tests.ui.purchases.conftest import declare_window_actions, ledger, look, session, window
from tests.ui.warranties.records import KETTLE, LAPTOP, PHONE, MakePage

__all__ = ["ledger", "look", "make_page", "session", "window"]


@pytest.fixture
def make_page(qtbot: QtBot, session: Session) -> MakePage:
    declare_window_actions(session)

    def make(records: Sequence[Purchase] = (PHONE, LAPTOP, KETTLE), width: int = 1232) -> WarrantiesPage:
        for record in records:
            session.ledger.run(purchases.add(record))
        page = WarrantiesPage(session)
        qtbot.addWidget(page)
        page.resize(width, 800)
        session.bridge.changed.connect(page.refresh)
        session.actions.set_page("warranties")
        page.refresh(None)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: page._recorded is not None and not page.table.table_model.busy)
        qtbot.waitUntil(lambda: bool(page.strip.chart and page.strip.chart.months))
        return page

    return make
