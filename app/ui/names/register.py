"""Adds the page of retailers, brands, categories and tags to a window."""

from app.services.changes import Area
from app.ui.i18n import tr
from app.ui.pages import Group, Page, PageSpec
from app.ui.session import Session


def register(session: Session) -> None:
    """Let the window show names."""
    session.pages.add(
        PageSpec(
            id="names",
            title=tr("Retailers & brands"),
            mnemonic=tr("Retailers && &brands"),
            icon="store",
            group=Group.LEDGER,
            factory=_make_page,
            areas=frozenset({Area.NAMES, Area.PURCHASES}),
            order=70,
        )
    )


def _make_page(session: Session) -> Page:
    from app.ui.names.page import NamesPage

    return NamesPage(session)
