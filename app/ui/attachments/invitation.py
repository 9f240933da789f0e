"""What stands where a record has no files yet: a dashed frame that says how they come in."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.elided_label import ElidedLabel

_ICON = 20


class Invitation(QWidget):
    """Words, a hint that files can be dropped, and a button. `add_requested` asks for files to choose from."""

    add_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._title = ElidedLabel("", "bodyStrong")
        hint = ElidedLabel(tr("or drop files"), "small", "secondary")
        self.button = default("", "paperclip", compact=True)
        self.button.setObjectName("add_files")
        self.button.clicked.connect(self.add_requested)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._title)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(hint, 1)
        words.addLayout(row)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 10, 12, 10)
        line.setSpacing(10)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        theme.current().changed.connect(self._restyle)
        self._restyle()

    def invite(self, title: str, verb: str) -> None:
        """Say what is missing, and what the button does."""
        self._title.setText(title)
        self.button.setText(verb)
        self.setAccessibleName(title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.color("borderControl"), 1, Qt.PenStyle.DashLine))
            radius = look.radius("card")
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _restyle(self) -> None:
        look = theme.current()
        side, ratio = look.px(_ICON), self.devicePixelRatioF()
        self._icon.setPixmap(look.icons.pixmap("receipt", "textSecondary", side, ratio))
        self.update()
