"""The field that says on which debt something was bought."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from app.domain.purchases import DebtReference
from app.ui.i18n import tr
from app.ui.widgets.form import FormField


class DebtChoice(QComboBox):
    """The debts by their names, below "None"."""

    def __init__(self, debts: Sequence[DebtReference] = ()) -> None:
        super().__init__()
        # Names may be long, and the list that opens is as wide as they need.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.addItem(tr("None"), None)
        self.offer(debts)

    def debt(self) -> DebtReference | None:
        """Return the debt that is chosen."""
        chosen = self.currentData()
        return chosen if isinstance(chosen, DebtReference) else None

    def offer(self, debts: Sequence[DebtReference]) -> None:
        """Offer other debts; what is chosen stays so, under the name that it has now."""
        chosen = self.debt()
        self.blockSignals(True)
        while self.count() > 1:
            self.removeItem(self.count() - 1)
        for debt in debts:
            self.addItem(debt.name, debt)
        self.choose(chosen)
        self.blockSignals(False)

    def choose(self, debt: DebtReference | None) -> None:
        """Choose a debt or none; one that is not offered, as it was deleted or is not read yet, is added."""
        at = 0
        if debt is not None:
            ids = [getattr(self.itemData(row), "id", 0) for row in range(self.count())]
            if debt.id not in ids:
                self.addItem(debt.name, debt)
                ids.append(debt.id)
            at = ids.index(debt.id)
        self.setCurrentIndex(at)


class DebtEntry(FormField):
    """The debt that a purchase was bought on, or none."""

    def __init__(self) -> None:
        self.combo = DebtChoice()
        super().__init__(
            tr("Bought on debt"), self.combo, help_text=tr("Shows what it costs with the debt’s interest")
        )

    def value(self) -> DebtReference | None:
        """Return the chosen debt."""
        return self.combo.debt()

    def set_value(self, debt: DebtReference | None) -> None:
        """Choose a debt, or none."""
        self.combo.choose(debt)
        self.clear_message()
