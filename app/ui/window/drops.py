"""Files that are dragged onto the window."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMainWindow, QWidget

from app.ui.session import DropHandler
from app.ui.theme import theme

_MARGIN, _DASH = 16, 2


class DropTarget:
    """Finds who can open the files, and says over the window what a drop would do."""

    def __init__(self, window: QMainWindow, handlers: Sequence[DropHandler]) -> None:
        self._window = window
        self._handlers = handlers
        self._overlay = _Invitation(window)

    def enter(self, event: QDragEnterEvent) -> None:
        """Invite a drop of files that can be opened; pay no attention to others."""
        paths = local_files(event.mimeData())
        handler = self._handler(paths)
        if handler is None:
            event.ignore()
            return
        self._overlay.invite(handler.words(paths))
        event.acceptProposedAction()

    def leave(self) -> None:
        """Take the invitation away."""
        self._overlay.hide()

    def drop(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self.leave()
        paths = local_files(event.mimeData())
        handler = self._handler(paths)
        if handler is not None:
            event.acceptProposedAction()
            handler.open(paths)

    def _handler(self, paths: Sequence[Path]) -> DropHandler | None:
        if not paths:
            return None
        for handler in self._handlers:
            if all(handler.accepts(path) for path in paths):
                return handler
        return None


class _Invitation(QWidget):
    """Lies over the window while files are held over it."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def invite(self, words: str) -> None:
        """Show what a drop would do."""
        self._words = words
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(QRect(0, 0, window.width(), window.height()))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a veil with a dashed frame and the words."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = look.color("surface")
        veil.setAlphaF(0.9)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(look.color("accent"), _DASH, Qt.PenStyle.DashLine))
        frame = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.drawRoundedRect(frame, look.radius("card"), look.radius("card"))
        painter.setFont(look.font("subtitle"))
        painter.setPen(look.color("text"))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._words)


def local_files(data: QMimeData) -> list[Path]:
    """Return the files of this machine that are dragged; nothing when anything else is among them."""
    urls = data.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return []
    return [Path(url.toLocalFile()) for url in urls]
