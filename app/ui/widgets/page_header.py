"""The head of a page: its title, a grey line beside it and the page's controls at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.theme import theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label

_BELOW = 12


class PageHeader(QWidget):
    """Title, subtitle on the same baseline, controls; the page's margins are inside."""

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._title = Label(title, "title")
        self._subtitle = ElidedLabel(subtitle, tone="secondary", tabular=True)
        self._words = QHBoxLayout()
        self._words.setSpacing(14)
        self._words.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBottom)
        self._words.addWidget(self._subtitle, 1, Qt.AlignmentFlag.AlignBottom)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.space("xl"), look.space("l"), look.space("xl"), _BELOW)
        self._row.setSpacing(look.space("s"))
        self._row.addLayout(self._words, 1)
        self._row.setAlignment(self._words, Qt.AlignmentFlag.AlignVCenter)
        self._restyle()
        look.changed.connect(self._restyle)

    def title(self) -> str:
        """Return the title."""
        return self._title.text()

    def title_width(self) -> int:
        """Return the room that the title needs."""
        return self._title.sizeHint().width()

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)

    def subtitle(self) -> str:
        """Return the grey line."""
        return self._subtitle.text()

    def set_subtitle(self, subtitle: str) -> None:
        """Change the grey line, "" for none."""
        self._subtitle.setText(subtitle)

    def add_beside(self, control: QWidget) -> None:
        """Add a control beside the title; the title then stands in the middle of the row, as controls do."""
        self._words.setSpacing(theme.current().space("s"))
        self._title.setContentsMargins(0, 0, theme.current().space("m"), 0)
        self._words.setAlignment(self._title, Qt.AlignmentFlag.AlignVCenter)
        self._words.insertWidget(self._words.count() - 1, control, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_control(self, control: QWidget) -> None:
        """Add a control at the right."""
        self._row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def _restyle(self) -> None:
        self.setMinimumHeight(theme.current().size("control") + theme.current().space("l") + _BELOW)
        title, subtitle = self._title.fontMetrics(), self._subtitle.fontMetrics()
        around = max(self._title.minimumHeight() - title.height(), 0) // 2
        # The subtitle's own line height would lift it off the title's baseline.
        self._subtitle.setMinimumHeight(0)
        self._subtitle.setContentsMargins(0, 0, 0, max(around + title.descent() - subtitle.descent(), 0))
