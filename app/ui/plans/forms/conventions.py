"""The dialog that says by which conventions a plan is worked out."""

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.domain.debts.plan import Compounding, Conventions, Rounding, Timing
from app.ui.i18n import tr
from app.ui.records.entries import ChoiceEntry
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind
from app.ui.widgets.paragraph import Paragraph

_WIDTH = 420


class ConventionsDialog(QDialog):
    """What published calculators differ in."""

    def __init__(self, held: Conventions, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("How the plan is worked out"))
        self.compounding = ChoiceEntry(
            tr("Interest"),
            [
                (Compounding.MONTHLY.value, tr("A twelfth of the annual rate each month")),
                (Compounding.DAILY.value, tr("Compounded daily")),
            ],
        )
        self.rounding = ChoiceEntry(
            tr("Rounding of a month’s interest"),
            [
                (Rounding.HALF_UP.value, tr("Half up, to the smallest unit of the currency")),
                (Rounding.HALF_EVEN.value, tr("Half to even, to the smallest unit of the currency")),
                (Rounding.NONE.value, tr("None; figures are rounded when they are shown")),
            ],
        )
        self.timing = ChoiceEntry(
            tr("Order within a month"),
            [
                (Timing.INTEREST_FIRST.value, tr("Interest, then the payment")),
                (Timing.PAYMENT_FIRST.value, tr("The payment, then interest")),
            ],
        )
        self.rollover = QCheckBox(tr("Money that a paid-off debt sets free goes to the next one"))
        self.compounding.set_value(held.compounding.value)
        self.rounding.set_value(held.rounding.value)
        self.timing.set_value(held.timing.value)
        self.rollover.setChecked(held.rollover)
        self._lay_out()

    def conventions(self) -> Conventions:
        """Return what was chosen."""
        return Conventions(
            Compounding(self.compounding.value()),
            Rounding(self.rounding.value()),
            Timing(self.timing.value()),
            self.rollover.isChecked(),
        )

    def _lay_out(self) -> None:
        look = theme.current()
        buttons = QDialogButtonBox()
        take = buttons.addButton(tr("Use these"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_kind(take, ButtonKind.PRIMARY)
        cancel = buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(cancel, ButtonKind.DEFAULT)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        side = look.space("xl")
        column.setContentsMargins(side, look.space("l"), side, look.space("l"))
        column.setSpacing(look.space("m"))
        column.addWidget(
            Paragraph(tr("Calculators and banks differ in these. They are saved with the scenario."))
        )
        for field in (self.compounding, self.rounding, self.timing):
            column.addWidget(field)
        column.addWidget(self.rollover)
        column.addWidget(buttons)
        self.setMinimumWidth(look.px(_WIDTH))
