"""The ledger and session that the tests of purchases use, and a page of plans on them."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from app.domain.debts import Debt
from app.services import debts
from app.ui.plans.page import PlansPage
from app.ui.session import Session
from tests.ui.plans.debts import FOUR, MakePage
from tests.ui.purchases.conftest import declare_window_actions, ledger, look, session, window

__all__ = ["ledger", "look", "make_page", "session", "window"]


@pytest.fixture
def make_page(qtbot: QtBot, session: Session) -> MakePage:
    from app.ui.debts.register import _declare
    from app.ui.exporting import register as exporting

    declare_window_actions(session)
    exporting.register(session)
    _declare(session)

    def make(records: Sequence[Debt] = FOUR, width: int = 1232) -> PlansPage:
        for record in records:
            session.ledger.run(debts.add(record))
        page = PlansPage(session)
        qtbot.addWidget(page)
        page.resize(width, 800)
        session.bridge.changed.connect(page.refresh)
        session.actions.set_page("plans")
        page.refresh(None)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: page.desk.data is not None)
        if page.desk.scenario is not None:
            qtbot.waitUntil(lambda: page.desk.view is not None)
        return page

    return make
