"""The popup that asks within how many days a warranty is to end."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.warranties.filters import LONGEST_DAYS
from app.ui.i18n import tr
from app.ui.records.ranges import RangePopup
from app.ui.widgets.button import default
from app.ui.widgets.fields import NumberField
from app.ui.widgets.form import FormField

_USUAL = (7, 30, 90, 365)


class WithinPopup(RangePopup[int]):
    """A number of days, with the usual ones a click away."""

    def __init__(self, days: int, chosen: Callable[[int], object], parent: QWidget) -> None:
        super().__init__(tr("Expiring within"), chosen, parent)
        self.days = NumberField(1, LONGEST_DAYS, tr(" days"))
        self.days.setValue(days)
        self.days.lineEdit().returnPressed.connect(self.apply)
        self.column.addWidget(FormField(tr("Ends within"), self.days))
        row = QHBoxLayout()
        for number in _USUAL:
            usual = default(str(number), compact=True)
            usual.setAccessibleName(tr("Within {n} days").format(n=number))
            usual.clicked.connect(lambda _on=False, number=number: self._take(number))
            row.addWidget(usual)
        self.column.addLayout(row)
        self.add_button()

    def focus_first(self) -> None:
        """Begin in the field, its number selected."""
        self.days.setFocus(Qt.FocusReason.PopupFocusReason)
        self.days.selectAll()

    def entered(self) -> int:
        """Return the number of days."""
        return self.days.value()

    def _take(self, number: int) -> None:
        self.days.setValue(number)
        self.apply()
