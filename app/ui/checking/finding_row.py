"""One thing that is wrong: what, where, and the buttons that mend it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.services.check import Finding, Way, ways
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.label import Label

_ICON = 16


class FindingRow(QWidget):
    """Says what is wrong; `wanted` carries the `Way` of the button that was pressed."""

    wanted = Signal(object)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        look = theme.current()
        self.finding = finding
        icon, color = ("triangle-alert", "warning") if finding.mendable else ("circle-alert", "danger")
        picture = QLabel()
        picture.setPixmap(look.icons.pixmap(icon, color, look.px(_ICON), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(look.space("xs"))
        words.addWidget(Label(finding.what, "bodyStrong", wrap=True))
        words.addWidget(Label(finding.where, "small", "secondary", wrap=True))
        words.addWidget(Label(finding.repair, "body", "secondary", wrap=True))
        self.buttons = [self._button(way) for way in ways(finding)]
        beside = QVBoxLayout()
        beside.setSpacing(look.space("xs"))
        for button in self.buttons:
            beside.addWidget(button)
        beside.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.space("m"), look.space("m"), look.space("m"))
        row.setSpacing(look.space("m"))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(beside)
        self.setAccessibleName(f"{finding.what} {finding.where}. {finding.repair}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line between this and the next."""
        with QPainter(self) as painter:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.current().color("border"))

    def _button(self, way: Way) -> QPushButton:
        made = default(_verb(way, self.finding), compact=True)
        made.setAutoDefault(False)
        made.setAccessibleDescription(self.finding.what)
        made.clicked.connect(partial(self._press, way))
        return made

    def _press(self, way: Way, _checked: bool = False) -> None:
        self.wanted.emit(way)


def _verb(way: Way, finding: Finding) -> str:
    if way is Way.MEND:
        others = ways(finding)
        if Way.RESTORE in others:
            return tr("Keep as it is")
        return tr("Mark only") if Way.FILES in others else tr("Repair")
    return {
        Way.SALVAGE: tr("Salvage…"),
        Way.FILES: tr("From a backup…"),
        Way.RESTORE: tr("Restore a backup…"),
    }[way]
