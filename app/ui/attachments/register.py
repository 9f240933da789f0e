"""Data > Add receipts…, and pictures and PDFs that are dropped on the window."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from app.ui.actions import Action, Place
from app.ui.attachments.receipts.endings import ENDINGS
from app.ui.i18n import tr, tr_n
from app.ui.session import DropHandler, Session

ACTION = "receipts.add"


def register(session: Session) -> None:
    """Declare the action and what a drop does."""
    session.actions.add(
        Action(
            ACTION,
            tr("Add rece&ipts…"),
            partial(open_receipts, session),
            Place("data", 0, 40),
            icon="receipt",
            shortcuts=("Ctrl+Shift+I",),
            tip=tr("Add many receipts at once; each finds its purchase"),
            enabled=lambda: not session.ledger.read_only,
        )
    )
    session.drops.append(
        DropHandler(
            accepts=lambda path: not session.ledger.read_only and is_receipt(path),
            words=lambda paths: tr_n("Add {n} receipt", "Add {n} receipts", len(paths)),
            open=lambda paths: open_receipts(session, paths),
            for_records=True,
        )
    )


def is_receipt(path: Path) -> bool:
    """Tell by its name whether a file is a picture or a PDF; a folder may hold some."""
    return path.suffix.lower() in ENDINGS or path.is_dir()


def open_receipts(session: Session, paths: Sequence[Path] = ()) -> None:
    """Show the dialog that adds many receipts, with the files that were chosen already."""
    from app.ui.attachments.receipts.dialog import ReceiptsDialog

    dialog = ReceiptsDialog(session)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    if paths:
        dialog.take(paths)
