"""What the detail pane shows of a debt besides its balance, read in one go."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.debts import BalanceEntry, Debt, Payment
from app.domain.months import Month
from app.services import bought_on, debts
from app.services.ledger import Ledger
from app.ui import formats
from app.ui.debts.figures import minimum_of, next_due
from app.ui.debts.words import amount, minimum_text, promotion_text
from app.ui.i18n import tr, tr_n
from app.ui.records.facts import Facts


@dataclass(frozen=True, slots=True)
class Detail:
    """A debt with its history, oldest first, and its payments by their ids, as they stand on a day.

    `bought` is how many purchases were bought on it.
    """

    debt: Debt
    history: tuple[BalanceEntry, ...]
    payments: Mapping[int, Payment]
    minimum: int
    next_due: dt.date | None
    today: dt.date
    bought: int


def read_detail(ledger: Ledger, id: int) -> Detail | None:
    """Return a debt with its history, or None when it is gone. To be called on a reader thread."""
    debt = debts.get(ledger, id)
    if debt is None:
        return None
    today = ledger.today()
    return Detail(
        debt,
        tuple(debts.history(ledger, id)),
        {payment.id: payment for payment in debts.payments(ledger, id)},
        minimum_of(debt, today),
        next_due(debt, today),
        today,
        bought_on.counts(ledger).get(id, 0),
    )


def payoff_text(debt: Debt, payoffs: Mapping[int, Month | None] | None) -> str:
    """Return when the plan in use has paid a debt off; "" where it does not say."""
    if debt.paid_off_on is not None:
        return formats.date(debt.paid_off_on)
    if payoffs is None or debt.id not in payoffs:
        return ""
    month = payoffs[debt.id]
    return tr("never, by the plan in use") if month is None else formats.month(month.first_day)


def facts_of(detail: Detail, payoff: str, show_bought: Callable[[], object]) -> Facts:
    """Return the list of facts about a debt; `show_bought` shows the purchases that were bought on it."""
    debt, today = detail.debt, detail.today
    facts = Facts()
    facts.add(tr("APR"), formats.rate(debt.apr), tabular=True)
    facts.add(tr("Promotion"), promotion_text(debt, today), tabular=True)
    facts.add(tr("Minimum"), minimum_text(debt.minimum, debt.currency), tabular=True)
    if debt.due_day is not None:
        facts.add(tr("Due day"), tr("day {n} of the month").format(n=debt.due_day), tabular=True)
    facts.add(tr("Paid off") if debt.paid_off_on else tr("Debt-free"), payoff, tabular=True)
    facts.add(tr("Credit limit"), _limit_text(debt), tabular=True)
    facts.add(tr("Owed since"), formats.date(debt.opened_on), tabular=True)
    if debt.rank is not None:
        facts.add(tr("Own order"), formats.count(debt.rank), tabular=True)
    if detail.bought:
        facts.add_link(tr("Bought on it"), tr_n("{n} purchase", "{n} purchases", detail.bought), show_bought)
    facts.add(tr("Notes"), debt.notes)
    return facts


def _limit_text(debt: Debt) -> str:
    used = debt.utilisation
    if debt.credit_limit is None or used is None:
        return ""
    words = tr("{limit}, {share} used")
    return words.format(limit=amount(debt.credit_limit, debt), share=formats.share(used))
