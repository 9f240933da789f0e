"""What all windows of the program have in common, and the one that is shown while a ledger takes long to open."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.theme.theme import Theme
from app.ui.widgets.label import Label
from app.ui.widgets.status import ThinBar

FIRST_SIZE = QSize(1440, 900)
# What the frame around a window takes at most; nobody can ask before the window is shown.
_FRAME = QSize(16, 48)


class AppWindow(QMainWindow):
    """A window of the program."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        wide, high = theme.tokens.min_window
        self.setMinimumSize(wide, high)
        self.setWindowTitle(tr("Counterfoil"))

    def take_first_size(self) -> None:
        """Take the size that the design is made for, or the whole screen where that has no room for it."""
        room = self.screen().availableSize()
        self.resize(FIRST_SIZE.boundedTo(room - _FRAME))
        if (
            room.width() < FIRST_SIZE.width() + _FRAME.width()
            or room.height() < FIRST_SIZE.height() + _FRAME.height()
        ):
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def show_problem(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence, perhaps with what can be done about it."""


class OpeningWindow(AppWindow):
    """Says that a ledger is being opened, or what else is done; shown when that takes longer than a moment."""

    def __init__(self, theme: Theme, text: str = "") -> None:
        super().__init__(theme)
        said = text or tr("Opening the ledger")
        bar = ThinBar()
        bar.setFixedWidth(theme.px(220))
        bar.setAccessibleName(said)
        bar.set_progress(0, None)
        middle = QWidget()
        middle.setProperty("ground", "surface")
        column = QVBoxLayout(middle)
        column.setSpacing(theme.space("m"))
        column.addStretch()
        for piece in (Label(said, "subtitle"), bar):
            column.addWidget(piece, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.setCentralWidget(middle)
        self.take_first_size()
