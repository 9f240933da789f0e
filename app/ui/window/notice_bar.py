"""A sentence above the page: a problem that the user should know of and that stops nobody."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.theme.theme import Theme
from app.ui.widgets.notice import Notice, NoticeKind


class NoticeBar(QWidget):
    """Holds the latest notice until it is closed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self._notice: Notice | None = None
        self._column = QVBoxLayout(self)
        side, edge = theme.space("xl"), theme.space("m")
        self._column.setContentsMargins(side, edge, side, 0)
        self.hide()

    def text(self) -> str:
        """Return the sentence that is shown, "" for none."""
        return self._notice.text() if self._notice is not None else ""

    def tell(self, text: str, action_text: str = "", action: Callable[[], object] | None = None) -> None:
        """Show a sentence, in place of the one before, with a link to what can be done about it."""
        self.clear()
        notice = Notice(text, NoticeKind.DANGER)
        if action is not None:
            wanted = action
            link = notice.add_link(action_text)
            link.clicked.connect(lambda: self._act(wanted))
        notice.add_link(tr("Close")).clicked.connect(self.clear)
        self._notice = notice
        self._column.addWidget(notice)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(notice, text))

    def clear(self) -> None:
        """Show nothing."""
        if self._notice is not None:
            self._column.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
        self.hide()

    def _act(self, action: Callable[[], object]) -> None:
        self.clear()
        action()
