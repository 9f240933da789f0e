"""A column that scrolls, whose scroll bar stands in the free room beside it and so moves nothing."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class ScrollColumn(QScrollArea):
    """Widgets one below the other; `beside` is the room at the right that the scroll bar takes when it is there."""

    def __init__(self, ground: str, beside: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._beside = beside
        self.inside = QWidget()
        self.inside.setProperty("ground", ground)
        self.column = QVBoxLayout(self.inside)
        self.column.setSpacing(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(self.inside)
        self.viewport().setProperty("ground", ground)
        self.set_margins(0, 0, 0)
        self.verticalScrollBar().installEventFilter(self)

    def set_margins(self, left: int, top: int, bottom: int) -> None:
        """Leave so much free at the other sides."""
        self._margins = (left, top, bottom)
        self._keep_width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the room at the right to the scroll bar, or take it back."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._keep_width()
        return super().eventFilter(watched, event)

    def _keep_width(self) -> None:
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.isVisible() else 0
        left, top, bottom = self._margins
        self.column.setContentsMargins(left, top, max(self._beside - taken, 0), bottom)
