"""What the page shows while there is nothing to show."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.i18n import tr
from app.ui.records.empty import below_head, no_match
from app.ui.session import Session
from app.ui.widgets.empty_state import EmptyState

_IMPORT = "purchases.import"
_SAMPLE = "file.sample"


def make_empty(session: Session, new: Callable[[], object]) -> tuple[QWidget, QPushButton]:
    """Return what a ledger without purchases shows, and the button to begin with."""
    state = EmptyState(
        tr("No purchases yet"),
        tr("Record what you bought and what covers it. Counterfoil tells you before a warranty ends."),
    )
    first = state.add_primary(tr("New purchase"), "plus")
    first.clicked.connect(new)
    known = {action.id for action in session.actions.every()}
    if _IMPORT in known:
        bring = state.add_secondary(tr("Import a CSV file…"), "import")
        bring.clicked.connect(lambda: session.actions.run(_IMPORT))
    if _SAMPLE in known:
        sample = state.add_link(
            tr("Just looking around?"),
            tr("Load sample data"),
            tr("66 purchases, in a separate ledger you can delete."),
        )
        sample.clicked.connect(lambda: session.actions.run(_SAMPLE))
    return below_head(state), first


def make_no_match(clear: Callable[[], object]) -> EmptyState:
    """Return what stands in place of the table where the filters let nothing through."""
    return no_match(tr("No purchases match these filters"), clear)
