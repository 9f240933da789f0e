"""What the file of the current row looks like, so that one sees where it belongs."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services import attachments
from app.services.ledger import Interrupt
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.theme import theme

_WIDTH, _LONGEST = 210, 600


class FilePicture(QWidget):
    """Shows the first page of a file that is not in the ledger yet. It is made on a reader thread."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._path: Path | None = None
        self._pixmap: QPixmap | None = None
        self._busy = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.current().changed.connect(self._restyle)
        self._restyle()

    def show_file(self, path: Path) -> None:
        """Show a file, as soon as its picture is made; of several asked for only the last one."""
        if path == self._path:
            return
        self._path, self._pixmap, self._busy = path, None, True
        self.setAccessibleName(tr("Preview of {file}").format(file=path.name))
        ratio = self.devicePixelRatioF()
        width, height = round(self.width() * ratio), round(theme.current().px(_LONGEST) * ratio)

        def read(_interrupt: Interrupt) -> QImage | None:
            made = attachments.preview_of_path(path, width, height)
            return None if made is None else QImage.fromData(made.png)

        self._session.bridge.read(read, partial(self._take, ratio), key=self)
        self.update()

    def has_picture(self) -> bool:
        """Tell whether there is something to see."""
        return self._pixmap is not None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page from the top, or say that there is none."""
        look = theme.current()
        with QPainter(self) as painter:
            if self._pixmap is None:
                painter.setPen(look.color("textSecondary"))
                words = tr("Making the preview…") if self._busy else tr("No preview")
                painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), words)
                return
            size = self._pixmap.size() / self._pixmap.devicePixelRatio()
            if size.height() > self.height() or size.width() > self.width():
                size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect((self.width() - size.width()) // 2, 0, size.width(), size.height())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(place, Qt.GlobalColor.white)
            painter.drawPixmap(place, self._pixmap)
            painter.setPen(QPen(look.color("border"), 1))
            painter.drawRect(place.adjusted(0, 0, -1, -1))

    def sizeHint(self) -> QSize:
        """As wide as a receipt can be read."""
        return QSize(theme.current().px(_WIDTH), 100)

    def _take(self, ratio: float, image: QImage | None) -> None:
        self._busy = False
        if image is not None and not image.isNull():
            self._pixmap = QPixmap.fromImage(image)
            self._pixmap.setDevicePixelRatio(ratio)
        self.update()

    def _restyle(self) -> None:
        self.setFixedWidth(theme.current().px(_WIDTH))
        self.update()
