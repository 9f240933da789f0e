"""The window of a ledger that will not open: what is wrong in a sentence, and what can be done about it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.problems import Refused
from app.services.jobs import Cancelled
from app.services.ledger import Damaged, EnvironmentProblem, ForeignDatabase, Interrupted, NewerSchema
from app.services.salvage import Salvaged
from app.ui.actions import ActionRegistry
from app.ui.i18n import tr
from app.ui.menus import MenuBar
from app.ui.shell import Shell
from app.ui.theme import theme
from app.ui.trouble.report import SalvageReport
from app.ui.trouble.salvaging import Salvaging
from app.ui.widgets.button import default
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label
from app.ui.widgets.paragraph import Paragraph
from app.ui.window import program_actions
from app.ui.window.app_window import AppWindow
from app.ui.window.notice_bar import NoticeBar

_WIDTH = 640
_ICON = 32
_STOPPED = (Cancelled, Interrupted)


class TroubleWindow(AppWindow):
    """Stands in the place of a ledger's window. `begin_salvage` starts the one thing here that changes anything."""

    def __init__(self, shell: Shell, path: Path, problem: BaseException) -> None:
        super().__init__(shell.theme)
        self._shell = shell
        self.path = path
        self.setWindowTitle(tr("{name} — Counterfoil").format(name=path.name))
        self.actions_registry = ActionRegistry(self)
        program_actions.declare(self.actions_registry, shell, self)
        self.menus = MenuBar(self.menuBar(), self.actions_registry)
        self.notice = NoticeBar(shell.theme)
        self.sentence = Paragraph(str(problem))
        self.salvaging = Salvaging(path)
        self.salvaging.hide()
        self.report: SalvageReport | None = None
        self.try_button = default(tr("Try again"), "refresh-cw")
        self.salvage_button = default(tr("Check and salvage…"), "shield-check")
        self.restore_button = default(tr("Restore from a backup…"), "rotate-ccw")
        self.open_button = default(tr("Open another folder…"), "folder-open")
        self.show_button = default(tr("Show the folder"), "folder-open")
        self._connect()
        self._build(problem)
        self.actions_registry.refresh()
        self.take_first_size()

    def show_problem(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence at the top."""
        self._set_busy(False)
        self.notice.tell(text, action_text, action)

    def show_still(self, problem: BaseException) -> None:
        """Say what is wrong now: trying again did not help."""
        self._set_busy(False)
        self.sentence.set_text(str(problem))
        self.notice.tell(tr("The ledger still cannot be opened."))

    def begin_salvage(self) -> None:
        """Read what can be read of the damaged database into a new one."""
        self.notice.clear()
        self._ways.hide()
        self.salvaging.show()
        self.salvaging.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs; the ledger is then as it was."""
        self.salvaging.stop()
        super().closeEvent(event)

    def _connect(self) -> None:
        self.try_button.clicked.connect(self._try_again)
        self.salvage_button.clicked.connect(self.begin_salvage)
        self.restore_button.clicked.connect(self._restore)
        self.open_button.clicked.connect(lambda: self._shell.choose_ledger(self))
        self.show_button.clicked.connect(lambda: _show(self.path))
        self.salvaging.done.connect(self._salvaged)
        self.salvaging.failed.connect(self._failed)

    def _try_again(self) -> None:
        self._set_busy(True)
        self.notice.clear()
        self._shell.open_ledger(self.path, self.show_still)

    def _restore(self) -> None:
        self.salvaging.find_backup(lambda backup: self._shell.open_restore(backup, self.path))

    def _set_busy(self, busy: bool) -> None:
        for control in (self.try_button, self.salvage_button, self.restore_button, self.open_button):
            control.setEnabled(not busy)

    def _salvaged(self, done: Salvaged) -> None:
        self.salvaging.hide()
        self._head.hide()
        self.report = SalvageReport(done)
        self.report.open_button.clicked.connect(self._try_again)
        self.report.show_button.clicked.connect(lambda: _show(done.kept))
        self._card.addWidget(self.report)
        self.report.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: BaseException) -> None:
        self.salvaging.hide()
        self._ways.show()
        if isinstance(error, _STOPPED):
            self.notice.tell(tr("Cancelled. The ledger is as it was."))
        elif isinstance(error, Refused | EnvironmentProblem):
            self.notice.tell(str(error))
        else:
            self.notice.tell(tr("Something went wrong inside the program. The ledger is as it was."))
            self._shell.report(error)

    def _build(self, problem: BaseException) -> None:
        look = theme.current()
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(look.px(_WIDTH))
        self._card = QVBoxLayout(card)
        edge = look.space("xl")
        self._card.setContentsMargins(edge, edge, edge, edge)
        self._card.setSpacing(look.space("l"))
        self._head = self._words()
        self._card.addWidget(self._head)
        self._ways = self._buttons(problem)
        self._card.addWidget(self._ways)
        self._card.addWidget(self.salvaging)
        page = QWidget()
        page.setProperty("ground", "surface")
        row = QHBoxLayout(page)
        row.addStretch()
        column = QVBoxLayout()
        column.addStretch()
        column.addWidget(card)
        column.addStretch()
        row.addLayout(column)
        row.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        middle = QWidget()
        outer = QVBoxLayout(middle)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.notice)
        outer.addWidget(area, 1)
        self.setCentralWidget(middle)

    def _words(self) -> QWidget:
        look = theme.current()
        picture = QLabel()
        picture.setPixmap(
            look.icons.pixmap("triangle-alert", "danger", look.px(_ICON), self.devicePixelRatioF())
        )
        words = QVBoxLayout()
        words.setSpacing(look.space("xs"))
        words.addWidget(Label(tr("This ledger cannot be opened"), "title"))
        words.addWidget(ElidedLabel(str(self.path), "small", "secondary"))
        words.addSpacing(look.space("s"))
        words.addWidget(self.sentence)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space("l"))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return made

    def _buttons(self, problem: BaseException) -> QWidget:
        """Lay out what can be done, each with what it means; the most likely help first."""
        look = theme.current()
        again = (self.try_button, tr("When the disk is plugged in again, or the other program is closed."))
        back = (
            self.restore_button,
            tr("Puts a backup in its place. Attached files that are here stay, and it can be undone."),
        )
        rescue = (
            self.salvage_button,
            tr("Saves every row that can still be read into a new database. The damaged files are kept."),
        )
        ways: list[tuple[QPushButton, str]] = [again, back]
        if isinstance(problem, Damaged):
            ways = [back, rescue, again]
        elif isinstance(problem, NewerSchema | ForeignDatabase):
            ways = [again]
        ways += [
            (self.open_button, tr("Choose a folder that holds a ledger.")),
            (self.show_button, tr("Look at the files yourself.")),
        ]
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("m"))
        width = max(button.sizeHint().width() for button, _ in ways)
        for button, meaning in ways:
            button.setFixedWidth(width)
            row = QHBoxLayout()
            row.setSpacing(look.space("l"))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(Label(meaning, "small", "secondary", wrap=True), 1)
            column.addLayout(row)
        return made


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
