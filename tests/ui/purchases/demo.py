"""Shows the form of a purchase, to look at: `python -m tests.ui.purchases.demo [light|dark] [new|edit|errors|...]`."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app.domain.purchases import PurchaseFilter, SortBy
from app.services import purchases
from app.services.ledger import Ledger, open_ledger
from app.services.sample import make_sample
from app.ui.actions import ActionRegistry
from app.ui.bridge import Bridge
from app.ui.preferences import Preferences
from app.ui.purchases.form.dialog import PurchaseDialog
from app.ui.purchases.lists import NameBook
from app.ui.records.purpose import Purpose
from app.ui.session import Session
from app.ui.state import LedgerState
from app.ui.theme.theme import Appearance, install
from app.ui.widgets.focus_ring import FocusRings
from tests.ui.purchases.conftest import Window


def _session(app: QApplication, folder: Path, appearance: Appearance) -> Session:
    theme = install(app, appearance)
    FocusRings(app)
    make_sample(folder / "ledger")
    ledger = open_ledger(folder / "ledger")
    window = Window()
    bridge = Bridge(ledger, lambda error: None)
    host = QWidget()
    state = LedgerState(ledger, bridge, {})
    preferences = Preferences(folder)
    return Session(ledger, host, bridge, ActionRegistry(host), window, window, state, preferences, theme)


def _find(ledger: Ledger, text: str) -> int:
    return purchases.ids(ledger, PurchaseFilter(text=text), SortBy())[0]


def main() -> None:
    """Show one state of the form until it is closed."""
    scheme, state = (*sys.argv[1:], "light", "new")[:2]
    app = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        session = _session(app, Path(folder), Appearance(scheme))
        book = NameBook(session.ledger, session.bridge, session.window)
        wanted = {"new": "", "errors": "", "discard": ""}.get(state, "Washing machine")
        purchase = purchases.get(session.ledger, _find(session.ledger, wanted)) if wanted else None
        purpose = Purpose.EDIT if purchase else Purpose.NEW
        dialog = PurchaseDialog(session, book, purpose, purchase)
        dialog.show()
        form = dialog.form
        form.tabs.setCurrentIndex({"price": 1, "covers": 2, "details": 3}.get(state, 0))
        if state == "errors":
            form.name.line.setText("Cordless drill set")
            form.price.line.setText("139,oo")
            form.purchased_on.line.setText("3 Dec 2030")
            form.purchased_on.check()
            form.covers.add(form.covers.new_cover())
            dialog.save()
        if state == "discard":
            form.name.line.setText("Cordless drill set")
            dialog.reject()
        if state == "price":
            form.refunds.add()
        app.exec()
        session.bridge.close()
        session.ledger.close()
        session.preferences.close()


if __name__ == "__main__":
    main()
