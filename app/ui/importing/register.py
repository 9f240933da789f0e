"""File > Import…, and files that are dropped on the window."""

from collections.abc import Sequence
from pathlib import Path

from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.session import DropHandler, Session

ACTION = "purchases.import"
_SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx")


def register(session: Session) -> None:
    """Declare the action and what a drop does."""
    session.actions.add(
        Action(
            ACTION,
            tr("&Import…"),
            lambda: open_import(session),
            Place("file", 20, 0),
            icon="import",
            shortcuts=("Ctrl+I",),
            tip=tr("Bring purchases, debts and more in from a CSV, JSON or XLSX file"),
            enabled=lambda: not session.ledger.read_only,
            toolbar=11,
        )
    )
    session.drops.append(
        DropHandler(
            accepts=lambda path: not session.ledger.read_only and path.suffix.lower() in _SUFFIXES,
            words=_words,
            open=lambda paths: open_import(session, paths[0]),
        )
    )


def open_import(session: Session, path: Path | None = None) -> None:
    """Show the wizard, with a file where one was chosen already."""
    from app.ui.importing.wizard import ImportWizard

    ImportWizard(session, path).open()


def _words(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return tr("Import {file}").format(file=paths[0].name)
    return tr("Import {file}; one file at a time").format(file=paths[0].name)
