"""What the figures entered for a debt come to this month, and what is doubtful about them."""

import datetime as dt
from dataclasses import dataclass

from app.domain.debts import Debt, check
from app.domain.debts.minimum import NOTHING_DUE
from app.domain.money import Money
from app.ui import formats
from app.ui.debts.figures import as_if_owed, interest_of, minimum_of, rate_now
from app.ui.i18n import tr

_FIGURES = frozenset({"apr", "promo_apr", "promo_ends_on", "minimum"})


@dataclass(frozen=True, slots=True)
class Outlook:
    """This month's minimum payment of a debt, and its interest, in minor units."""

    debt: Debt
    minimum: int
    interest: int

    @property
    def preview(self) -> str:
        """Say what the minimum is, and how much of it is interest; "" where there is neither."""
        if not self.minimum:
            words = tr("Nothing is due this month, and {interest} of interest is added to the balance.")
            return words.format(interest=self._money(self.interest)) if self.interest else ""
        words = tr("This month: {minimum}, of which {interest} is interest.")
        return words.format(
            minimum=self._money(self.minimum), interest=self._money(min(self.interest, self.minimum))
        )

    @property
    def doubt(self) -> str:
        """Say that the minimum does not cover the interest; "" where it does, or where nothing is asked for."""
        if self.debt.minimum == NOTHING_DUE or self.minimum >= self.interest:
            return ""
        words = tr(
            "This is less than the month's interest of {interest}; the debt grows. You can still save."
        )
        return words.format(interest=self._money(self.interest))

    def _money(self, minor: int) -> str:
        return formats.money(Money(minor, self.debt.currency))


def outlook_of(draft: Debt, balance: int | None, today: dt.date) -> Outlook | None:
    """Return what a debt comes to with a balance; None while its rates and minimum cannot be right."""
    if not balance or any(problem.field in _FIGURES for problem in check(draft)):
        return None
    debt = as_if_owed(draft, balance)
    return Outlook(debt, minimum_of(debt, today), interest_of(balance, rate_now(debt, today)))
