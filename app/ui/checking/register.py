"""What is looked at by itself after a ledger was opened: whether it is still what was closed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.ui.i18n import tr
from app.ui.session import Session

if TYPE_CHECKING:
    from app.services.check import Finding

_AFTER_MS = 4000


def register(session: Session) -> None:
    """Look at the ledger once the window has settled; nobody waits for it."""
    QTimer.singleShot(_AFTER_MS, session.window, lambda: look_at_ledger(session))


def look_at_ledger(session: Session) -> None:
    """Compare the database with its seal in the background, and tell of that and of files that are gone."""
    if not session.window.isVisible():
        # It was closed meanwhile, and the ledger with it.
        return
    from app.services import check

    session.bridge.start_job(
        tr("Comparing the ledger with its seal"),
        lambda context: check.at_a_glance(session.ledger, context),
        lambda found: _tell(session, found),
    )


def open_check(session: Session) -> None:
    """Show the dialog that checks the ledger."""
    from app.ui.checking.dialog import CheckDialog

    CheckDialog(session).open()


def _tell(session: Session, found: "Sequence[Finding]") -> None:
    if found:
        words = " ".join(f"{finding.what} {finding.repair}" for finding in found)
        session.notices.show_problem(words, tr("Check ledger…"), lambda: open_check(session))
