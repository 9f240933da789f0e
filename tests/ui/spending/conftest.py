"""The ledger and session that the tests of purchases use, and a page of spending on them."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from app.domain.purchases import Purchase
from app.ui.session import Session
from app.ui.spending.page import SpendingPage
from tests.helpers.ledgers import add_all
from tests.ui.purchases.conftest import declare_window_actions, ledger, look, session, window
from tests.ui.spending.bought import BOUGHT, MakePage

__all__ = ["ledger", "look", "make_page", "session", "window"]


@pytest.fixture
def make_page(qtbot: QtBot, session: Session) -> MakePage:
    from app.ui.exporting import register as exporting

    declare_window_actions(session)
    exporting.register(session)

    def make(records: Sequence[Purchase] = BOUGHT, width: int = 1232) -> SpendingPage:
        if records:
            session.ledger.run(add_all([records]))
        page = SpendingPage(session)
        qtbot.addWidget(page)
        page.resize(width, 800)
        session.bridge.changed.connect(page.refresh)
        session.actions.set_page("spending")
        page.refresh(None)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: page.found is not None)
        return page

    return make
