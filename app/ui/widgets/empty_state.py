"""What a page, card or table shows while it has nothing to show."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.theme import theme
from app.ui.widgets.button import default, link, primary
from app.ui.widgets.label import Label
from app.ui.widgets.paragraph import Paragraph


class TicketDrawing(QWidget):
    """The ticket with its stub, in the colours of the theme."""

    _WIDTH, _HEIGHT, _CORNER, _NOTCH, _FOLD = 120, 80, 8, 8, 34
    _PEN = 1.5

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(self._WIDTH + 2, self._HEIGHT + 2))
        theme.current().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ticket."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(1, 1)
            ink = look.color("accent")
            painter.setBrush(look.color("accentSoft"))
            painter.setPen(QPen(ink, self._PEN))
            painter.drawPath(self._outline())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            for top in range(18, 64, 9):
                painter.drawEllipse(QPointF(self._FOLD, top), 1.6, 1.6)
            round_pen = QPen(
                ink, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            )
            painter.setPen(round_pen)
            painter.drawPolyline([QPointF(10.5, 33.5), QPointF(16, 39), QPointF(24.5, 30)])
            round_pen.setWidthF(3)
            painter.setPen(round_pen)
            for top, right in ((24, 99), (40, 81), (56, 89)):
                painter.drawLine(QPointF(53, top), QPointF(right, top))

    def _outline(self) -> QPainterPath:
        paper = QPainterPath()
        paper.addRoundedRect(QRectF(0, 0, self._WIDTH, self._HEIGHT), self._CORNER, self._CORNER)
        notches = QPainterPath()
        notches.addEllipse(QPointF(self._FOLD, 0), self._NOTCH, self._NOTCH)
        notches.addEllipse(QPointF(self._FOLD, self._HEIGHT), self._NOTCH, self._NOTCH)
        return paper.subtracted(notches)


class EmptyState(QWidget):
    """A title, a sentence and the first things to do.

    Without an icon it fills a page under the ticket drawing; with one it is the smaller form for cards and tables.
    """

    def __init__(self, title: str, sentence: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._small = bool(icon)
        self._top = QWidget()
        self._picture: QWidget = QLabel() if icon else TicketDrawing()
        self._title = Label(title, "bodyStrong" if icon else "subtitle", wrap=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = Paragraph(sentence, centred=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch()
        self._buttons.addStretch()
        self._lay_out()
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def set_texts(self, title: str, sentence: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._sentence.set_text(sentence)
        self._sentence.setVisible(bool(sentence))

    def add_primary(self, text: str, icon: str = "") -> QPushButton:
        """Add the one filled button and return it."""
        return self._add(primary(text, icon, compact=self._small))

    def add_secondary(self, text: str, icon: str = "") -> QPushButton:
        """Add an ordinary button and return it."""
        return self._add(default(text, icon, compact=self._small))

    def add_link(self, lead: str, text: str, explanation: str = "") -> QPushButton:
        """Add a line "lead link" with a small explanation below, and return the link."""
        made = link(text, compact=True)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addStretch()
        row.addWidget(Label(lead, tone="secondary"))
        row.addWidget(made)
        row.addStretch()
        self._column.insertSpacing(self._column.count() - 1, 20)
        self._column.insertLayout(self._column.count() - 1, row)
        if explanation:
            small = Paragraph(explanation, "small", centred=True)
            self._column.insertWidget(self._column.count() - 1, small)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the picture out where the words need its room."""
        super().resizeEvent(event)
        needed = self._column.totalHeightForWidth(self.width())
        if self._top.isHidden():
            needed += self._top.sizeHint().height()
        self._top.setVisible(needed <= self.height())

    def _add(self, button: QPushButton) -> QPushButton:
        if not self._small:
            button.setProperty("large", "true")
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        side = 20 if self._small else 24
        self._column.setContentsMargins(side, 16, side, 16)
        self._column.setSpacing(0)
        self._column.addStretch(10)
        top = QVBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 8 if self._small else 27)
        top.addWidget(self._picture)
        self._column.addWidget(self._top, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._title)
        self._column.addSpacing(6)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self._sentence, 100)
        middle.addStretch()
        self._sentence.setMaximumWidth(theme.current().px(400))
        self._column.addLayout(middle)
        self._column.addSpacing(12 if self._small else 20)
        self._column.addLayout(self._buttons)
        # A block looks centred when it stands a little above the middle.
        self._column.addStretch(10 if self._small else 13)

    def _restyle(self) -> None:
        look = theme.current()
        self._sentence.setMaximumWidth(look.px(400))
        if isinstance(self._picture, QLabel):
            pixmap = look.icons.pixmap(self._icon_name, "accent", look.px(24), self.devicePixelRatioF())
            self._picture.setPixmap(pixmap)
