"""What stands in the middle of a chart that has nothing to show."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import link
from app.ui.widgets.label import Label

_ICON = 24


class EmptyNote(QWidget):
    """An icon, a sentence and perhaps a link; it is there only while the chart is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: Callable[[], object] | None = None
        self._icon = QLabel()
        self._text = Label()
        self.link = link("", compact=True)
        self.link.clicked.connect(self._clicked)
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(4)
        for widget in (self._icon, self._text, self.link):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.set(tr("Nothing to plot"))
        self._restyle()
        theme.current().changed.connect(self._restyle)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def set(self, text: str, link_text: str = "", action: Callable[[], object] | None = None) -> None:
        """Say something else; without an action there is no link."""
        self._text.setText(text)
        self._action = action
        self.link.setText(link_text)
        self.link.setVisible(action is not None)

    def _clicked(self) -> None:
        if self._action is not None:
            self._action()

    def _restyle(self) -> None:
        look = theme.current()
        picture = look.icons.pixmap("chart-line", "textSecondary", look.px(_ICON), self.devicePixelRatioF())
        self._icon.setPixmap(picture)
