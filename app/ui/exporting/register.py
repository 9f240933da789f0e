"""File > Export…: declared once, and told by pages what they show."""

from collections.abc import Callable

from app.domain.purchases import PurchaseFilter, SortBy
from app.services import kinds
from app.services.exporting.choices import Offer
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.session import Session

ACTION = "file.export"
_PAGE = "purchases"


def register(session: Session) -> None:
    """Declare the action."""
    session.actions.add(
        Action(
            ACTION,
            tr("&Export…"),
            None,
            Place("file", 20, 10),
            icon="file-output",
            shortcuts=("Ctrl+Shift+E",),
            tip=tr("Write purchases, debts and more to a CSV, JSON or XLSX file"),
        )
    )
    offer_export(session, _PAGE, lambda: _shown_by(session))


def offer_export(session: Session, page: str, offer: Callable[[], Offer]) -> None:
    """Let File > Export… offer what a page shows; `offer` is asked whenever the dialog opens.

    A page calls it when it is made. The page of purchases need not: what its table shows is offered.
    """
    session.actions.handle(ACTION, page, lambda: open_export(session, offer()))


def open_export(session: Session, offer: Offer) -> None:
    """Show the export dialog for what a page offers."""
    from app.ui.exporting.dialog import ExportDialog

    ExportDialog(session, offer).open()


def _shown_by(session: Session) -> Offer:
    """Return what the table of the page of purchases shows and what is selected in it."""
    from app.ui.tables.view import LedgerTable

    table = getattr(session.show_page(_PAGE), "table", None)
    if not isinstance(table, LedgerTable):
        return Offer(kinds.exporting("purchases"))
    query = table.table_model.query
    return Offer(
        kinds.exporting("purchases"),
        wanted=query.filter if isinstance(query.filter, PurchaseFilter) else None,
        sort=SortBy(query.sort, query.descending) if query.sort else None,
        selected=table.selected_ids(),
        columns=tuple(column.key for column in table.shown_columns()),
    )
