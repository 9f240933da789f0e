"""The ledger and session that the tests of purchases use, and an overview of them."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from app.domain.debts import Debt
from app.domain.purchases import Purchase
from app.services import debts
from app.ui.debts import register as debt_pages
from app.ui.due import register as due_pages
from app.ui.overview import register as overview_pages
from app.ui.overview.page import OverviewPage
from app.ui.plans import register as plan_pages
from app.ui.purchases import register as purchase_pages
from app.ui.session import Session
from app.ui.spending import register as spending_pages
from app.ui.warranties import register as warranty_pages
from tests.helpers.ledgers import add_all
from tests.ui.overview.ledgers import BOUGHT, OWED, MakePage
from tests.ui.purchases.conftest import declare_window_actions, ledger, look, session, window

__all__ = ["ledger", "look", "make_page", "session", "window"]


@pytest.fixture
def make_page(qtbot: QtBot, session: Session) -> MakePage:
    declare_window_actions(session)
    for feature in (
        overview_pages,
        purchase_pages,
        warranty_pages,
        debt_pages,
        plan_pages,
        spending_pages,
        due_pages,
    ):
        feature.register(session)

    def make(
        bought: Sequence[Purchase] = BOUGHT, owed: Sequence[Debt] = OWED, width: int = 1232
    ) -> OverviewPage:
        if bought:
            session.ledger.run(add_all([bought]))
        for debt in owed:
            session.ledger.run(debts.add(debt))
        page = OverviewPage(session)
        qtbot.addWidget(page)
        page.resize(width, 1000)
        session.bridge.changed.connect(page.refresh)
        session.actions.set_page("overview")
        page.refresh(None)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: page.answers.complete)
        qtbot.waitUntil(lambda: not (bought or owed) or (page.has_cards and page.shown.debts is not None))
        return page

    return make
