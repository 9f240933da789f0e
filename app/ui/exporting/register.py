"""File > Export…: declared once, and told by pages what they show."""

from collections.abc import Callable

from app.services.exporting.choices import Offer
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.session import Session

ACTION = "file.export"


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
            tip=tr("Write purchases to a CSV, JSON or XLSX file"),
        )
    )
    offer_export(session, "purchases", Offer)


def offer_export(session: Session, page: str, offer: Callable[[], Offer]) -> None:
    """Let File > Export… offer what a page shows; `offer` is asked whenever the dialog opens.

    A page calls it when it is made; without it all purchases are offered.
    """
    session.actions.handle(ACTION, page, lambda: open_export(session, offer()))


def open_export(session: Session, offer: Offer) -> None:
    """Show the export dialog for what a page offers."""
    from app.ui.exporting.dialog import ExportDialog

    ExportDialog(session, offer).open()
