"""Adds the Spending page to a window."""

from app.services.changes import Area
from app.ui.i18n import tr
from app.ui.pages import Group, Page, PageSpec
from app.ui.session import Session

PAGE = "spending"


def register(session: Session) -> None:
    """Let the window show spending."""
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Spending"),
            mnemonic=tr("&Spending"),
            icon="chart-column",
            group=Group.LEDGER,
            factory=_make_page,
            areas=frozenset({Area.PURCHASES, Area.NAMES, Area.PROFILE, Area.RATES}),
            order=50,
        )
    )


def _make_page(session: Session) -> Page:
    from app.ui.spending.page import SpendingPage

    return SpendingPage(session)
