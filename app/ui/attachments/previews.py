"""Small pictures of files: made on reader threads one after another, kept while they fit into memory."""

import logging
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from app.domain.attachments import Attachment
from app.services import attachments
from app.services.ledger import Interrupt, Ledger
from app.ui.bridge import Bridge
from app.ui.session import Session

_MOST_WAITING = 64
_MOST_BYTES = 48 * 1024 * 1024

_log = logging.getLogger(__name__)

_Key = tuple[str, int, int]


@dataclass(frozen=True)
class Picture:
    """What a file looks like: its first page, and how many pages it has. Without a preview `pixmap` is None."""

    pixmap: QPixmap | None = None
    pages: int = 0


@dataclass(frozen=True)
class _Made:
    """What a reader thread hands over; a pixmap can only be made on the window's."""

    image: QImage
    pages: int


class Previews(QObject):
    """The pictures of one ledger's files. Ask with `find` while painting: what is not there yet is made then.

    `arrived` carries the SHA-256 of a file of which there is a picture now, or known to be none.
    """

    arrived = Signal(str)

    def __init__(self, ledger: Ledger, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._bridge = bridge
        self._known: OrderedDict[_Key, Picture] = OrderedDict()
        self._waiting: OrderedDict[_Key, Attachment] = OrderedDict()
        self._making: _Key | None = None
        self._bytes = 0

    def find(self, attachment: Attachment, size: QSize, ratio: float) -> Picture | None:
        """Return the picture of a file that fits into `size` logical pixels, or None while it is being made."""
        if not attachment.available:
            return Picture()
        key = (attachment.sha256, round(size.width() * ratio), round(size.height() * ratio))
        found = self._known.get(key)
        if found is not None:
            self._known.move_to_end(key)
            if found.pixmap is not None:
                found.pixmap.setDevicePixelRatio(ratio)
            return found
        if key != self._making:
            self._wait(key, attachment)
        return None

    def forget(self, sha256: str) -> None:
        """Look again at a file the next time that it is asked for."""
        for key in [key for key in self._known if key[0] == sha256]:
            self._drop(key)

    def _wait(self, key: _Key, attachment: Attachment) -> None:
        """Put a file in front of those that wait: what was asked for last is what is on the screen."""
        self._waiting[key] = attachment
        self._waiting.move_to_end(key)
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)
        self._go_on()

    def _go_on(self) -> None:
        if self._making is not None or not self._waiting:
            return
        key, attachment = self._waiting.popitem()
        self._making = key
        ledger = self._ledger

        def read(_interrupt: Interrupt) -> _Made | None:
            return _make(ledger, attachment, key)

        self._bridge.read(read, partial(self._take, key), partial(self._failed, key))

    def _take(self, key: _Key, made: _Made | None) -> None:
        picture = Picture() if made is None else Picture(QPixmap.fromImage(made.image), made.pages)
        self._keep(key, picture)
        self.arrived.emit(key[0])
        self._finish()

    def _failed(self, key: _Key, error: BaseException) -> None:
        self._keep(key, Picture())
        self._bridge.show_error(error)
        self._finish()

    def _finish(self) -> None:
        self._making = None
        self._go_on()

    def _keep(self, key: _Key, picture: Picture) -> None:
        self._drop(key)
        self._known[key] = picture
        self._bytes += _weight(picture)
        while self._bytes > _MOST_BYTES and len(self._known) > 1:
            self._drop(next(iter(self._known)))

    def _drop(self, key: _Key) -> None:
        gone = self._known.pop(key, None)
        if gone is not None:
            self._bytes -= _weight(gone)


def previews_of(session: Session) -> Previews:
    """Return the pictures of a window, which all that shows files in it shares."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = session.window.findChild(Previews, "", direct)
    return found if isinstance(found, Previews) else Previews(session.ledger, session.bridge, session.window)


def _make(ledger: Ledger, attachment: Attachment, key: _Key) -> _Made | None:
    """Make a picture; called on a reader thread."""
    preview = attachments.preview(ledger, attachment, key[1], key[2])
    if preview is None:
        return None
    image = QImage.fromData(preview.png)
    if image.isNull():
        _log.warning("A preview of a file of type %s could not be read.", attachment.media_type)
        return None
    return _Made(image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied), preview.pages)


def _weight(picture: Picture) -> int:
    """Return how many bytes a picture takes."""
    pixmap = picture.pixmap
    return 200 if pixmap is None else pixmap.width() * pixmap.height() * 4
