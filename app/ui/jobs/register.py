"""Adds the page of jobs to a window."""

from app.services.changes import Area
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.pages import Group, Page, PageSpec
from app.ui.session import Session

PAGE = "jobs"


def register(session: Session) -> None:
    """Let the window show jobs."""
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Jobs"),
            mnemonic=tr("&Jobs"),
            icon="history",
            group=Group.RECORDS,
            factory=_make_page,
            areas=frozenset({Area.JOBS, Area.PROFILE}),
            order=90,
        )
    )
    session.actions.add(
        Action(
            "tools.jobs",
            tr("&Jobs"),
            lambda: session.show_page(PAGE),
            Place("tools", 8, 0),
            icon="history",
            shortcuts=("Ctrl+Shift+J",),
            tip=tr("Show what runs, and what ran"),
        )
    )


def _make_page(session: Session) -> Page:
    from app.ui.jobs.page import JobsPage

    return JobsPage(session)
