"""The export dialog on a sample ledger: `python -m tests.ui.exporting.demo [light|dark] [text %]`."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.domain.purchases import PurchaseFilter, SortBy
from app.services import purchases
from app.services.exporting.choices import Offer
from app.services.ledger import open_ledger
from app.services.sample import make_sample
from app.ui.exporting.dialog import ExportDialog
from app.ui.theme.theme import Appearance
from app.ui.widgets.focus_ring import FocusRings
from tests.ui.importing.standin import Told, session_on, theme_of

COLUMNS = ("purchased_on", "name", "retailer", "net")


def main() -> None:
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder, theme_of(app, Appearance(sys.argv[1])) as theme:
        theme.set_text_percent(int(sys.argv[2]) if len(sys.argv) > 2 else 100)
        FocusRings(app)
        make_sample(Path(folder) / "ledger")
        ledger = open_ledger(Path(folder) / "ledger")
        with session_on(ledger, theme, Path(folder) / "preferences", Told()) as session:
            chosen = purchases.first_ids(ledger, PurchaseFilter(), SortBy(), 3)
            offer = Offer(
                PurchaseFilter(text="cable"),
                SortBy(),
                tuple(chosen),
                COLUMNS,
            )
            dialog = ExportDialog(session, offer, Path(folder))
            dialog.setParent(None)
            dialog.show()
            app.exec()
        ledger.close()


if __name__ == "__main__":
    main()
