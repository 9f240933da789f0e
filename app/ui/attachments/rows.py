"""Files as compact rows: any number of them, with small pictures only of those that are on the screen."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from app.domain.attachments import Attachment
from app.ui.attachments.paper import paint_paper, paper_size
from app.ui.attachments.previews import Previews
from app.ui.attachments.words import row_text, spoken, state_pill, state_sentence
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.label import plain_tip
from app.ui.widgets.pill import paint_pill, pill_size

_ROW, _MOST_ROWS, _SIDE, _GAP = 46, 6, 8, 10
_PICTURE = QSize(28, 36)
_FILE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class FilesModel(QAbstractListModel):
    """The files, in the order in which they are listed."""

    def __init__(self) -> None:
        super().__init__()
        self._files: Sequence[Attachment] = ()

    def show(self, files: Sequence[Attachment]) -> None:
        """Show other files."""
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def file(self, row: int) -> Attachment:
        """Return a file."""
        return self._files[row]

    def files(self) -> list[Attachment]:
        """Return all files."""
        return list(self._files)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many files there are."""
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a file, what a screen reader says of it, or the file itself."""
        file = self._files[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return file.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(file)
        return file if role == _FILE else None


class FileList(QListView):
    """The rows; as high as a few of them. Space or Enter looks, F2 renames, Del removes, Menu shows what else.

    The signals carry the file that is meant; `menu_requested` a place on the screen; `stepped` the place of the
    row that the keyboard is on.
    """

    look_requested = Signal(object)
    open_requested = Signal(object)
    rename_requested = Signal(object)
    remove_requested = Signal(object)
    drag_begun = Signal(object)
    menu_requested = Signal(QPoint)
    chosen = Signal()
    stepped = Signal(QRect)

    def __init__(self, previews: Previews, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = FilesModel()
        self.setModel(self.files)
        self.setAccessibleName(tr("Files"))
        self.setProperty("ground", "surfaceAlt")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setItemDelegate(_FileDelegate(previews, self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        previews.arrived.connect(lambda _sha: self.viewport().update())
        theme.current().changed.connect(self._restyle)
        self._restyle()

    def show_files(self, files: Sequence[Attachment]) -> None:
        """Show files, with the same one current as before where it is still there."""
        current = self.current()
        self.files.show(files)
        rows = [row for row, file in enumerate(files) if current is not None and file.id == current.id]
        if rows:
            self.setCurrentIndex(self.files.index(rows[0], 0))
        self._restyle()

    def current(self) -> Attachment | None:
        """Return the current file."""
        index = self.currentIndex()
        return self.files.file(index.row()) if index.isValid() else None

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Ask for the current file to be dragged out."""
        file = self.current()
        if file is not None:
            self.drag_begun.emit(file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys stand for."""
        asks = {
            Qt.Key.Key_Space: self.look_requested,
            Qt.Key.Key_Return: self.look_requested,
            Qt.Key.Key_Enter: self.look_requested,
            Qt.Key.Key_F2: self.rename_requested,
            Qt.Key.Key_Delete: self.remove_requested,
        }
        file, ask = self.current(), asks.get(Qt.Key(event.key()))
        if file is not None and ask is not None:
            ask.emit(file)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a file."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.open_requested.emit(self.files.file(index.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at a row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.files.rowCount():
            self.setCurrentIndex(self.files.index(0, 0))
        self.stepped.emit(self.visualRect(self.currentIndex()))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell where the new row is."""
        super().currentChanged(current, previous)
        self.chosen.emit()
        if self.hasFocus():
            self.stepped.emit(self.visualRect(self.currentIndex()))

    def _ask_menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_requested.emit(self.viewport().mapToGlobal(point))
        elif self.current() is not None:
            place = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_requested.emit(self.viewport().mapToGlobal(place))

    def _restyle(self) -> None:
        rows = min(max(self.files.rowCount(), 1), _MOST_ROWS)
        self.setFixedHeight(rows * theme.current().px(_ROW) + 2 * self.frameWidth())
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


class _FileDelegate(QStyledItemDelegate):
    """Paints a row: the small picture, the name over kind and size, and a pill where the file is not available."""

    def __init__(self, previews: Previews, view: FileList) -> None:
        super().__init__(view)
        self._previews = previews
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """The height of a row of two lines."""
        return QSize(0, theme.current().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint fill, hairline, picture and words."""
        file: Attachment = index.data(_FILE)
        look, box = theme.current(), QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.color("selection" if self._view.hasFocus() else "selectionInactive"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look.color("hover"))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, look.color("border"))
        self._paint_picture(painter, box, file)
        words = box.adjusted(_SIDE + look.px(_PICTURE.width()) + _GAP, look.px(5), -_SIDE, -look.px(5))
        pill = state_pill(file.state)
        if pill is not None:
            width = pill_size(pill.text, pill.icon).width()
            at = QRect(words.right() - width + 1, words.y(), width, words.height())
            paint_pill(painter, at, pill.kind, pill.text, pill.icon)
            words.adjust(0, 0, -width - _SIDE, 0)
        half = words.height() // 2
        upper = QRect(words.x(), words.y(), words.width(), half)
        _line(painter, upper, file.name, "body", "text", Qt.TextElideMode.ElideMiddle)
        lower = upper.translated(0, half)
        _line(painter, lower, row_text(file), "small", "textSecondary", Qt.TextElideMode.ElideRight)
        if option.state & QStyle.StateFlag.State_HasFocus and look.high_contrast:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Show the whole name, and what became of a file that is not available."""
        if not index.isValid():
            return False
        file: Attachment = index.data(_FILE)
        words = "\n".join(part for part in (file.name, state_sentence(file.state)) if part)
        QToolTip.showText(event.globalPos(), plain_tip(words), view)
        return True

    def _paint_picture(self, painter: QPainter, box: QRect, file: Attachment) -> None:
        look = theme.current()
        room = QSize(look.px(_PICTURE.width()), look.px(_PICTURE.height()))
        picture = self._previews.find(file, room, painter.device().devicePixelRatio())
        size = paper_size(picture, room).boundedTo(room)
        left = box.x() + _SIDE + (room.width() - size.width()) // 2
        place = QRect(QPoint(left, box.y() + (box.height() - size.height()) // 2), size)
        paint_paper(painter, place, file, picture, torn=False)


def _line(painter: QPainter, box: QRect, text: str, role: str, color: str, elide: Qt.TextElideMode) -> None:
    look = theme.current()
    painter.setFont(look.num_font(role))
    painter.setPen(look.color(color))
    shown = painter.fontMetrics().elidedText(text, elide, box.width())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
    painter.drawText(box, int(flags), shown)
