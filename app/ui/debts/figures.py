"""Figures of debts that follow from the day: what is due when, this month's interest and minimum."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.domain.debts import Debt
from app.domain.debts.engine import first_minimums
from app.domain.debts.plan import PlanInput
from app.domain.months import Month
from app.services import plans

LAST_DAY = 31
"""The due day that is the last of every month."""
_MONTHS, _HUNDRED = 12, 100


@dataclass(frozen=True, slots=True)
class DebtRow:
    """A debt as the list shows it; `minimum` is this month's in minor units, None where nothing is owed."""

    debt: Debt
    minimum: int | None
    next_due: date | None

    @property
    def id(self) -> int:
        """The debt's id in the ledger."""
        return self.debt.id


def rows_of(debts: Sequence[Debt], today: date) -> list[DebtRow]:
    """Return debts with the figures of a day."""
    owed = [debt for debt in debts if debt.balance > 0]
    dues = dict(zip((debt.id for debt in owed), minimums(owed, today), strict=True))
    return [DebtRow(debt, dues.get(debt.id), next_due(debt, today)) for debt in debts]


def minimums(owed: Sequence[Debt], today: date) -> list[int]:
    """Return what the creditors of debts that are owed ask for in this month, in minor units."""
    month = Month.of(today)
    return first_minimums(PlanInput(plans.plan_debts(owed, month), month)) if owed else []


def minimum_of(debt: Debt, today: date) -> int:
    """Return what the creditor of one debt asks for in this month, in minor units."""
    return sum(minimums([debt], today)) if debt.balance > 0 else 0


def next_due(debt: Debt, today: date) -> date | None:
    """Return the coming due day, today included; None where there is none or nothing is owed."""
    if debt.due_day is None or debt.paid_off_on is not None:
        return None
    return coming_day(debt.due_day, today)


def coming_day(due_day: int, today: date) -> date:
    """Return the next day of that number, today included; in a shorter month it is the last day."""
    month = Month.of(today)
    day = month.day(due_day)
    return day if day >= today else month.plus(1).day(due_day)


def instalments_left(last: date, due_day: int | None, today: date) -> int:
    """Return how many instalments are still to come up to the last one."""
    return max(_first_instalment(due_day, today).until(Month.of(last)) + 1, 0)


def last_instalment(months: int, due_day: int | None, today: date) -> date:
    """Return the day of the last of so many instalments."""
    month = _first_instalment(due_day, today).plus(months - 1)
    return month.day(due_day or LAST_DAY)


def _first_instalment(due_day: int | None, today: date) -> Month:
    return Month.of(coming_day(due_day, today)) if due_day else Month.of(today).plus(1)


def interest_of(balance: int, apr: Decimal) -> int:
    """Return a month's interest on a balance, in minor units."""
    interest = Decimal(balance) * apr / (_HUNDRED * _MONTHS)
    return int(interest.quantize(Decimal(1), ROUND_HALF_UP))


def rate_now(debt: Debt, today: date) -> Decimal:
    """Return the rate in force on a day, in per cent a year."""
    if debt.promo_apr is not None and debt.promo_ends_on is not None and today <= debt.promo_ends_on:
        return debt.promo_apr
    return debt.apr


def as_if_owed(debt: Debt, balance: int) -> Debt:
    """Return a debt with another balance, to see what would then be due."""
    return replace(debt, balance=balance, paid_off_on=None)
