"""Where a file is dropped, and where the one that was chosen is named."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label
from app.ui.window.drops import local_files

_ICON = 24
_HEIGHT = 76


class DropArea(QWidget):
    """A dashed frame with words in it; once a file is known the frame is whole and says what it is."""

    dropped = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = False
        self._known = False
        self._icon_name = "file-input"
        self._icon = QLabel()
        self._title = Label("", "heading")
        self._line = ElidedLabel("", "small", "secondary", tabular=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._line)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(14)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def invite(self, title: str, line: str) -> None:
        """Ask for a file."""
        self._say("file-input", title, line, known=False)

    def show_file(self, title: str, line: str) -> None:
        """Say what the chosen file is."""
        self._say("file-check-corner", title, line, known=True)

    def text(self) -> str:
        """Return what is said."""
        return f"{self._title.text()}\n{self._line.text()}"

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept one file."""
        if len(local_files(event.mimeData())) == 1:
            event.acceptProposedAction()
            self._hold(held=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._hold(held=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        self._hold(held=False)
        files = local_files(event.mimeData())
        if len(files) == 1:
            event.acceptProposedAction()
            self.dropped.emit(files[0])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        invited = self._held or not self._known
        color = "accent" if self._held else "borderControl" if invited else "border"
        style = Qt.PenStyle.DashLine if invited else Qt.PenStyle.SolidLine
        painter.setPen(QPen(look.color(color), 1, style))
        painter.setBrush(look.color("accentSoft" if self._held else "surfaceAlt"))
        radius = look.radius("card")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _say(self, icon: str, title: str, line: str, *, known: bool) -> None:
        self._icon_name, self._known = icon, known
        self._title.setText(title)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self._restyle()

    def _hold(self, *, held: bool) -> None:
        self._held = held
        self.update()

    def _restyle(self) -> None:
        look = theme.current()
        color = "accent" if self._known else "textSecondary"
        side, ratio = look.px(_ICON), self.devicePixelRatioF()
        self._icon.setPixmap(look.icons.pixmap(self._icon_name, color, side, ratio))
        self.setMinimumHeight(look.px(_HEIGHT))
        self.update()
