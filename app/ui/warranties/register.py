"""Adds the Warranties page, what can be done from everywhere, and its records to a window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from app.services.changes import Area
from app.services.ledger import Interrupt
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.pages import Badge, BadgeKind, Group, Page, PageSpec
from app.ui.session import FoundRecord, RecordProvider, Session

if TYPE_CHECKING:
    from app.services.warranties import CoverRow
    from app.ui.warranties.page import WarrantiesPage

PAGE = "warranties"
_ICON = "shield-check"


def register(session: Session) -> None:
    """Let the window show warranties."""
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Warranties"),
            mnemonic=tr("Warra&nties"),
            icon=_ICON,
            group=Group.LEDGER,
            factory=_make_page,
            areas=frozenset(
                {
                    Area.WARRANTIES,
                    Area.PURCHASES,
                    Area.NAMES,
                    Area.ATTACHMENTS,
                    Area.SAVED_FILTERS,
                    Area.PROFILE,
                    Area.SETTINGS,
                }
            ),
            order=20,
            badge=_badge,
        )
    )
    session.actions.add(
        Action(
            "warranties.new",
            tr("New &warranty…"),
            lambda: _new_warranty(session),
            Place("data", 0, 5),
            icon=_ICON,
            shortcuts=("Ctrl+Shift+W",),
            tip=tr("Record how long something that you bought is covered"),
            enabled=lambda: not session.ledger.read_only,
        )
    )
    session.records.append(RecordProvider(PAGE, tr("Warranties"), lambda *asked: _search(session, *asked)))


def _badge(session: Session) -> Badge | None:
    """Say how many warranties expire soon, else how many there are."""
    from app.services import warranties

    counts = warranties.counts(session.ledger)
    if counts.expiring:
        return Badge(counts.expiring, BadgeKind.ATTENTION)
    recorded = counts.active + counts.expired + counts.voided
    return Badge(recorded) if recorded else None


def _make_page(session: Session) -> Page:
    from app.ui.warranties.page import WarrantiesPage

    return WarrantiesPage(session)


def _new_warranty(session: Session) -> None:
    cast("WarrantiesPage", session.show_page(PAGE)).commands.new()


def _search(session: Session, text: str, limit: int, interrupt: Interrupt) -> Sequence[FoundRecord]:
    """Find warranties for the command palette, those that end soonest first."""
    from app.domain.warranties import CoverFilter, SortBy
    from app.services import warranties
    from app.ui import formats
    from app.ui.warranties.words import cover_name

    ids = warranties.ids(session.ledger, CoverFilter(text=text), SortBy(), interrupt)[:limit]
    today = session.ledger.today()

    def opened(row: "CoverRow") -> FoundRecord:
        left = tr("voided") if row.cover.voided else formats.time_left(row.cover.ends_on, today)
        title = tr("{product}: {cover}").format(product=row.product, cover=cover_name(row.cover))
        return FoundRecord(title, left, _ICON, lambda: session.show_page(PAGE, warranty=row.id))

    return [opened(row) for row in warranties.rows(session.ledger, ids)]
