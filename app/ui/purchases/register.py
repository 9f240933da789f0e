"""Adds the Purchases page, what can be done from everywhere, and its records to a window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from app.services import purchases
from app.services.changes import Area
from app.services.ledger import Interrupt
from app.services.purchases import PurchaseRow
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.pages import Badge, Group, Page, PageSpec
from app.ui.session import FoundRecord, RecordProvider, Session

if TYPE_CHECKING:
    from app.ui.purchases.page import PurchasesPage

PAGE = "purchases"
_ICON = "receipt-text"


def register(session: Session) -> None:
    """Let the window show purchases."""
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Purchases"),
            mnemonic=tr("&Purchases"),
            icon=_ICON,
            group=Group.LEDGER,
            factory=_make_page,
            areas=frozenset({Area.PURCHASES, Area.NAMES, Area.SAVED_FILTERS, Area.PROFILE}),
            order=10,
            badge=_badge,
        )
    )
    session.actions.add(
        Action(
            "purchases.new",
            tr("&New purchase"),
            lambda: _new_purchase(session),
            Place("data", 0, 0),
            icon="plus",
            shortcuts=("Ctrl+N",),
            tip=tr("Record something that you bought"),
            enabled=lambda: not session.ledger.read_only,
            toolbar=10,
        )
    )
    session.records.append(RecordProvider(PAGE, tr("Purchases"), lambda *asked: _search(session, *asked)))


def _badge(session: Session) -> Badge | None:
    recorded = purchases.count(session.ledger)
    return Badge(recorded) if recorded else None


def _make_page(session: Session) -> Page:
    from app.ui.purchases.page import PurchasesPage

    return PurchasesPage(session)


def _new_purchase(session: Session) -> None:
    cast("PurchasesPage", session.show_page(PAGE)).commands.new()


def _search(session: Session, text: str, limit: int, interrupt: Interrupt) -> Sequence[FoundRecord]:
    """Find purchases for the command palette, the latest first."""
    from app.domain.purchases import PurchaseFilter, SortBy
    from app.ui import formats

    ids = purchases.first_ids(session.ledger, PurchaseFilter(text=text), SortBy(), limit, interrupt=interrupt)

    def opened(row: PurchaseRow) -> FoundRecord:
        return FoundRecord(
            row.name, formats.money(row.net), _ICON, lambda: session.show_page(PAGE, purchase=row.id)
        )

    return [opened(row) for row in purchases.rows(session.ledger, ids)]
