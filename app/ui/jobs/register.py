"""Adds the page of jobs to a window."""

from app.services.changes import Area
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.jobs.schedule import Schedule
from app.ui.pages import Group, Page, PageSpec
from app.ui.session import Session

PAGE = "jobs"
PAUSE = "jobs.pause"


def register(session: Session) -> None:
    """Let the window show jobs, and run those that come round."""
    schedule = Schedule(session)
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Jobs"),
            mnemonic=tr("&Jobs"),
            icon="history",
            group=Group.RECORDS,
            factory=lambda session: _make_page(session, schedule),
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
        ),
        Action(
            PAUSE,
            tr("Pause the sc&hedule"),
            schedule.switch,
            Place("tools", 8, 10),
            icon="pause",
            tip=tr("While it is paused, nothing runs by itself, such as automatic backups"),
            enabled=lambda: not session.ledger.read_only,
            live_text=lambda: tr("Resume the sc&hedule") if schedule.paused else tr("Pause the sc&hedule"),
        ),
    )


def _make_page(session: Session, schedule: Schedule) -> Page:
    from app.ui.jobs.page import JobsPage

    return JobsPage(session, schedule)
