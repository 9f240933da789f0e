"""From starting a process to what the user sees first: a window with purchases, or an answer on the terminal."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.harness import Benchmark, Result, medians, process_figures, process_seconds
from tests.benchmarks.ledgers import HUGE, LARGE, SMALL, cache, copy_of, folder_of

BARE = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        sys.stdout.write(f"{time.monotonic()}\\n")
        QApplication.quit()

app = QApplication([])
window, watch = QMainWindow(), Watch()
table = QTableView()
table.setModel(QStandardItemModel(0, 9, table))
window.setCentralWidget(table)
table.viewport().installEventFilter(watch)
window.resize(1440, 900)
window.show()
app.exec()
"""
START = "from tests.benchmarks.first_paint import main; main()"


@contextmanager
def nobodys_home() -> Iterator[dict[str, str]]:
    """Give the environment of a user who never ran the program, without a display.

    What an installed program has is there from the second start on: its modules as bytecode.
    """
    with tempfile.TemporaryDirectory(dir=cache()) as home:
        places = {f"XDG_{name}_HOME": f"{home}/{name}" for name in ("CACHE", "CONFIG", "DATA", "STATE")}
        places |= {"HOME": home, "PYTHONPYCACHEPREFIX": f"{home}/bytecode"}
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        yield {**kept, **places, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


def first_paint(rounds: int) -> Iterator[Result]:
    """Start the program on ledgers of three sizes, and a bare window."""
    with copy_of(SMALL) as small, copy_of(LARGE) as large, copy_of(HUGE) as huge, nobodys_home() as home:

        def started(code: str, *arguments: str) -> float:
            at = time.monotonic()
            (painted,) = process_figures(code, *arguments, environment=home)
            return painted - at

        bare, few, many, most = medians(
            rounds,
            [
                lambda: started(BARE),
                lambda: started(START, str(small)),
                lambda: started(START, str(large)),
                lambda: started(START, str(huge)),
            ],
        )
        (figures,) = [
            [
                process_figures(MEMORY, str(ledger), home["HOME"], environment=home)[0]
                for ledger in (small, huge)
            ]
        ]
    yield Result(
        "start to first paint, 100,000 purchases",
        many,
        baseline=bare,
        against="a bare PySide6 main window with an empty table",
        goal=4,
    )
    yield Result(
        "start to first paint, 1,000,000 purchases", most, baseline=few, against="ours with 1,000", goal=1.3
    )
    yield Result(
        "memory of the window with 1,000,000 purchases beyond that with 1,000",
        figures[1] - figures[0],
        unit="bytes",
        limit=40 * 2**20,
    )


MEMORY = "import sys; sys.argv.insert(1, 'memory'); from tests.benchmarks.in_window import main; main()"


def command_line(rounds: int) -> Iterator[Result]:
    """Ask for the summary on the terminal."""
    program = [sys.executable, str(Path("main.py"))]

    def summary(rows: int) -> float:
        return process_seconds([*program, "--ledger", str(folder_of(rows)), "--json", "summary"])

    mine, more, other = medians(
        rounds,
        [
            lambda: summary(SMALL),
            lambda: summary(LARGE),
            lambda: process_seconds([sys.executable, "-c", "import sqlalchemy.orm"]),
        ],
    )
    against = "python -c “import sqlalchemy.orm”"
    yield Result("command line summary, 1,000 purchases", mine, baseline=other, against=against, goal=2.5)
    yield Result("command line summary, 100,000 purchases", more, baseline=other, against=against)


BENCHMARKS = [Benchmark("start", first_paint), Benchmark("summary", command_line)]
