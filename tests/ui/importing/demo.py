"""The import wizard on a new ledger: `python -m tests.ui.importing.demo FILE [light|dark] [text %]`."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.ui.importing.wizard import ImportWizard
from app.ui.theme.theme import Appearance
from app.ui.widgets.focus_ring import FocusRings
from tests.ui.importing.standin import Told, ledger_in, session_on, theme_of


def main() -> None:
    file, appearance, percent = (*sys.argv[1:], *("-", "light", "100")[len(sys.argv) - 1 :])
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder, theme_of(app, Appearance(appearance)) as theme:
        theme.set_text_percent(int(percent))
        FocusRings(app)
        with (
            ledger_in(Path(folder) / "ledger") as ledger,
            session_on(ledger, theme, Path(folder) / "preferences", Told()) as session,
        ):
            wizard = ImportWizard(session, Path(file) if file != "-" else None)
            wizard.setParent(None)
            wizard.show()
            app.exec()


if __name__ == "__main__":
    main()
