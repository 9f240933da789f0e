"""The list of steps at the left of a wizard: what is done, where one is, what is still to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme

_WIDTH = 208
_LEFT, _TOP = 18, 22
_DISC, _GAP = 22, 10
_PITCH = 58
_LINE_GAP = 6


class StepState(StrEnum):
    """Whether a step is behind, here or ahead."""

    DONE = "done"
    CURRENT = "current"
    TO_DO = "to do"


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as it is shown: its name, a line about what came of it, and whether one can go there."""

    title: str
    result: str
    state: StepState
    reachable: bool = False


class StepList(QWidget):
    """The steps from top to bottom; `chosen` carries the place of one that was clicked."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Steps"))
        self._items: list[_StepItem] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, _TOP, 0, _TOP)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def show_steps(self, steps: Sequence[StepView]) -> None:
        """Show these steps in place of those before."""
        while len(self._items) < len(steps):
            self._add()
        for at, (item, step) in enumerate(zip(self._items, steps, strict=True)):
            item.show_step(at + 1, step, last=at == len(steps) - 1)

    def items(self) -> list[QAbstractButton]:
        """Return the buttons of the steps, in order."""
        return list(self._items)

    def _add(self) -> None:
        at = len(self._items)
        item = _StepItem(self)
        item.clicked.connect(lambda: self.chosen.emit(at))
        self._items.append(item)
        self._column.insertWidget(at, item)

    def _restyle(self) -> None:
        self.setFixedWidth(theme.current().px(_WIDTH))


class _StepItem(QAbstractButton):
    """One step: a disc with a tick or a number, the name, and a small line below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = 0
        self._last = False
        self._step = StepView("", "", StepState.TO_DO)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)

    def show_step(self, number: int, step: StepView, *, last: bool) -> None:
        """Show a step."""
        self._number, self._step, self._last = number, step, last
        self.setText(step.title)
        self.setEnabled(step.reachable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if step.reachable else Qt.FocusPolicy.NoFocus)
        if step.reachable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        states = {
            StepState.DONE: tr("done"),
            StepState.CURRENT: tr("current step"),
            StepState.TO_DO: tr("to do"),
        }
        words = tr("Step {number}, {title}, {state}. {result}")
        self.setAccessibleName(
            words.format(number=number, title=step.title, state=states[step.state], result=step.result)
        )
        self.setToolTip(self._cut_result())
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the list, as high as the distance between two discs."""
        look = theme.current()
        return QSize(look.px(_WIDTH), look.px(_PITCH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint disc, connector and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_disc(painter)
        self._paint_words(painter)

    def _disc(self) -> QRectF:
        side = theme.current().px(_DISC)
        return QRectF(_LEFT, 0, side, side)

    def _paint_disc(self, painter: QPainter) -> None:
        look, disc, state = theme.current(), self._disc(), self._step.state
        fills = {StepState.DONE: "successSoft", StepState.CURRENT: "accentFill"}
        if state is StepState.TO_DO:
            painter.setPen(QPen(look.color("borderControl"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.setPen(QPen(look.color("success"), 1) if look.high_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(look.color(fills[state]))
            painter.drawEllipse(disc)
        if state is StepState.DONE:
            side = look.px(14)
            tick = look.icons.pixmap("check", "success", side, self.devicePixelRatioF())
            inset = (disc.width() - side) / 2
            painter.drawPixmap(QPointF(disc.x() + inset, disc.y() + inset), tick)
        else:
            font = look.num_font("caption")
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(look.color("onAccent" if state is StepState.CURRENT else "textSecondary"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if not self._last:
            painter.setPen(QPen(look.color("borderStrong"), 1))
            x = round(disc.center().x()) + 0.5
            painter.drawLine(QPointF(x, disc.bottom() + _LINE_GAP), QPointF(x, self.height() - _LINE_GAP))

    def _paint_words(self, painter: QPainter) -> None:
        look, disc, state = theme.current(), self._disc(), self._step.state
        left = disc.right() + _GAP
        width = self.width() - left - look.space("s")
        title_height = look.px(look.tokens.styles["body"].line_height)
        font = look.font("bodyStrong" if state is StepState.CURRENT else "body")
        if state is StepState.DONE:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        quiet = state is StepState.TO_DO
        hovered = self.isEnabled() and self.underMouse()
        painter.setPen(look.color("accent" if hovered else "textSecondary" if quiet else "text"))
        top = disc.y() + (disc.height() - title_height) / 2
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        title = QRectF(left, top, width, title_height)
        painter.drawText(title, int(flags), _fitted(painter.fontMetrics(), self._step.title, width))
        painter.setFont(look.num_font("small"))
        painter.setPen(look.color("textSecondary"))
        below = QRectF(left, title.bottom(), width, look.px(look.tokens.styles["small"].line_height))
        painter.drawText(below, int(flags), _fitted(painter.fontMetrics(), self._step.result, width))

    def _cut_result(self) -> str:
        look = theme.current()
        room = look.px(_WIDTH) - self._disc().right() - _GAP - look.space("s")
        metrics = QFontMetrics(look.num_font("small"))
        return self._step.result if metrics.horizontalAdvance(self._step.result) > room else ""


def _fitted(metrics: QFontMetrics, text: str, width: float) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))
