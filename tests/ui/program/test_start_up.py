"""The window first, the rest later: what may be loaded before the first paint."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# Third parties by the name they are imported by. Everything else waits until it is used.
ALLOWED = {"PySide6", "filelock", "platformdirs", "shiboken6", "sqlalchemy", "typing_extensions"}
# Parts of these, and of Python itself, that take long enough to be noticed and that nothing needs so early.
SLOW = {"PySide6.QtNetwork", "ctypes.util", "http.client", "multiprocessing", "sqlalchemy.orm", "unittest"}
SLOW |= {"urllib.request", "xml.sax"}


def test_nothing_heavy_is_loaded_before_the_first_paint(ledger_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from app.ui import application, program

class FirstPaint(QObject):
    modules = None

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.modules is None:
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
    assert not loaded & SLOW
