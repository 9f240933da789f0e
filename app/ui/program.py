"""The running program: its preferences, its look, and one window at a time."""

import logging
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.domain.problems import Refused
from app.domain.profile import Profile
from app.services.ledger import Damaged, EnvironmentProblem, Ledger, is_ledger
from app.services.paths import default_ledger, sample_ledger
from app.ui import features, opening
from app.ui import preferences as declared
from app.ui.crash import Crash, CrashReporter
from app.ui.i18n import tr, tr_n
from app.ui.later import after_first_page
from app.ui.opening import AlreadyOpen, Outcome
from app.ui.preferences import Preferences
from app.ui.tables.readers import Readers
from app.ui.theme import theme as themes
from app.ui.theme.theme import Appearance, Density, Theme
from app.ui.widgets.focus_ring import FocusRings
from app.ui.window.app_window import AppWindow, OpeningWindow
from app.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from app.ui.backups.desk import RestoreDesk
    from app.ui.single_instance import WindowCalls
    from app.ui.trouble.window import TroubleWindow

_log = logging.getLogger(__name__)

_WAIT_BEFORE_WORDS_MS = 400
_CHARTS_AFTER_MS = 1500

Failed = Callable[[BaseException], None]
Then = Callable[[Ledger], object]


class Program(QObject):
    """What windows know as their `Shell`."""

    _crashed = Signal(object)

    def __init__(self, app: QApplication, crashes: CrashReporter, config_folder: Path) -> None:
        super().__init__()
        self._app = app
        self._crashes = crashes
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="program")
        self._results = Readers(self._workers, self)
        self.preferences = Preferences(config_folder)
        self.theme = self._make_theme()
        self.rings = FocusRings(app)
        self.window: AppWindow | None = None
        self._calls: WindowCalls | None = None
        self._crash_dialog: QWidget | None = None
        self._fresh: Path | None = None
        self._closing: Future[None] | None = None
        self._desk: RestoreDesk | None = None
        self._ending = False
        self.preferences.changed.connect(self._preference_changed)
        self._crashed.connect(self._tell_crash, Qt.ConnectionType.QueuedConnection)
        crashes.listen(self._crashed.emit)
        self._slow = QTimer(self, singleShot=True, interval=_WAIT_BEFORE_WORDS_MS)
        self._slow.timeout.connect(self._show_opening)

    # -- life

    def start(self, ledger: Path | None, *, sample: bool, backup: Path | None = None) -> None:
        """Open what was asked for, or what was open last, or show the welcome page.

        `sample` asks for a fresh sample ledger in a temporary folder, which goes with the program; `backup` is a
        backup to restore then.
        """
        path = ledger or self._last_ledger()
        if sample:
            self._slow.start()
            self._fresh = Path(tempfile.mkdtemp(prefix="counterfoil-"))
            self._take(self._workers.submit(opening.open_sample, self._fresh / "sample"), self._welcome_with)
        elif path is not None:
            self._slow.start()
            future = self._workers.submit(opening.open_here, path, backup)
            self._take(future, partial(self._troubled, path), lambda _ledger: self._begin_restore(backup))
        else:
            self.show_welcome()
            self._begin_restore(backup)

    def end(self) -> None:
        """Finish what runs in the background; the windows have gone."""
        self._ending = True
        self._slow.stop()
        self._crashes.listen(None)
        if self._desk is not None:
            self._desk.close()
        self._results.close()
        self._workers.shutdown(wait=True)
        if self._fresh is not None:
            shutil.rmtree(self._fresh, ignore_errors=True)
        self.preferences.close()
        self.rings.deleteLater()
        self.theme.stop()
        themes.use(None)

    def quit(self) -> None:
        """Close the window and with it the program."""
        if self.window is None or self.window.close():
            self._app.quit()

    # -- what windows ask for

    @property
    def log_folder(self) -> Path:
        """Where logs and crash reports are."""
        return self._crashes.folder

    def report(self, error: BaseException) -> None:
        """Deal with an error that is a bug."""
        self._crashes.report(error)

    def open_ledger(self, path: Path, failed: Failed | None = None) -> None:
        """Open the ledger of a folder in the window's place; `failed` gets a problem, or the window tells it."""
        self._take(self._workers.submit(opening.open_here, path), failed or partial(self._not_opened, path))

    def open_sample(self, failed: Failed | None = None) -> None:
        """Open the sample ledger, which is made first if it is not there."""
        self._take(self._workers.submit(opening.open_sample, sample_ledger()), failed)

    def create_ledger(self, path: Path, profile: Profile, failed: Failed | None = None) -> None:
        """Make a ledger and open it in the window's place; `failed` gets a refusal or a problem."""
        self._take(self._workers.submit(opening.create_and_open, path, profile), failed)

    def open_restore(self, path: Path | None = None, target: Path | None = None) -> None:
        """Show the restore wizard over the window, with a backup where one is chosen already.

        What is replaced is the ledger that is open, else the one in the folder `target`; without either a new place
        is asked for.
        """
        from app.ui.backups.desk import RestoreDesk
        from app.ui.welcome.new_ledger import free_folder

        if self._desk is None:
            self._desk = RestoreDesk(self, self)
        _window, ledger = self.present()
        self._desk.open(target or (ledger.path if ledger else free_folder(default_ledger())), path)

    def open_trouble(self, path: Path, problem: str, *, salvage: bool = False) -> None:
        """Show, in the window's place, what can be done about a ledger that is damaged, and begin with a salvage."""
        window = self._show_trouble(path, Damaged(problem))
        if salvage and self._closing is not None:
            self._results.watch(self._closing, lambda _closed: window.begin_salvage(), window)

    def choose_ledger(self, parent: QWidget) -> None:
        """Ask for the folder of a ledger and open it."""
        chosen = QFileDialog.getExistingDirectory(parent, tr("Open a ledger"), str(default_ledger().parent))
        if chosen:
            self.open_ledger(Path(chosen))

    def new_ledger(self, parent: QWidget) -> None:
        """Ask for the name and place of a new ledger, make and open it."""
        from app.ui.welcome.dialog import NewLedgerDialog

        NewLedgerDialog(self, parent).open()

    def show_welcome(self, problem: str = "") -> None:
        """Show the welcome page, with a sentence about why nothing else could be shown."""
        from app.ui.welcome.window import WelcomeWindow

        window = WelcomeWindow(self)
        self._replace_window(window)
        if problem:
            window.show_problem(problem)
        QTimer.singleShot(0, window, self._offer_reports)

    # -- what a restore asks for

    def present(self) -> tuple[QWidget, Ledger | None]:
        """Return the window, and the ledger that is open in it."""
        if self.window is None:
            raise RuntimeError("There is no window.")
        return self.window, self.window.session.ledger if isinstance(self.window, MainWindow) else None

    def set_aside(self, then: Callable[[], object]) -> None:
        """Close the ledger, with an empty window in the place of its own, and go on once it is closed."""
        window = OpeningWindow(self.theme, tr("Restoring the ledger"))
        if self.window is not None:
            window.setGeometry(self.window.geometry())
        self._replace_window(window)
        if self._closing is None:
            raise RuntimeError("There was no ledger to close.")
        self._results.watch(self._closing, lambda done: self._set_aside(done, then))

    def come_back(self, path: Path, then: Then, failed: Failed) -> None:
        """Open the ledger of a folder in the window's place."""
        self._take(self._workers.submit(opening.open_here, path), failed, then)

    def notify(self, text: str) -> None:
        """Say in the window what was done."""
        if isinstance(self.window, MainWindow):
            self.window.notify(text)

    def _set_aside(self, closed: "Future[None]", then: Callable[[], object]) -> None:
        error = closed.exception()
        if error is not None:
            # What could not be tidied up on the way out does not keep the ledger from being replaced.
            self.report(error)
        then()

    def _begin_restore(self, backup: Path | None) -> None:
        if backup is not None:
            self.open_restore(backup)

    # -- opening

    def _last_ledger(self) -> Path | None:
        for path in [*self.preferences.recent_ledgers()[:1], default_ledger()]:
            if is_ledger(path):
                return path
        return None

    def _take(self, future: "Future[Outcome]", failed: Failed | None, then: Then | None = None) -> None:
        self._results.watch(future, lambda done: self._opened(done, failed or self._tell, then))

    def _opened(self, done: "Future[Outcome]", failed: Failed, then: Then | None) -> None:
        self._slow.stop()
        error = done.exception() or self._shown(done.result())
        if error is None:
            if then is not None and isinstance(self.window, MainWindow):
                then(self.window.session.ledger)
            return
        if not isinstance(error, Refused | EnvironmentProblem):
            self.report(error)
            error = Refused(tr("The ledger could not be opened because of an error in the program."))
        failed(error)

    def _shown(self, outcome: Outcome) -> BaseException | None:
        """Show what was opened. Returns what kept its window from being made, after letting go of the ledger."""
        if isinstance(outcome, AlreadyOpen):
            self._left_to_another()
            return None
        try:
            self._show_ledger(outcome)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user must not be left without a window
            return error
        return None

    def _left_to_another(self) -> None:
        """The other window is in front now; without a window of its own this program has nothing to do."""
        if self.window is None or isinstance(self.window, OpeningWindow):
            self.quit()

    def _show_ledger(self, opened: opening.Opened) -> None:
        ledger = opened.ledger
        window = self._window_of(opened)
        self._replace_window(window)
        if opened.interrupted:
            cut_off = tr_n(
                "{n} job was cut off when the program ended", "{n} jobs were cut off", len(opened.interrupted)
            )
            window.partly_failed(cut_off, lambda: window.show_page("jobs"))
        if self._fresh is None or not ledger.path.is_relative_to(self._fresh):
            self.preferences.remember_ledger(ledger.path)
        after_first_page(window, lambda: self._after_first_paint(window, ledger.path))

    def _window_of(self, opened: opening.Opened) -> MainWindow:
        """Make the window of a ledger; one that cannot be made lets go of the ledger."""
        ledger = opened.ledger
        try:
            window = MainWindow(self, ledger, opened.values, lambda: self._let_go(ledger))
        except BaseException:
            self._let_go(ledger)
            raise
        try:
            features.register_all(window.session)
            window.start()
        except BaseException:
            window.close()
            window.deleteLater()
            raise
        return window

    def _replace_window(self, window: AppWindow) -> None:
        before, self.window = self.window, window
        window.show()
        if self._desk is not None:
            self._desk.move_to(window)
        if before is not None:
            before.close()
            before.deleteLater()

    def _show_opening(self) -> None:
        if self.window is None:
            self._replace_window(OpeningWindow(self.theme))

    def _after_first_paint(self, window: MainWindow, ledger: Path) -> None:
        from app.ui.single_instance import WindowCalls

        self._calls = WindowCalls(ledger, window.raise_to_front, self, self.open_restore)
        self._offer_reports()
        # Half a second of loading that the first page with a chart would otherwise have to wait for; not at once, as
        # the first rows are still on their way.
        QTimer.singleShot(_CHARTS_AFTER_MS, window, self._load_charts)

    def _load_charts(self) -> None:
        if not self._ending:
            self._workers.submit(_import_charts)

    def _let_go(self, ledger: Ledger) -> None:
        """Close a ledger behind a window that closes; its jobs and its writer may take a moment."""
        if self._calls is not None and self._calls.ledger == ledger.path:
            self._calls.close()
            self._calls.deleteLater()
            self._calls = None
        self._closing = self._workers.submit(ledger.close)

    # -- problems

    def _troubled(self, path: Path, error: BaseException) -> None:
        """Say why the ledger that was asked for does not open, where that can be helped."""
        if isinstance(error, EnvironmentProblem) and is_ledger(path):
            self._show_trouble(path, error)
        else:
            self.show_welcome(str(error))

    def _not_opened(self, path: Path, error: BaseException) -> None:
        """Leave an open ledger where it is, and offer what can be done about the other one."""
        if not isinstance(error, EnvironmentProblem) or not is_ledger(path):
            self._tell(error)
        elif isinstance(self.window, MainWindow):
            self.window.show_problem(
                str(error), tr("What can be done…"), lambda: self._show_trouble(path, error)
            )
        else:
            self._show_trouble(path, error)

    def _show_trouble(self, path: Path, problem: BaseException) -> "TroubleWindow":
        from app.ui.trouble.window import TroubleWindow

        window = TroubleWindow(self, path, problem)
        self._replace_window(window)
        QTimer.singleShot(0, window, self._offer_reports)
        return window

    def _welcome_with(self, error: BaseException) -> None:
        self.show_welcome(str(error))

    def _tell(self, error: BaseException) -> None:
        if self.window is not None:
            self.window.show_problem(str(error))

    def _tell_crash(self, crash: Crash) -> None:
        if self._ending:
            return
        from app.ui.crash_dialog import CrashDialog

        # Kept here, as without a window nobody else would hold it.
        dialog = CrashDialog(self._crashes, crash.file, crash.kind, self.quit, self.window)
        self._crash_dialog = dialog
        dialog.open()

    def _offer_reports(self) -> None:
        """Tell of a report that the last run left behind when it died."""
        reports = self._crashes.unseen()
        if reports:
            from app.ui.crash_dialog import LastRunDialog

            LastRunDialog(self._crashes, reports, self.window).open()

    # -- appearance

    def _make_theme(self) -> Theme:
        get = self.preferences.get
        return themes.install(
            self._app,
            Appearance(get(declared.appearance())),
            Density(get(declared.density())),
            get(declared.text_size()),
            get(declared.reduce_motion()),
        )

    def _preference_changed(self, key: str) -> None:
        declared.apply(self.preferences, self.theme, key)


def _import_charts() -> None:
    try:
        import_module("pyqtgraph")
    except ImportError:
        # A page with a chart will say so to the user; this tells how it came about.
        _log.exception("charts cannot be loaded")
