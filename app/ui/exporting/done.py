"""What an export wrote, with a way to look at it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.services.exporting import ExportReport
from app.ui import formats
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label

_ICON = 24


class DonePage(QWidget):
    """Says how many records went into which file, and offers to open it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        icon = QLabel()
        icon.setPixmap(look.icons.pixmap("circle-check", "success", look.px(_ICON), self.devicePixelRatioF()))
        self._title = Label("", "subtitle")
        self._path = ElidedLabel("", mode=Qt.TextElideMode.ElideMiddle)
        self._facts = Label("", "small", "secondary", tabular=True)
        self.open_button = default(tr("&Open"), "external-link")
        self.folder_button = default(tr("Show in &folder"), "folder-open")
        for made in (self.open_button, self.folder_button):
            made.setAutoDefault(False)
        words = QVBoxLayout()
        words.setSpacing(look.space("xs"))
        for line in (self._title, self._path, self._facts):
            words.addWidget(line)
        head = QHBoxLayout()
        head.setSpacing(look.space("m"))
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.space("s"))
        buttons.setContentsMargins(look.px(_ICON) + look.space("m"), 0, 0, 0)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("l"))
        column.addLayout(head)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_report(self, report: ExportReport, counted: str) -> None:
        """Show what was written; `counted` is the number of records in words."""
        self._title.setText(tr("Exported {records}").format(records=counted))
        path = Path(report.path)
        self._path.setText(str(path))
        self._facts.setText(
            tr("{format} · {size}").format(
                format=path.suffix.removeprefix(".").upper(), size=formats.file_size(report.bytes)
            )
        )

    def text(self) -> str:
        """Return what the page says."""
        return f"{self._title.text()}\n{self._path.text()}\n{self._facts.text()}"
