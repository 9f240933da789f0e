"""File > Export…: declared once, and told by pages what they show."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.session import Session

if TYPE_CHECKING:
    from app.services.exporting.choices import Offer

ACTION = "file.export"
_LISTED = {"purchases": "purchases", "warranties": "warranties", "debts": "debts"}
"""The pages with a table of records, and the kinds of these."""


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
    for page, key in _LISTED.items():
        offer_export(session, page, partial(_shown_by, session, page, key))


def offer_export(session: Session, page: str, offer: "Callable[[], Offer]") -> None:
    """Let File > Export… offer what a page shows; `offer` is asked whenever the dialog opens.

    A page calls it when it is made. Pages with a table of purchases or debts need not: what that shows is offered.
    """
    session.actions.handle(ACTION, page, lambda: open_export(session, offer()))


def open_export(session: Session, offer: "Offer") -> None:
    """Show the export dialog for what a page offers."""
    from app.ui.exporting.dialog import ExportDialog

    ExportDialog(session, offer).open()


def _shown_by(session: Session, page: str, key: str) -> "Offer":
    """Return what the table of a page shows and what is selected in it."""
    from app.services import kinds
    from app.services.exporting.choices import Offer
    from app.ui.tables.view import LedgerTable

    kind = kinds.exporting(key)
    table = getattr(session.show_page(page), "table", None)
    if not isinstance(table, LedgerTable):
        return Offer(kind)
    query = table.table_model.query
    return Offer(
        kind,
        wanted=query.filter if isinstance(query.filter, type(kind.everything)) else None,
        sort=kind.order(query.sort, query.descending) if query.sort in kind.sorts else None,
        selected=table.selected_ids(),
        columns=tuple(column.key for column in table.shown_columns()),
    )
