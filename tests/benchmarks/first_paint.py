"""Starts the program as a user does, and tells when the first frame with purchases was painted.

`python -m tests.benchmarks.first_paint LEDGER` prints the moment by the system's monotonic clock, and ends.
"""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer

painted: list[float] = []


class Watch(QObject):
    """Sees the first paint of a table that has rows."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        table = watched.parent()
        if (
            event.type() == QEvent.Type.Paint
            and table.model() is not None
            and table.model().rowCount()
            and not painted
        ):
            painted.append(0.0)
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self) -> None:
        from PySide6.QtWidgets import QApplication

        painted[0] = time.monotonic()
        sys.stdout.write(f"{painted[0]}\n")
        QApplication.closeAllWindows()


def watch_tables() -> None:
    """Have every table watched from the moment that it is made."""
    from app.ui.tables import view

    make = view.LedgerTable.__init__

    def made(table: view.LedgerTable, *given: object, **named: object) -> None:
        make(table, *given, **named)  # type: ignore[arg-type]
        watch = Watch(table)
        table.viewport().installEventFilter(watch)

    view.LedgerTable.__init__ = made  # type: ignore[assignment,method-assign]


def main() -> None:
    from app.bootstrap import main as start

    watch_tables()
    sys.exit(start(["--ledger", sys.argv[1]]))


if __name__ == "__main__":
    main()
