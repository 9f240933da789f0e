"""Adds the page of what is due, the bell in the toolbar and the settings of reminders to a window."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.services.changes import Area
from app.ui.actions import Action, Place
from app.ui.due.areas import AREAS
from app.ui.i18n import tr
from app.ui.pages import Badge, BadgeKind, Group, Page, PageSpec
from app.ui.session import Session
from app.ui.settings.tab import SettingsTab, SettingsTabSpec

if TYPE_CHECKING:
    from app.ui.due.bell import Bell

PAGE = "due"


def register(session: Session) -> None:
    """Let the window show what is due, and remind of it."""
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("What is due"),
            mnemonic=tr("W&hat is due"),
            icon="calendar-clock",
            group=Group.LEDGER,
            factory=_make_page,
            areas=AREAS - {Area.SETTINGS},
            order=60,
            badge=_badge,
        )
    )
    session.settings.append(SettingsTabSpec("reminders", tr("&Reminders"), _make_settings, 20))
    bells: list[Bell] = []

    def make_bell(of: Session) -> QWidget:
        from app.ui.due.bell import Bell

        bells.append(Bell(of))
        return bells[0]

    def open_popup() -> None:
        for bell in bells:
            bell.open_popup()

    session.corner.append(make_bell)
    session.actions.add(
        Action(
            "due.soon",
            tr("What is &due soon"),
            open_popup,
            Place("tools", 5, 0),
            icon="bell",
            shortcuts=("Ctrl+Shift+R",),
            tip=tr("Show what is due next, below the bell"),
            enabled=lambda: bool(bells),
        ),
        Action(
            "due.export",
            tr("Export as ca&lendar file…"),
            lambda: _export(session),
            Place("file", 20, 20),
            icon="calendar-plus",
            title=tr("Export what is due as a calendar file…"),
            tip=tr("Write what is due in the coming year for any calendar"),
        ),
    )


def _badge(session: Session) -> Badge | None:
    from app.services import reminders

    number = reminders.attention(session.ledger)
    return Badge(number, BadgeKind.ATTENTION) if number else None


def _make_page(session: Session) -> Page:
    from app.ui.due.page import DuePage

    return DuePage(session)


def _make_settings(session: Session) -> SettingsTab:
    from app.ui.settings.reminders_form import RemindersForm

    return RemindersForm(session)


def _export(session: Session) -> None:
    """Write what the page shows where it is in front, and else what is due within a year."""
    from app.domain.due import DueFilter
    from app.ui.due.exporting import export_calendar
    from app.ui.due.page import DuePage

    page = session.show_page(PAGE) if session.actions.page == PAGE else None
    wanted = page.filters.wanted if isinstance(page, DuePage) else DueFilter(365)
    export_calendar(session, wanted)
