"""What is looked at by itself after the ledger was opened: whether the database is still what was closed."""

from PySide6.QtCore import QTimer

from app.ui.i18n import tr
from app.ui.session import Session

_AFTER_MS = 4000


def register(session: Session) -> None:
    """Compare the database with its seal once the window has settled; nobody waits for it."""
    QTimer.singleShot(_AFTER_MS, session.window, lambda: compare_with_seal(session))


def compare_with_seal(session: Session) -> None:
    """Compare the database with its seal in the background, and tell if bytes have changed."""
    from app.services import check

    session.bridge.start_job(
        tr("Comparing the ledger with its seal"),
        lambda context: check.is_different(session.ledger, context),
        lambda different: _tell(session) if different else None,
    )


def open_check(session: Session) -> None:
    """Show the dialog that checks the ledger."""
    from app.ui.checking.dialog import CheckDialog

    CheckDialog(session).open()


def _tell(session: Session) -> None:
    session.notices.show_problem(
        tr(
            "Bytes of this ledger's database have changed since it was closed, and no program says to have done it. "
            "The disk may be failing: check the ledger, and make a backup to another disk."
        ),
        tr("Check ledger…"),
        lambda: open_check(session),
    )
