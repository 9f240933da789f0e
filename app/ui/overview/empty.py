"""What the page shows of a ledger in which nothing is recorded yet."""

from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.i18n import tr
from app.ui.records.empty import below_head
from app.ui.session import Session
from app.ui.widgets.empty_state import EmptyState

_NEW, _IMPORT, _DEBT, _SAMPLE = "purchases.new", "purchases.import", "debts.new", "file.sample"


def make_empty(session: Session) -> tuple[QWidget, QPushButton]:
    """Return what an empty ledger shows, and the button to begin with."""
    state = EmptyState(
        tr("Nothing recorded yet"),
        tr(
            "Here you will see what you spent, what you owe and what is due. "
            "Begin with a purchase, a file you have already, or a debt."
        ),
    )
    known = {action.id for action in session.actions.every()}
    first = state.add_primary(tr("New purchase"), "plus")
    first.clicked.connect(lambda: session.actions.run(_NEW))
    if _IMPORT in known:
        bring = state.add_secondary(tr("Import…"), "import")
        bring.clicked.connect(lambda: session.actions.run(_IMPORT))
    if _DEBT in known:
        debt = state.add_secondary(tr("New debt"), "landmark")
        debt.clicked.connect(lambda: session.actions.run(_DEBT))
    if _SAMPLE in known:
        sample = state.add_link(
            tr("Just looking around?"),
            tr("Load sample data"),
            tr("Purchases and debts, in a separate ledger you can delete."),
        )
        sample.clicked.connect(lambda: session.actions.run(_SAMPLE))
    return below_head(state), first
