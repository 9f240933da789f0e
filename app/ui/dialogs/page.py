"""A page of a wizard: what to do here, a reassuring line, and the controls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme import theme
from app.ui.widgets.label import Label


class WizardPage(QWidget):
    """A page with a heading and a grey line; the controls go into `body`."""

    def __init__(self, title: str, line: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look = theme.current()
        self._title = Label(title, "subtitle")
        self._line = Label(line, "body", "secondary", wrap=True)
        self._line.setVisible(bool(line))
        self.body = QVBoxLayout()
        self.body.setSpacing(look.space("m"))
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        margin = look.space("xl")
        column.setContentsMargins(margin, look.px(20), margin, look.space("l"))
        column.setSpacing(look.space("xs"))
        column.addWidget(self._title)
        column.addWidget(self._line)
        column.addSpacing(look.space("s"))
        column.addLayout(self.body, 1)

    def title(self) -> str:
        """Return the heading."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def line(self) -> str:
        """Return the grey line below the heading."""
        return self._line.text()

    def set_line(self, line: str) -> None:
        """Change the grey line."""
        self._line.setText(line)
        self._line.setVisible(bool(line))

    def focus_first(self) -> None:
        """Put the focus where the user begins on this page."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
