"""What is measured inside the real window: `python -m tests.benchmarks.in_window TASK LEDGER FOLDER`.

Runs in a process of its own without a display, and prints figures on one line: seconds, and bytes of memory.
"""

import statistics
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

from PySide6.QtCore import QEvent, QEventLoop, QItemSelectionModel, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.attachments import Owner, OwnerKind
from app.domain.purchases import PurchaseFilter, SortBy
from app.services import attachments, purchases
from app.services.exporting import ExportFormat, ExportOptions, export_file
from app.services.exporting import purchases as exporting
from app.services.importing.plan import ImportOptions
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.running import import_file
from app.ui.application import collect_again, make_application
from app.ui.crash import CrashReporter
from app.ui.program import Program
from app.ui.purchases.page import PurchasesPage
from app.ui.tables.cells import LOADING
from app.ui.window.main_window import MainWindow
from tests.benchmarks.harness import peak_memory

JUMPS = 60
RECEIPTS, LOOKS = 2_000, 100
PATIENCE_MS = 120_000


class Window:
    """The program with its window, open on a ledger and settled."""

    def __init__(self, ledger: Path, folder: Path) -> None:
        self.app = make_application(["counterfoil"])
        self.program = Program(self.app, CrashReporter(folder / "log"), folder / "config")
        self.program.start(ledger, sample=False)
        self.wait(lambda: isinstance(self.program.window, MainWindow))
        window = self.program.window
        assert isinstance(window, MainWindow)
        window.resize(1440, 900)
        page = window.host.current_page()
        assert isinstance(page, PurchasesPage)
        self.ledger = window.session.ledger
        self.page = page
        self.table = page.table
        self.model = page.table.table_model
        self.wait(lambda: self.model.complete and not self.model.busy)
        self.drain(0.3)
        collect_again()

    def end(self) -> None:
        self.program.quit()
        self.program.end()

    def wait(self, condition: Callable[[], object]) -> None:
        """Let the event loop run until something is so, as looked at every few milliseconds."""
        if condition():
            return
        loop = QEventLoop()
        looks = QTimer(interval=2)
        looks.timeout.connect(lambda: loop.quit() if condition() else None)
        looks.start()
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        loop.exec()
        if not condition():
            raise TimeoutError("the window did not get there")

    def drain(self, seconds: float) -> None:
        """Let the event loop run for a while."""
        over: list[bool] = []
        QTimer.singleShot(int(seconds * 1000), lambda: over.append(True))
        self.wait(lambda: over)

    def shown(self) -> bool:
        """Whether every row on the screen is there."""
        view = self.table.viewport()
        first = max(0, self.table.rowAt(1))
        last = self.table.rowAt(view.height() - 1)
        last = self.model.rowCount() - 1 if last < 0 else last
        return all(self.model.cell(row, 1) is not LOADING for row in range(first, last + 1))


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def jump(window: Window) -> None:
    """Jump to rows anywhere, and paint the same page again from memory: medians, and the longest jump."""
    source = Random(1)
    bar, view = window.table.verticalScrollBar(), window.table.viewport()
    jumps, repaints = [], []
    for _ in range(JUMPS):
        started = time.perf_counter()
        bar.setValue(source.randrange(bar.maximum()))
        while not window.shown():
            window.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        view.repaint()
        painted = time.perf_counter()
        view.repaint()
        repaints.append(time.perf_counter() - painted)
        jumps.append(painted - started)
    say(statistics.median(jumps), max(jumps), statistics.median(repaints))


def keystroke(window: Window) -> None:
    """Type a word, and wait for the first filtered rows on the screen: median over several words."""
    paints = Paints()
    window.table.viewport().installEventFilter(paints)
    figures = []
    for typed in ("mou", "mous", "mouse", "", "zel", "zell", ""):
        started = time.perf_counter()
        changed: list[bool] = []
        connection = window.model.modelReset.connect(lambda changed=changed: changed.append(True))
        window.model.set_filter(PurchaseFilter(text=typed))
        window.wait(lambda changed=changed: changed and window.shown())
        window.table.viewport().repaint()
        if typed:
            figures.append(time.perf_counter() - started)
        window.model.disconnect(connection)
        window.wait(lambda: window.model.complete and not window.model.busy)
    say(statistics.median(figures), max(figures))


def select_all(window: Window) -> None:
    """Select every row and paint: seconds for the selection, and for a repaint with it."""
    started = time.perf_counter()
    window.table.selectAll()
    window.app.processEvents()
    selected = time.perf_counter()
    window.table.viewport().repaint()
    say(selected - started, time.perf_counter() - selected)
    window.table.selectionModel().select(
        window.model.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )


def watchdog(window: Window) -> None:
    """Export, import and change much in the background, and take the longest gap in the event loop for each."""
    folder = Path(sys.argv[3])
    file = folder / "purchases.csv"
    ledger = window.ledger

    def work(name: str) -> Callable[[], bool]:
        if name == "export":
            options = ExportOptions(exporting.PURCHASES, ExportFormat.CSV)
            job = ledger.jobs.start(name, lambda context: export_file(ledger, file, options, context))
        elif name == "import":
            options_in = ImportOptions(PURCHASES, duplicates="add")
            job = ledger.jobs.start(name, lambda context: import_file(ledger, file, options_in, context))
        else:
            chosen = purchases.ids(ledger, PurchaseFilter(), SortBy())
            future = ledger.submit(purchases.bulk_edit(chosen, {"status": "RETURNED"}))
            return future.done
        return job.future.done

    def until_settled(done: Callable[[], bool]) -> Callable[[], None]:
        def wait() -> None:
            window.wait(done)
            window.wait(lambda: window.model.complete and not window.model.busy)
            window.drain(0.5)

        return wait

    say(*(longest_gap(until_settled(work(name))) for name in ("export", "import", "edit")))


def receipts(window: Window) -> None:
    """Add many receipts to one purchase and scroll through their previews: the longest gap in each, and seconds."""
    files = make_receipts(Path(sys.argv[3]) / "receipts", RECEIPTS)
    ledger, page = window.ledger, window.page
    (id,) = purchases.first_ids(ledger, PurchaseFilter(), SortBy(), 1)
    page.open(purchase=id)
    window.wait(lambda: page.pane.isVisible() and page.pane.files is not None)
    block = page.pane.files
    assert block is not None
    owner = Owner(OwnerKind.PURCHASE, id)
    wanted = [(file, owner) for file in files]
    job = ledger.jobs.start("receipts", lambda context: attachments.import_receipts(ledger, wanted, context))
    started = time.perf_counter()

    def imported() -> None:
        window.wait(job.future.done)
        window.wait(lambda: len(block.files) == RECEIPTS)
        window.drain(0.5)

    adding = longest_gap(imported)
    took = time.perf_counter() - started - 0.5

    def looked_through() -> None:
        bar = block.list.verticalScrollBar()
        for step in range(LOOKS + 1):
            bar.setValue(bar.maximum() * step // LOOKS)
            window.drain(0.05)

    say(adding, took, longest_gap(looked_through))


def make_receipts(folder: Path, number: int) -> list[Path]:
    """Make receipts, each of its own content: nine PDFs, then a photo."""
    from PIL import Image, ImageDraw
    from reportlab.pdfgen.canvas import Canvas

    folder.mkdir()
    made = []
    for at in range(number):
        path = folder / f"receipt {at:05}.{'jpg' if at % 10 == 9 else 'pdf'}"
        if path.suffix == ".jpg":
            picture = Image.new("RGB", (1200, 1600), (at % 255, 230, 220))
            ImageDraw.Draw(picture).text((80, 80), path.stem, fill=(20, 20, 20))
            picture.save(path, quality=80)
        else:
            canvas = Canvas(str(path), pagesize=(226, 320))
            for line in range(18):
                canvas.drawString(14, 290 - line * 15, f"{path.stem}, line {line}")
            canvas.save()
        made.append(path)
    return made


def longest_gap(go_on: Callable[[], None]) -> float:
    """Return the longest time in seconds that the event loop stood still while something went on."""
    beats: list[float] = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start()
    go_on()
    timer.stop()
    return max(after - before for before, after in pairwise(beats))


def memory(window: Window) -> None:
    """Take the most memory that opening the ledger and looking at it needed."""
    window.table.scrollToBottom()
    window.wait(window.shown)
    say(peak_memory())


def say(*figures: float) -> None:
    sys.stdout.write(" ".join(map(str, figures)) + "\n")


TASKS: dict[str, Callable[[Window], None]] = {
    "jump": jump,
    "keystroke": keystroke,
    "memory": memory,
    "receipts": receipts,
    "select": select_all,
    "watchdog": watchdog,
}


def main() -> None:
    window = Window(Path(sys.argv[2]), Path(sys.argv[3]))
    assert QApplication.instance() is not None
    TASKS[sys.argv[1]](window)
    window.end()


if __name__ == "__main__":
    main()
