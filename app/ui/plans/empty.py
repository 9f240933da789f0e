"""What the page shows while there is no plan to make."""

from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.i18n import tr
from app.ui.records.empty import below_head
from app.ui.session import Session
from app.ui.widgets.empty_state import EmptyState

_NEW, _IMPORT, _SAMPLE = "debts.new", "debts.import", "file.sample"


def make_empty(session: Session) -> tuple[QWidget, QPushButton]:
    """Return what a ledger without debts shows, and the button to begin with."""
    state = EmptyState(
        tr("No debts to plan for"),
        tr("Record what you owe, and see side by side what each way of paying it off costs."),
    )
    first = state.add_primary(tr("New debt"), "plus")
    first.clicked.connect(lambda: session.actions.run(_NEW))
    known = {action.id for action in session.actions.every()}
    first.setEnabled(_NEW in known and not session.ledger.read_only)
    if _IMPORT in known:
        bring = state.add_secondary(tr("Import debts…"), "import")
        bring.clicked.connect(lambda: session.actions.run(_IMPORT))
    if _SAMPLE in known:
        sample = state.add_link(
            tr("Just looking around?"),
            tr("Load sample data"),
            tr("Four debts and two plans, in a separate ledger you can delete."),
        )
        sample.clicked.connect(lambda: session.actions.run(_SAMPLE))
    return below_head(state), first


def make_paid_off(session: Session) -> QWidget:
    """Return what a ledger shows whose debts are all paid off."""
    state = EmptyState(
        tr("All debts are paid off"),
        tr("There is nothing left to plan. What you paid is on the Debts page."),
    )
    state.add_primary(tr("Show debts"), "landmark").clicked.connect(lambda: session.show_page("debts"))
    return below_head(state)
