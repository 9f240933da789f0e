"""The large amount of the detail pane, with its pills beside it or, where there is no room, below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.ui.tables.cells import PillSpec
from app.ui.theme import theme
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill, pill_size

_GAP = 6


class AmountRow(QWidget):
    """An amount at the left and pills at the right."""

    def __init__(self, amount: str, pills: Sequence[PillSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pills = list(pills)
        self._beside: bool | None = None
        self._amount = Label(amount, "metric", tabular=True)
        self._amount.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._holder = QWidget()
        flow = FlowLayout(self._holder, gap=_GAP, line_gap=4)
        for pill in pills:
            flow.addWidget(Pill(pill.text, pill.kind, pill.icon))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._holder.setSizePolicy(policy)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.current().space("s"))
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._amount, 0, 0)
        self._place(beside=True)
        self.setMinimumWidth(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pills where there is room for them."""
        super().resizeEvent(event)
        pills = sum(pill_size(pill.text, pill.icon).width() + _GAP for pill in self._pills)
        needed = self._amount.sizeHint().width() + self._grid.horizontalSpacing() + pills - _GAP
        self._place(beside=needed <= self.width())

    def _place(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        self._grid.removeWidget(self._holder)
        if beside:
            self._grid.addWidget(self._holder, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._grid.addWidget(self._holder, 1, 0, 1, 2)
