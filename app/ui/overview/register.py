"""Adds the Overview to a window."""

from app.services.changes import Area
from app.ui.i18n import tr
from app.ui.pages import Group, Page, PageSpec
from app.ui.session import Session

PAGE = "overview"


def register(session: Session) -> None:
    """Let the window show the ledger at a glance."""
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Overview"),
            mnemonic=tr("&Overview"),
            icon="layout-dashboard",
            group=Group.TOP,
            factory=_make_page,
            areas=frozenset(Area),
            order=0,
        )
    )


def _make_page(session: Session) -> Page:
    from app.ui.overview.page import OverviewPage

    return OverviewPage(session)
