"""Two boxes with an arrow between them: how things are now, and how they will be."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label

_HEIGHT = 54
_ARROW = 18


class NowAfter(QWidget):
    """Says what changes, before anything has changed."""

    def __init__(self, now: str, after: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.now = _Box(now, "raised", "border")
        self.after = _Box(after, "accentSoft", "accent")
        self._arrow = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space("m"))
        row.addWidget(self.now, 2)
        row.addWidget(self._arrow)
        row.addWidget(self.after, 3)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def show_texts(self, now: str, after: str, more: str = "") -> None:
        """Show both states; `more` goes on in grey behind the new one."""
        self.now.show_text(now)
        self.after.show_text(after, more)
        self.setAccessibleName(
            tr("Now {now}, afterwards {after}").format(now=now, after=f"{after} {more}".strip())
        )

    def text(self) -> str:
        """Return what the boxes say."""
        return f"{self.now.text()} → {self.after.text()}"

    def _restyle(self) -> None:
        look = theme.current()
        side = look.px(_ARROW)
        self._arrow.setPixmap(
            look.icons.pixmap("arrow-right", "textSecondary", side, self.devicePixelRatioF())
        )


class _Box(QWidget):
    """One state: a grey caption and a strong line."""

    def __init__(self, caption: str, fill: str, border: str) -> None:
        super().__init__()
        self._fill, self._border = fill, border
        self._strong = Label("", "bodyStrong", tabular=True)
        self._more = ElidedLabel("", tone="secondary", tabular=True)
        line = QHBoxLayout()
        line.setSpacing(theme.current().space("xs"))
        line.addWidget(self._strong)
        line.addWidget(self._more, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(0)
        column.addWidget(Label(caption, "small", "secondary"))
        column.addLayout(line)
        self._take_height()
        theme.current().changed.connect(self._take_height)

    def show_text(self, strong: str, more: str = "") -> None:
        """Show a state."""
        self._strong.setText(strong)
        self._more.setText(more)

    def text(self) -> str:
        """Return what the box says."""
        return " ".join(part for part in (self._strong.text(), self._more.text()) if part)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color(self._border), 1))
        painter.setBrush(look.color(self._fill))
        radius = look.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _take_height(self) -> None:
        self.setMinimumHeight(theme.current().px(_HEIGHT))
        self.update()
