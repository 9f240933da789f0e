"""The picture of a receipt in a pane: a click or Space shows it larger, it can be dragged out of the window."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from app.domain.attachments import Attachment
from app.ui.attachments.paper import paint_paper, paper_size
from app.ui.attachments.previews import Picture, Previews
from app.ui.attachments.words import spoken
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.label import plain_tip

_WIDTH, _HEIGHT = 100, 138


class Thumbnail(QAbstractButton):
    """Shows one file. `clicked` asks for a larger picture, `menu_requested` carries a place on the screen.

    `drag_begun` tells that the mouse pulls at it; `looked` that its picture came, with the number of its pages.
    """

    menu_requested = Signal(QPoint)
    drag_begun = Signal()
    remove_requested = Signal()
    rename_requested = Signal()
    looked = Signal(int)

    def __init__(self, previews: Previews, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._previews = previews
        self._attachment: Attachment | None = None
        self._pressed_at: QPoint | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        previews.arrived.connect(self._arrived)
        theme.current().changed.connect(self._restyle)

    @property
    def attachment(self) -> Attachment | None:
        """The file that is shown."""
        return self._attachment

    def show_file(self, attachment: Attachment) -> None:
        """Show a file."""
        self._attachment = attachment
        self.setAccessibleName(spoken(attachment))
        self.setAccessibleDescription(tr("Preview. Space shows it larger."))
        self.setToolTip(plain_tip(attachment.name))
        self._restyle()

    def picture(self) -> Picture | None:
        """Return the picture, or None while it is being made."""
        if self._attachment is None:
            return None
        return self._previews.find(self._attachment, self._room(), self.devicePixelRatioF())

    def sizeHint(self) -> QSize:
        """The size of the paper: that of a receipt until its page is there."""
        room = self._room()
        shown = paper_size(self.picture(), room)
        return QSize(room.width(), shown.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the paper."""
        if self._attachment is None:
            return
        picture = self.picture()
        size = paper_size(picture, self._room()).boundedTo(self.size())
        place = QRect(QPoint((self.width() - size.width()) // 2, 0), size)
        with QPainter(self) as painter:
            paint_paper(painter, place, self._attachment, picture)

    # -- gestures

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does; Del removes the file, F2 renames it."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        elif key == Qt.Key.Key_F2:
            self.rename_requested.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by mouse or by the Menu key."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.menu_requested.emit(
            event.globalPos() if by_mouse else self.mapToGlobal(self.rect().bottomLeft())
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag once the mouse has moved far enough with its button down."""
        start = self._pressed_at
        if start is not None and event.buttons() & Qt.MouseButton.LeftButton:
            moved = (event.position().toPoint() - start).manhattanLength()
            if moved >= QApplication.startDragDistance():
                self._pressed_at = None
                self.setDown(False)
                self.drag_begun.emit()
                return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that became a drag is no click."""
        if event.button() == Qt.MouseButton.LeftButton and self._pressed_at is None:
            self.setDown(False)
            return
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    # -- inside

    def _room(self) -> QSize:
        look = theme.current()
        return QSize(look.px(_WIDTH), look.px(_HEIGHT))

    def _arrived(self, sha256: str) -> None:
        if self._attachment is not None and self._attachment.sha256 == sha256:
            self._restyle()
            picture = self.picture()
            if picture is not None:
                self.looked.emit(picture.pages)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
