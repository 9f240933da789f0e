"""Starts the program as a user does, and tells when the first frame with purchases was painted.

`python -m tests.benchmarks.first_paint LEDGER` prints the moment by the system's monotonic clock, and ends. Nothing
of the program is loaded here before it loads it itself, since it matters in which order that happens.
"""

import sys
import time
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_loader
from types import ModuleType

TABLES = "app.ui.tables.view"


class Watching(MetaPathFinder, Loader):
    """Loads the module of the tables as it is, and has every table watched from the moment that it is made."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != TABLES:
            return None
        self._found = PathFinder.find_spec(fullname, path, target)
        assert self._found is not None
        return spec_from_loader(fullname, self, origin=self._found.origin)

    def exec_module(self, module: ModuleType) -> None:
        assert self._found is not None
        assert self._found.loader is not None
        self._found.loader.exec_module(module)
        watch_tables(module.LedgerTable)


def watch_tables(table_class: type) -> None:
    """Have the first paint of a table that has rows told of."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    painted: list[float] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            model = watched.parent().model()
            if event.type() == QEvent.Type.Paint and model is not None and model.rowCount() and not painted:
                painted.append(0.0)
                QTimer.singleShot(0, self.tell)
            return False

        def tell(self) -> None:
            painted[0] = time.monotonic()
            sys.stdout.write(f"{painted[0]}\n")
            QApplication.closeAllWindows()

    make = table_class.__init__

    def made(table: object, *given: object, **named: object) -> None:
        make(table, *given, **named)
        table.viewport().installEventFilter(Watch(table))  # type: ignore[attr-defined]

    table_class.__init__ = made  # type: ignore[misc]


def main() -> None:
    from app.bootstrap import main as start

    sys.meta_path.insert(0, Watching())
    sys.exit(start(["--ledger", sys.argv[1]]))


if __name__ == "__main__":
    main()
