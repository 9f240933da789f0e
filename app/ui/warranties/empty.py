"""What the page of warranties shows while there is nothing to show."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.i18n import tr
from app.ui.records.empty import below_head
from app.ui.session import Session
from app.ui.widgets.empty_state import EmptyState

_PURCHASE = "purchases.new"
_SAMPLE = "file.sample"


def make_empty(session: Session, new: Callable[[], object]) -> tuple[QWidget, QPushButton]:
    """Return what a ledger without warranties shows, and the button to begin with."""
    state = EmptyState(
        tr("No warranties yet"),
        tr("Record how long what you bought is covered, and by whom. Counterfoil tells you before it ends."),
    )
    first = state.add_primary(tr("New warranty…"), "plus")
    first.clicked.connect(new)
    known = {action.id for action in session.actions.every()}
    if _PURCHASE in known:
        bring = state.add_secondary(tr("New purchase"), "receipt-text")
        bring.setToolTip(tr("A purchase can be saved with its warranty"))
        bring.clicked.connect(lambda: session.actions.run(_PURCHASE))
    if _SAMPLE in known:
        sample = state.add_link(
            tr("Just looking around?"),
            tr("Load sample data"),
            tr("Purchases with warranties, in a separate ledger you can delete."),
        )
        sample.clicked.connect(lambda: session.actions.run(_SAMPLE))
    return below_head(state), first
