"""What a purchase on a debt really costs: its price, and the interest that the plan in use pays on it."""

from dataclasses import dataclass
from fractions import Fraction

from app.domain.debts.engine import BudgetTooLow
from app.domain.money import Money
from app.domain.problems import Refused
from app.domain.purchases import Purchase
from app.services import debts, plans, scenarios
from app.services.ledger import Ledger

__all__ = ["DebtInterest", "RealCost", "interest_on", "real_cost", "with_interest"]


@dataclass(frozen=True, slots=True)
class DebtInterest:
    """What interest is still to be paid on a debt.

    `share` is that interest as a share of what is owed, None where there is no telling: the plan never pays the
    debt off (`never`), it leaves the debt out or replaces it (`left_out`), or it cannot be made, for the reason in
    `refusal`.
    `scenario` names the scenario in use, "" where the plan is avalanche from today's balances.
    """

    share: Fraction | None
    scenario: str = ""
    paid_off: bool = False
    never: bool = False
    left_out: bool = False
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class RealCost:
    """What a purchase costs: the price after refunds, and the interest on it, None where `source` cannot tell it.

    Every unit owed on a debt is taken to bear the same interest from now until the debt is paid off; interest that
    was paid before is not in it. The share is the same for a purchase in another currency than the debt.
    """

    price: Money
    interest: Money | None
    source: DebtInterest

    @property
    def total(self) -> Money | None:
        """The price with its interest."""
        return None if self.interest is None else self.price + self.interest


def interest_on(ledger: Ledger, debt_id: int) -> DebtInterest | None:
    """Return what interest is still to be paid on a debt, None when the debt is gone.

    That takes as long as working out the plan in use.
    """
    debt = debts.get(ledger, debt_id)
    if debt is None:
        return None
    if debt.balance == 0:
        return DebtInterest(Fraction(0), paid_off=True)
    scenario = scenarios.in_use(ledger, debt.currency)
    name = "" if scenario is None else scenario.name
    try:
        if scenario is not None and str(debt.uuid) not in {one.key for one in plans.input_of(scenario).debts}:
            return DebtInterest(None, name, left_out=True)
        share = plans.interest_share(ledger, debt_id)
    except BudgetTooLow as low:
        return DebtInterest(None, name, refusal=low.in_words(debt.currency))
    except Refused as refusal:
        return DebtInterest(None, name, refusal=str(refusal))
    return DebtInterest(share, name, never=share is None)


def with_interest(purchase: Purchase, interest: DebtInterest) -> RealCost:
    """Return what a purchase on a debt with such interest costs; a fraction of a minor unit is rounded half up."""
    price = Money(purchase.net, purchase.currency)
    if interest.share is None:
        return RealCost(price, None, interest)
    borne = (2 * purchase.net * interest.share.numerator + interest.share.denominator) // (
        2 * interest.share.denominator
    )
    return RealCost(price, Money(borne, purchase.currency), interest)


def real_cost(ledger: Ledger, purchase: Purchase) -> RealCost | None:
    """Return what a purchase costs with interest, None where it was bought on no debt."""
    interest = None if purchase.debt is None else interest_on(ledger, purchase.debt.id)
    return None if interest is None else with_interest(purchase, interest)
