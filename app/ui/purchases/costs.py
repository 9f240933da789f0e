"""What purchases on debts really cost, worked out in the background and remembered while nothing changes."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.purchases import Purchase
from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.ui.session import Session

if TYPE_CHECKING:
    from app.services.real_cost import DebtInterest, RealCost

_AREAS = frozenset({Area.DEBTS, Area.SCENARIOS, Area.PROFILE})


class RealCosts(QObject):
    """Tells what a purchase costs with interest; `changed` says that it may be another amount now."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known: dict[tuple[int, dt.date], DebtInterest] = {}
        self._asked = 0
        session.bridge.changed.connect(self._data_changed)

    def ask(self, purchase: Purchase, show: "Callable[[RealCost], object]") -> None:
        """Hand the cost of a purchase that was bought on a debt to `show`, now or when it is worked out.

        Of several purchases asked for, only the last one is told.
        """
        self._asked += 1
        debt, ledger, asked = purchase.debt, self._session.ledger, self._asked
        if debt is None:
            return
        key = (debt.id, ledger.today())

        def read(_interrupt: Interrupt) -> "DebtInterest | None":
            from app.services.real_cost import interest_on

            return interest_on(ledger, debt.id)

        def take(interest: "DebtInterest | None") -> None:
            from app.services.real_cost import with_interest

            if interest is not None and asked == self._asked:
                self._known[key] = interest
                show(with_interest(purchase, interest))

        if key in self._known:
            take(self._known[key])
        else:
            self._session.bridge.read(read, take, key=self)

    def _data_changed(self, change: Change) -> None:
        if change.areas & _AREAS:
            self._asked += 1
            self._known.clear()
            self.changed.emit()
