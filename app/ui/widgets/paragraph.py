"""Running text with the design's line height, which a QLabel cannot have."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme


class Paragraph(QWidget):
    """Plain text that breaks into lines as high as the type scale says; `color` names a token."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        color: str = "textSecondary",
        *,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._role, self._color = "", role, color
        self._centred = centred
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)
        theme.current().changed.connect(self._restyle)

    def text(self) -> str:
        """Return the text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self._restyle()

    def sizeHint(self) -> QSize:
        """The whole text in one line, but not wider than reads well."""
        width = min(self.fontMetrics().horizontalAdvance(self._text) + 2, theme.current().px(420))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Room for a few words and the lines that follow from it."""
        return QSize(min(self.sizeHint().width(), theme.current().px(120)), self._line_height())

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        return max(1, self._layout(width).lineCount()) * self._line_height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines."""
        with QPainter(self) as painter:
            painter.setPen(theme.current().color(self._color))
            layout = self._layout(self.width())
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                line.draw(painter, QPointF(0, 0))

    def _layout(self, width: int) -> QTextLayout:
        layout = QTextLayout(self._text.replace("\n", "\u2028"), self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter if self._centred else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        height = self._line_height()
        layout.beginLayout()
        top = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, top + (height - line.height()) / 2))
            top += height
        layout.endLayout()
        return layout

    def _line_height(self) -> int:
        look = theme.current()
        return look.px(look.tokens.styles[self._role].line_height)

    def _restyle(self) -> None:
        self.setFont(theme.current().font(self._role))
        self.updateGeometry()
        self.update()
