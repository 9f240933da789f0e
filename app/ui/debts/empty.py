"""What the page of debts shows while there is nothing to show."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.i18n import tr
from app.ui.records.empty import below_head
from app.ui.session import Session
from app.ui.widgets.empty_state import EmptyState

_IMPORT = "purchases.import"
_SAMPLE = "file.sample"


def make_empty(session: Session, new: Callable[[], object]) -> tuple[QWidget, QPushButton]:
    """Return what a ledger without debts shows, and the button to begin with."""
    state = EmptyState(
        tr("No debts yet"),
        tr(
            "Record what you owe, at what rate. Counterfoil works out when it is paid off and what that costs."
        ),
    )
    first = state.add_primary(tr("New debt"), "plus")
    first.clicked.connect(new)
    known = {action.id for action in session.actions.every()}
    if _IMPORT in known:
        bring = state.add_secondary(tr("Import a file…"), "import")
        bring.clicked.connect(lambda: session.actions.run(_IMPORT))
    if _SAMPLE in known:
        sample = state.add_link(
            tr("Just looking around?"),
            tr("Load sample data"),
            tr("Purchases and debts, in a separate ledger you can delete."),
        )
        sample.clicked.connect(lambda: session.actions.run(_SAMPLE))
    return below_head(state), first
