"""The dialog around the form of a debt: new or edited."""

from app.domain.debts import Debt
from app.services import debts
from app.services.changes import Command
from app.ui.debts.form.form import DebtForm
from app.ui.i18n import tr
from app.ui.records.dialog import RecordDialog
from app.ui.records.purpose import Purpose
from app.ui.session import Session

_SIZE = (600, 540)


class DebtDialog(RecordDialog):
    """Enters a debt and saves it."""

    def __init__(self, session: Session, purpose: Purpose = Purpose.NEW, debt: Debt | None = None) -> None:
        super().__init__(session, tr("New debt") if purpose is Purpose.NEW else tr("Edit debt"))
        self._purpose = purpose
        self.form = DebtForm(session.ledger.today, new=purpose is Purpose.NEW)
        self.assemble(self.form, self.form, _SIZE, another=purpose is Purpose.NEW)
        self.form.show_debt(debt or self._blank(), blank=debt is None)
        self.settle()

    def command(self) -> Command | None:
        """Return what adds or changes the debt."""
        debt = self.form.debt()
        if debt is None:
            return None
        if self._purpose is Purpose.EDIT:
            return debts.replace_with(debt)
        owed_today = self.form.owed_today()
        return debts.add(debt, owed_today, None if owed_today is None else self.session.ledger.today())

    def begin_another(self) -> str:
        """Begin another debt in the same currency."""
        entered = self.form.debt()
        if entered is None:
            return ""
        self.form.show_debt(self._blank(entered.currency), blank=True)
        return tr("“{name}” is saved.").format(name=entered.name)

    def _blank(self, currency: str = "") -> Debt:
        profile = self.session.ledger.profile
        return Debt("", currency or profile.currency, 0, self.session.ledger.today())
