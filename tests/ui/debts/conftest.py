"""The ledger and session that the tests of purchases use, and a page of debts on them."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from app.domain.debts import Debt
from app.services import debts
from app.ui.debts.page import DebtsPage
from app.ui.session import Session
from tests.ui.debts.records import CAR, DENTIST, OMA, VISA, MakePage
from tests.ui.purchases.conftest import declare_window_actions, ledger, look, session, window

__all__ = ["ledger", "look", "make_page", "session", "window"]


@pytest.fixture
def make_page(qtbot: QtBot, session: Session) -> MakePage:
    declare_window_actions(session)

    def make(records: Sequence[Debt] = (VISA, CAR, OMA, DENTIST), width: int = 1232) -> DebtsPage:
        from app.ui.debts.register import _declare

        for record in records:
            session.ledger.run(debts.add(record))
        _declare(session)
        page = DebtsPage(session)
        qtbot.addWidget(page)
        page.resize(width, 800)
        session.bridge.changed.connect(page.refresh)
        session.actions.set_page("debts")
        session.navigation.show_page = lambda _id, **_arguments: page  # type: ignore[method-assign]
        page.refresh(None)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(
            lambda: (
                page._recorded is not None
                and not page.table.table_model.busy
                and page._source.payoffs is not None
            )
        )
        return page

    return make
