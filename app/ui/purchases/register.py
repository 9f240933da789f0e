"""Adds the Purchases page, what can be done from everywhere, and its records to a window."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.services import purchases
from app.services.changes import Area
from app.services.ledger import Interrupt
from app.services.purchases import PurchaseRow
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.pages import Badge, Group, Page, PageSpec
from app.ui.session import DropHandler, FoundRecord, RecordProvider, Session

if TYPE_CHECKING:
    from app.ui.purchases.page import PurchasesPage

PAGE = "purchases"
_ICON = "receipt-text"


def register(session: Session) -> None:
    """Let the window show purchases."""
    shown = _Shown(session)
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Purchases"),
            mnemonic=tr("&Purchases"),
            icon=_ICON,
            group=Group.LEDGER,
            factory=shown.make_page,
            areas=frozenset({Area.PURCHASES, Area.NAMES, Area.ATTACHMENTS, Area.SAVED_FILTERS, Area.PROFILE}),
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
            drops_down=("purchases.new", "debts.new", "warranties.new", "", "receipts.add"),
        )
    )
    session.drops.append(
        DropHandler(
            accepts=shown.takes,
            words=shown.words,
            open=shown.attach,
            for_records=True,
        )
    )
    session.records.append(RecordProvider(PAGE, tr("Purchases"), lambda *asked: _search(session, *asked)))


def _badge(session: Session) -> Badge | None:
    recorded = purchases.count(session.ledger)
    return Badge(recorded) if recorded else None


class _Shown:
    """Knows the page once it is made, so that files dropped on the window can go to the purchase that it shows."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._page: PurchasesPage | None = None

    def make_page(self, session: Session) -> Page:
        """Make the page."""
        from app.ui.purchases.page import PurchasesPage

        self._page = PurchasesPage(session)
        return self._page

    def takes(self, path: Path) -> bool:
        """Whether one purchase is shown that a file can be attached to."""
        from app.ui.attachments.register import is_receipt

        can_take = not self._session.ledger.read_only and self._row() is not None
        return can_take and is_receipt(path) and not path.is_dir()

    def words(self, paths: Sequence[Path]) -> str:
        """Return what a drop of files would do."""
        from app.ui import formats

        row = self._row()
        name = row.name if row is not None else ""
        if len(paths) == 1:
            return tr("Attach {file} to “{name}”").format(file=paths[0].name, name=name)
        text = tr("Attach {n} files to “{name}”")
        return text.format(n=formats.count(len(paths)), name=name)

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach files to the purchase that is shown."""
        row = self._row()
        if row is not None and self._page is not None:
            self._page.commands.attach(row.id, paths)

    def _row(self) -> PurchaseRow | None:
        """Return the one selected purchase, while the page is the current one."""
        if self._page is None or self._session.actions.page != PAGE:
            return None
        return self._page.selected_row()


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
