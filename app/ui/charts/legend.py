"""The legend of a chart: one entry a series, drawn as its line is, that hides and shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.label import plain_tip

_LINE, _DOT, _BLOCK, _GAP, _BETWEEN = 20, 7, 10, 6, 12


@dataclass(frozen=True, slots=True)
class Sample:
    """How an entry is drawn: with a pen as a line, with a colour alone as a block, or as a `dot`."""

    color: QColor
    pen: QPen | None = None
    dot: bool = False

    @property
    def width(self) -> int:
        """How wide the drawing is, in pixels."""
        return _LINE if self.pen is not None else _DOT if self.dot else _BLOCK

    def draw(self, painter: QPainter, left: float, middle: float) -> None:
        """Draw it with its left edge and its middle line at a place."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.pen is not None:
            painter.setPen(self.pen)
            painter.drawLine(QPointF(left, middle), QPointF(left + _LINE, middle))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color)
        if self.dot:
            painter.drawEllipse(QPointF(left + _DOT / 2, middle), _DOT / 2, _DOT / 2)
        else:
            painter.drawRoundedRect(QRectF(left, middle - _BLOCK / 2, _BLOCK, _BLOCK), 2, 2)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the key of its series, its title and its drawing."""

    key: str
    title: str
    sample: Sample


class LegendButton(QAbstractButton):
    """An entry that can be switched off and on."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_entry(entry)

    def set_entry(self, entry: Entry) -> None:
        """Show another series, or the same one in other colours."""
        moved = entry.title != self.text()
        self.entry = entry
        self.setText(entry.title)
        self.setAccessibleName(entry.title)
        self.setToolTip(plain_tip(tr("Show or hide {series}").format(series=entry.title)))
        if moved:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for drawing and title, and for a finger."""
        return QSize(entry_width(self.entry), max(24, theme.current().px(24)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint drawing and title; those of a hidden series are faint and struck out."""
        with QPainter(self) as painter:
            paint_entry(painter, QRectF(self.rect()), self.entry, shown=self.isChecked())


def entry_width(entry: Entry) -> int:
    """Return how wide an entry is."""
    words = QFontMetrics(theme.current().font("small")).horizontalAdvance(entry.title)
    return entry.sample.width + _GAP + words + 1


def paint_entry(painter: QPainter, rect: QRectF, entry: Entry, *, shown: bool) -> None:
    """Paint an entry into a rectangle."""
    look = theme.current()
    painter.save()
    painter.setOpacity(1.0 if shown else 0.45)
    entry.sample.draw(painter, rect.left(), rect.center().y())
    painter.setOpacity(1.0)
    font = look.font("small")
    font.setStrikeOut(not shown)
    painter.setFont(font)
    painter.setPen(look.color("textSecondary"))
    place = rect.adjusted(entry.sample.width + _GAP, 0, 2, 0)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), entry.title)
    painter.restore()


class Legend(QWidget):
    """All entries of a chart. `switched` carries the keys that are hidden after the user's click."""

    switched = Signal(frozenset)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hidden: frozenset[str] = frozenset()
        self._flow = FlowLayout(self, _BETWEEN, 0)
        self.buttons: list[LegendButton] = []

    @property
    def entries(self) -> list[Entry]:
        """The entries that are not hidden."""
        return [button.entry for button in self.buttons if button.isChecked()]

    def line_width(self) -> int:
        """Return how wide all entries are in one line, those too that are not shown yet."""
        widths = [entry_width(button.entry) for button in self.buttons]
        return sum(widths) + _BETWEEN * max(len(widths) - 1, 0)

    def set_entries(self, entries: Sequence[Entry], hidden: frozenset[str]) -> None:
        """Show other entries; those of before keep their places as far as they go."""
        self._hidden = hidden
        while len(self.buttons) > len(entries):
            gone = self.buttons.pop()
            self._flow.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, entry in enumerate(entries):
            if at == len(self.buttons):
                self._add(entry)
            elif self.buttons[at].entry != entry:
                self.buttons[at].set_entry(entry)
            self.buttons[at].setChecked(entry.key not in hidden)

    def _add(self, entry: Entry) -> None:
        made = LegendButton(entry)
        made.clicked.connect(self._clicked)
        self.buttons.append(made)
        self._flow.addWidget(made)

    def _clicked(self) -> None:
        self._hidden = frozenset(button.entry.key for button in self.buttons if not button.isChecked())
        self.switched.emit(self._hidden)
