"""A notice inside a page or dialog: what to know before going on."""

from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.ui.theme import theme
from app.ui.widgets.button import link
from app.ui.widgets.label import Label

_BAR = 3


class NoticeKind(StrEnum):
    """How much a notice matters."""

    INFO = "info"
    WARNING = "warning"
    DANGER = "danger"


_LOOKS = {
    NoticeKind.INFO: ("accent", "accentSoft", "info"),
    NoticeKind.WARNING: ("warning", "warningSoft", "triangle-alert"),
    NoticeKind.DANGER: ("danger", "dangerSoft", "circle-alert"),
}


class Notice(QWidget):
    """A sentence on a soft fill with an icon, a bar at its left and perhaps a link at its right."""

    def __init__(self, text: str, kind: NoticeKind = NoticeKind.INFO, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._icon = QLabel()
        self._text = Label(text, wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(15, 8, 12, 8)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._text, 1)
        self.setMinimumHeight(theme.current().px(44))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def text(self) -> str:
        """Return what the notice says."""
        return self._text.text()

    def set(self, text: str, kind: NoticeKind | None = None) -> None:
        """Say something else, and as another kind where given."""
        self._text.setText(text)
        self._kind = kind or self._kind
        self._restyle()

    def add_link(self, text: str) -> QPushButton:
        """Add a link at the right and return it."""
        made = link(text, compact=True)
        self._row.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the fill and the bar."""
        look = theme.current()
        ink, fill, _ = _LOOKS[self._kind]
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shape = QPainterPath()
            radius = look.radius("card")
            shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            painter.fillPath(shape, look.color(fill))
            painter.setPen(QPen(look.color("border"), 1))
            painter.drawPath(shape)
            painter.setClipPath(shape)
            painter.fillRect(0, 0, _BAR, self.height(), look.color(ink))

    def _restyle(self) -> None:
        look = theme.current()
        ink, _, icon = _LOOKS[self._kind]
        self._icon.setPixmap(look.icons.pixmap(icon, ink, look.px(16), self.devicePixelRatioF()))
        self.update()
