"""A card with one figure, how it moved against the period before, and perhaps where it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui import formats
from app.ui.charts.focus import came_by_key, paint_ring
from app.ui.charts.sparkline import Sparkline
from app.ui.i18n import tr
from app.ui.theme import icons, theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label, set_property

_HEIGHT, _ICON = 104, 14
_LEFT, _AROUND, _BESIDE = 16, 12, 8


class Improves(StrEnum):
    """Which way a figure moves when it moves as its owner wants."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a card says.

    `moved` is the change in words with its sign, `way` -1, 0 or 1, and None where there is nothing to compare with;
    `against` is the figure of the period before in words, `then` its days. `history` are values that are evenly far
    apart in time, drawn as a small line beside the figure. `spoken` is the whole card in a sentence where that is
    not its parts one after the other.
    """

    value: str
    moved: str = ""
    way: int | None = None
    against: str = ""
    then: str = ""
    history: Sequence[float] = ()
    spoken: str = ""


class MetricCard(QFrame):
    """Shows a figure; a click or Enter opens what is behind it."""

    clicked = Signal()

    def __init__(self, title: str, improves: Improves = Improves.NONE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._by_keyboard = False
        self._title, self._improves = title, improves
        self._figure = Figure(formats.NO_VALUE)
        self._value = ElidedLabel("", "metric", tabular=True)
        self._arrow = QLabel()
        self._moved = Label("", "small", tabular=True)
        self._against = ElidedLabel("", "small", "secondary", tabular=True)
        self._line = Sparkline()
        middle = QHBoxLayout()
        middle.setSpacing(_BESIDE)
        middle.addWidget(self._value, 1)
        middle.addWidget(self._line, 0, Qt.AlignmentFlag.AlignVCenter)
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(self._arrow)
        below.addWidget(self._moved)
        below.addWidget(self._against, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEFT, _AROUND, _AROUND, _AROUND)
        column.setSpacing(1)
        self._heading = ElidedLabel(title, "small", "secondary")
        column.addWidget(self._heading)
        # What is left over goes between the lines, so that they stand alike in every card.
        column.addStretch()
        column.addLayout(middle)
        column.addStretch()
        column.addLayout(below)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def set_title(self, title: str) -> None:
        """Call the figure something else, as a month does that has begun."""
        self._title = title
        self._heading.setText(title)
        self._restyle()

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        if figure == self._figure:
            return
        self._figure = figure
        self._restyle()

    @property
    def title(self) -> str:
        """What the figure is called."""
        return self._title

    @property
    def figure(self) -> Figure:
        """What is shown."""
        return self._figure

    def least_width(self) -> int:
        """Return the width that shows the figure in full; what it is compared with may be cut."""
        beside = self._line.sizeHint().width() + _BESIDE if self._figure.history else 0
        return self._value.sizeHint().width() + beside + _LEFT + _AROUND + 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open what is behind the figure."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what is behind the figure."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is when it came here by a key."""
        super().focusInEvent(event)
        self._by_keyboard = came_by_key(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no ring any more."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, and the ring where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus() and self._by_keyboard:
            with QPainter(self) as painter:
                paint_ring(painter, QRectF(self.rect()))

    def _restyle(self) -> None:
        look, figure = theme.current(), self._figure
        self.setFixedHeight(look.px(_HEIGHT))
        self._value.setText(figure.value)
        self._line.set_values(figure.history)
        self._line.setVisible(len(figure.history) > 1)
        tone = self._tone()
        compared = figure.way is not None
        self._arrow.setVisible(compared)
        self._moved.setVisible(compared and bool(figure.moved))
        if figure.way is not None:
            name = {1: "arrow-up", -1: "arrow-down"}.get(figure.way, "minus")
            color = {"": "textSecondary", "secondary": "textSecondary"}.get(tone, tone)
            self._arrow.setPixmap(icons.pixmap(name, color, look.px(_ICON), self.devicePixelRatioF()))
        strong = look.num_font("small")
        strong.setWeight(QFont.Weight.DemiBold)
        self._moved.setFont(strong)
        self._moved.setText(figure.moved)
        set_property(self._moved, "tone", tone)
        self._against.setText(figure.against)
        self.setToolTip(figure.then)
        self.setAccessibleName(self._spoken())

    def _tone(self) -> str:
        way = self._figure.way
        if not way or self._improves is Improves.NONE:
            return "secondary"
        return "success" if (way > 0) == (self._improves is Improves.UP) else "danger"

    def _spoken(self) -> str:
        figure = self._figure
        if figure.spoken:
            return figure.spoken
        said = tr("{title}: {value}").format(title=self._title, value=figure.value)
        return ", ".join(part for part in (said, figure.moved, figure.against, figure.then) if part)
