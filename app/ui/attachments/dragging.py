"""Files that are dragged from elsewhere onto a part of the window, which says what a drop would do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.session import Session
from app.ui.theme import theme
from app.ui.window.drops import local_files

_MARGIN = 2
_HOLDS = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


@dataclass(frozen=True)
class Offer:
    """What dropping files at a place would do: words, where to say them, and the deed."""

    words: str
    place: QRect
    take: Callable[[Sequence[Path]], object]


class DropZone(QObject):
    """Lets files be dropped on a widget; `offer` says for a place and files what that would do, None for nothing.

    Files that something else in the window opens, such as a CSV to import, are left to it.
    """

    def __init__(
        self, session: Session, target: QWidget, offer: Callable[[QPoint, Sequence[Path]], Offer | None]
    ) -> None:
        super().__init__(target)
        self._session = session
        self._offer = offer
        self._frame = _Frame(target)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what is held over the widget."""
        kind = event.type()
        if kind in _HOLDS or kind == QEvent.Type.Drop:
            return self._held(cast("QDropEvent", event))
        if kind == QEvent.Type.DragLeave:
            self._frame.hide()
        return super().eventFilter(watched, event)

    def _held(self, event: QDropEvent) -> bool:
        paths = local_files(event.mimeData()) if event.source() is None else []
        offer = None
        if paths and not self._session.ledger.read_only and not self._wanted_elsewhere(paths):
            offer = self._offer(event.position().toPoint(), paths)
        dropped = event.type() == QEvent.Type.Drop
        if offer is None or dropped:
            self._frame.hide()
        if offer is None:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if dropped:
            offer.take(paths)
        else:
            self._frame.say(offer)
        return True

    def _wanted_elsewhere(self, paths: Sequence[Path]) -> bool:
        others = [handler for handler in self._session.drops if not handler.for_records]
        return any(all(handler.accepts(path) for path in paths) for handler in others)


class _Frame(QWidget):
    """Lies over the place that would take the files."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, offer: Offer) -> None:
        """Show what a drop would do."""
        self._words = offer.words
        self.setGeometry(offer.place)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a veil with a dashed frame and the words."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(look.color("accentSoft"))
        frame = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.drawRoundedRect(frame, look.radius("control"), look.radius("control"))
        painter.setFont(look.font("bodyStrong"))
        painter.setPen(look.color("text"))
        inside = frame.adjusted(12, 0, -12, 0)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(inside, int(flags), self._words)
