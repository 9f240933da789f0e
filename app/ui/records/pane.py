"""The pane at the right of a table: the record that is selected in full, or a summary of several."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget, QWidgetItem

from app.ui.i18n import tr
from app.ui.records.facts import clear
from app.ui.theme import theme
from app.ui.widgets.button import default, icon_button, tool_button
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.perforation import Perforation

_SIDE = 20
_ICON = 14
_RING = 2


class RecordPane(QWidget):
    """Shows what is selected. The signals ask for what the buttons say."""

    edit_requested = Signal()
    duplicate_requested = Signal()
    delete_requested = Signal()
    bulk_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surfaceAlt")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Details"))
        self._icon_name = "list-checks"
        self._picture = QLabel()
        self._kind = ElidedLabel("", "small", "secondary")
        self._close = tool_button("x", tr("Close the details (Esc)"), compact=True)
        self._close.clicked.connect(self.close_requested)
        self._edit = default(tr("Edit"), "pencil")
        self._duplicate = default(tr("Duplicate"), "copy")
        self._delete = icon_button("trash-2", tr("Delete"))
        self._edit.clicked.connect(self._edit_clicked)
        self._duplicate.clicked.connect(self.duplicate_requested)
        self._delete.clicked.connect(self.delete_requested)
        self._several = 0
        self._place: int | None = None
        self._lay_out()
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """The width of the design."""
        return QSize(theme.current().size("detailPane"), 480)

    def forbid_changes(self) -> None:
        """Show only: the ledger cannot be written to."""
        for button in (self._edit, self._duplicate, self._delete):
            button.setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
        else:
            super().keyPressEvent(event)

    # -- for panes of a kind of records

    def start_over(self, kind: str, icon: str, several: int = 0) -> None:
        """Empty the pane and say what is going to be shown: a record of a kind, or so many of them."""
        self._several, self._icon_name = several, icon
        self._kind.setText(kind)
        self._draw_icon()
        clear(self._body)

    def edit_text(self, count: int) -> str:
        """Return what the first button says: `count` is 0 for one record, else how many are selected."""
        return tr("Edit")

    def name_buttons(self) -> None:
        """Let the buttons say what they do to what is shown."""
        self._edit.setText(self.edit_text(self._several))
        self._duplicate.setVisible(not self._several)
        self._order_focus()

    def _edit_clicked(self) -> None:
        if self._several:
            self.bulk_requested.emit()
        else:
            self.edit_requested.emit()

    def add_perforation(self, gap: int = 14) -> None:
        """Add the line along which the stub is torn off: from edge to edge, with a gap above and below."""
        line = Perforation(self._inside)
        line.show()
        self._body.addSpacing(gap)
        self._body.addItem(_EdgeToEdge(line))
        self._body.addSpacing(gap)

    def place(self) -> int:
        """Return how far the pane is scrolled, or is going to be."""
        return self._scroll.verticalScrollBar().value() if self._place is None else self._place

    def scroll_to(self, part: QWidget, place: QRect) -> None:
        """Scroll so that a place within a part of the body is in sight."""
        top = part.mapTo(self._inside, place.topLeft())
        self._scroll.ensureVisible(top.x(), top.y() + place.height() // 2, 0, place.height())

    def scroll_back(self, place: int) -> None:
        """Scroll to where the pane was before it was filled anew, as soon as its new contents are so high."""
        self._place = place
        self._range_changed()

    def _range_changed(self) -> None:
        bar = self._scroll.verticalScrollBar()
        if self._place is not None and bar.maximum() >= self._place:
            bar.setValue(self._place)

    def _scrolled(self, value: int) -> None:
        """Forget the place to go back to when the user, and not the new contents, went elsewhere."""
        if self._place is not None and value != self._place <= self._scroll.verticalScrollBar().maximum():
            self._place = None

    def _order_focus(self) -> None:
        """Let Tab go through what was just put into the pane, from top to bottom, and then to the buttons."""
        before: QWidget = self._scroll
        inside = self._inside.findChildren(QWidget)
        for widget in (*inside, self._edit, self._duplicate, self._delete):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                self.setTabOrder(before, widget)
                before = widget

    # -- the look

    def _draw_icon(self) -> None:
        look = theme.current()
        side, ratio = look.px(_ICON), self.devicePixelRatioF()
        self._picture.setPixmap(look.icons.pixmap(self._icon_name, "textSecondary", side, ratio))

    def _restyle(self) -> None:
        self.setMinimumWidth(theme.current().size("detailPaneMin"))
        self._draw_icon()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 16, 14, 0)
        head.setSpacing(theme.current().space("s"))
        head.addWidget(self._picture)
        head.addWidget(self._kind, 1)
        head.addWidget(self._close)
        self._inside = inside = QWidget()
        inside.setProperty("ground", "surfaceAlt")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(_SIDE - _RING, 4, _SIDE - _RING, 16)
        self._body.setSpacing(2)
        self._scroll = _Body()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.setAccessibleName(tr("Details"))
        self._scroll.viewport().setProperty("ground", "surfaceAlt")
        self._scroll.verticalScrollBar().rangeChanged.connect(self._range_changed)
        self._scroll.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.setFocusProxy(self._scroll)
        self._actions = actions = QHBoxLayout()
        actions.setContentsMargins(_SIDE, 12, _SIDE, 12)
        actions.setSpacing(theme.current().space("s"))
        actions.addWidget(self._edit)
        actions.addWidget(self._duplicate)
        actions.addStretch()
        actions.addWidget(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(rule())
        column.addLayout(actions)


class _EdgeToEdge(QWidgetItem):
    """Lets a widget reach over the margins at both sides of the body."""

    def setGeometry(self, place: QRect) -> None:
        """Place the widget, wider than the layout says."""
        side = _SIDE - _RING
        super().setGeometry(place.adjusted(-side, 0, side, 0))


class _Body(QScrollArea):
    """What scrolls; a ring around it shows that the arrow keys do that now. A click leaves the focus where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setViewportMargins(_RING, _RING, _RING, _RING)

    def event(self, event: QEvent) -> bool:
        """Paint the ring into the margin around the viewport."""
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.current().color("focus"), _RING))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        return done

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()


def rule() -> QFrame:
    """Return a hairline."""
    line = QFrame()
    line.setProperty("rule", "horizontal")
    return line
