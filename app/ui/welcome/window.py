"""The window without a ledger."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.services.ledger import is_ledger
from app.ui.actions import ActionRegistry
from app.ui.i18n import tr
from app.ui.menus import MenuBar
from app.ui.shell import Shell
from app.ui.welcome.new_ledger import NewLedgerForm
from app.ui.welcome.recent import RecentLedgers
from app.ui.widgets.button import default, link, primary
from app.ui.widgets.empty_state import TicketDrawing
from app.ui.widgets.label import Label
from app.ui.widgets.paragraph import Paragraph
from app.ui.window import program_actions
from app.ui.window.app_window import AppWindow
from app.ui.window.notice_bar import NoticeBar

_WIDTH = 520


class WelcomeWindow(AppWindow):
    """Says what the program is for, and offers a new ledger, the sample, a backup, another folder, and recent ones."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme)
        self._shell = shell
        self.setWindowTitle(tr("Welcome — Counterfoil"))
        self.actions_registry = ActionRegistry(self)
        program_actions.declare(self.actions_registry, shell, self)
        self.menus = MenuBar(self.menuBar(), self.actions_registry)
        self.notice = NoticeBar(shell.theme)
        self.form = NewLedgerForm(shell)
        self.create_button = primary(tr("Create ledger"), "book-plus")
        self.sample_link = link(tr("Load the sample ledger"), compact=True)
        self.open_button = default(tr("Open another ledger…"), "folder-open")
        self.restore_button = default(tr("Restore a backup…"), "archive-restore")
        self._connect()
        self._build()
        self.actions_registry.refresh()
        self.take_first_size()
        self.form.focus_first()

    def show_problem(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence at the top."""
        self._set_busy(False)
        self.notice.tell(text, action_text, action)

    def _connect(self) -> None:
        self.create_button.clicked.connect(self.form.submit)
        for field in (self.form.profile_form.name, self.form.folder):
            field.returnPressed.connect(self.form.submit)
        self.form.working.connect(self._set_busy)
        self.sample_link.clicked.connect(self._open_sample)
        self.open_button.clicked.connect(lambda: self._shell.choose_ledger(self))
        self.restore_button.clicked.connect(self._restore)

    def _restore(self) -> None:
        self._shell.open_restore()

    def _open_sample(self) -> None:
        self._set_busy(True)
        self._shell.open_sample(lambda error: self.show_problem(str(error)))

    def _open_recent(self, path: Path) -> None:
        self._set_busy(True)
        self._shell.open_ledger(path)

    def _set_busy(self, busy: bool) -> None:
        for control in (self.create_button, self.sample_link, self.open_button, self.restore_button):
            control.setEnabled(not busy)

    def _build(self) -> None:
        look = self._shell.theme
        page = QWidget()
        page.setProperty("ground", "surface")
        row = QHBoxLayout(page)
        row.setContentsMargins(look.space("xl"), look.space("xl"), look.space("xl"), look.space("xl"))
        row.addStretch()
        row.addWidget(self._column())
        row.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(area, 1)
        self.setCentralWidget(middle)

    def _column(self) -> QWidget:
        look = self._shell.theme
        column_widget = QWidget()
        column_widget.setFixedWidth(look.px(_WIDTH))
        column = QVBoxLayout(column_widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("l"))
        column.addStretch()
        column.addLayout(self._head())
        column.addWidget(self._card())
        column.addLayout(self._other_ways())
        recent = [path for path in self._shell.preferences.recent_ledgers() if is_ledger(path)]
        if recent:
            column.addWidget(RecentLedgers(recent, self._open_recent))
        column.addStretch()
        return column_widget

    def _head(self) -> QHBoxLayout:
        look = self._shell.theme
        words = QVBoxLayout()
        words.setSpacing(look.space("xs"))
        words.addStretch()
        words.addWidget(Label(tr("Welcome to Counterfoil"), "title"))
        words.addWidget(
            Paragraph(
                tr(
                    "Keep what you buy and what covers it in one private ledger. "
                    "Everything stays in a folder on this computer."
                )
            )
        )
        words.addStretch()
        row = QHBoxLayout()
        row.setSpacing(look.space("l"))
        row.addWidget(TicketDrawing(), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        return row

    def _card(self) -> QFrame:
        look = self._shell.theme
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(look.space("l"), look.space("l"), look.space("l"), look.space("l"))
        column.setSpacing(look.space("m"))
        column.addWidget(Label(tr("New ledger"), "heading"))
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.create_button)
        column.addLayout(row)
        return card

    def _other_ways(self) -> QHBoxLayout:
        look = self._shell.theme
        words = QVBoxLayout()
        words.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(0)
        first.addWidget(Label(tr("Just looking around?"), tone="secondary"))
        first.addWidget(self.sample_link)
        first.addStretch()
        words.addLayout(first)
        words.addWidget(
            Label(
                tr("A year and a half of made-up purchases, in a separate ledger you can delete."),
                "small",
                "secondary",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(look.space("l"))
        row.addLayout(words, 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(look.space("s"))
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.restore_button)
        row.addLayout(buttons)
        return row
