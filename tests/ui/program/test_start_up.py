"""The window first, the rest later: what may be loaded before the first paint."""

import subprocess
import sys
from pathlib import Path

from app.services import purchases, settings
from app.services.ledger import open_ledger
from tests.helpers.ledgers import bought

ROOT = Path(__file__).resolve().parents[3]

# Third parties by the name they are imported by. Everything else waits until it is used.
ALLOWED = {"PySide6", "filelock", "platformdirs", "shiboken6", "sqlalchemy", "typing_extensions"}
# Parts of these, and of Python itself, that take long enough to be noticed and that nothing needs so early.
SLOW = {"PySide6.QtNetwork", "ctypes.util", "http.client", "multiprocessing", "sqlalchemy.orm", "unittest"}
SLOW |= {"urllib.request", "xml.sax"}
# Parts of the program for which the same holds while purchases are shown.
LATER = {"app.domain.debts", "app.domain.spending", "app.services.backup", "app.services.due"}
LATER |= {"app.services.plans", "app.services.warranties", "app.ui.due.reminding", "app.ui.single_instance"}


def test_nothing_heavy_is_loaded_before_the_first_purchases_are_painted(ledger_path: Path) -> None:
    ledger = open_ledger(ledger_path)
    ledger.run(purchases.add(bought()))
    ledger.run(settings.put({"window.page": "purchases"}))
    ledger.close()
    script = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from app.ui import application, program
from app.ui.tables.view import LedgerTable

class FirstPaint(QObject):
    modules = None

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.modules is None:
            table = watched.parent()
            if isinstance(table, LedgerTable) and table.table_model.rowCount():
                self.modules = sorted(sys.modules)
        return False

class Watched(program.Program):
    def start(self, ledger, *, sample, backup=None):
        self.first = FirstPaint()
        self._app.installEventFilter(self.first)
        super().start(ledger, sample=sample)

    def _after_first_paint(self, window, ledger):
        super()._after_first_paint(window, ledger)
        print(*self.first.modules, sep="\\n")
        QTimer.singleShot(0, self.quit)

application.Program = Watched
raise SystemExit(application.run_window(application.WindowOptions(Path(sys.argv[1]))))
"""
    ended = subprocess.run(
        [sys.executable, "-c", script, str(ledger_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    loaded = set(ended.stdout.split())
    assert "app.ui.window.main_window" in loaded
    heads = {name.split(".")[0] for name in loaded} - set(sys.stdlib_module_names) - {"app", "__main__"}
    packages = {head for head in heads if not head.startswith("_")}
    # What PySide6 and SQLAlchemy bring along under names of their own.
    assert packages - {"shibokensupport", "signature_bootstrap", "cython_runtime"} <= ALLOWED
    assert not loaded & (SLOW | LATER)
