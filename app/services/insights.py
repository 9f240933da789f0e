"""What can be said about the ledger's debts, worked out from today's balances and the scenarios in use."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from app.domain.debts import Debt, DebtFilter
from app.domain.debts.engine import monthly_total
from app.domain.debts.insights import Basis, Insight, against_plan, insights, next_step, with_more
from app.domain.debts.plan import Plan, PlanInput
from app.domain.debts.scenario import NewRate, Scenario
from app.domain.debts.search import best
from app.domain.debts.strategies import BEST
from app.domain.months import Month
from app.domain.problems import Refused
from app.services import debts, plans, scenarios
from app.services.ledger import Ledger

Check = Callable[[], None]

__all__ = ["insights_of"]


def insights_of(
    ledger: Ledger, scenario: Scenario | None = None, check: Check | None = None
) -> list[Insight]:
    """Return what can be said about the debts of a scenario's currency, as if it were followed from today on.

    Without a scenario it is about all currencies and the scenarios in use; where none is, about avalanche with
    the profile's monthly budget. `check` raises to cancel.
    """
    wanted = [scenario.currency] if scenario else plans.currencies(ledger)
    found: list[Insight] = []
    for currency in wanted:
        followed = scenario or scenarios.in_use(ledger, currency)
        owed = debts.all_debts(ledger, DebtFilter(currency=currency))
        found += _of_today(ledger, currency, followed, owed, check)
        if followed is not None:
            found += _against_plan(ledger, followed, owed, check)
    return found


def _of_today(
    ledger: Ledger, currency: str, followed: Scenario | None, owed: list[Debt], check: Check | None
) -> list[Insight]:
    given = _given(ledger, currency, followed)
    if not given.debts:
        return []
    try:
        plan = _plan(given, followed, check)
    except Refused:
        # Its budget no longer covers the minimums: from today as if no scenario was followed.
        given, followed = plans.todays_input(ledger, currency), None
        plan = _plan(given, None, check)
    amount = next_step(given, currency)
    more = _plan(with_more(given, amount), followed, check)
    basis = Basis(
        plan.strategy, given.start, monthly_total(given), followed.name if followed else "", _newest(owed)
    )
    return insights(plan, more, amount, currency, basis)


def _given(ledger: Ledger, currency: str, followed: Scenario | None) -> PlanInput:
    if followed is None:
        return plans.todays_input(ledger, currency)
    given = plans.todays_input(
        ledger,
        currency,
        extra=followed.extra if followed.budget is None else None,
        budget=followed.budget,
        conventions=followed.conventions,
    )
    known = {debt.identity for debt in given.debts}
    return replace(
        given,
        one_offs=tuple(
            one for one in followed.one_offs if one.month >= given.start and one.debt in {None, *known}
        ),
        pauses=tuple(pause for pause in followed.pauses if pause.first >= given.start),
    )


def _plan(given: PlanInput, followed: Scenario | None, check: Check | None) -> Plan:
    strategy = followed.strategy if followed else plans.DEFAULT_STRATEGY
    if strategy == BEST:
        return best(given, check=check).plan
    return plans.compute(given, [strategy], followed.custom if followed else ())[0]


def _newest(owed: list[Debt]) -> date | None:
    return max((debt.balance_on for debt in owed if debt.balance_on), default=None)


def _against_plan(
    ledger: Ledger, followed: Scenario, owed: list[Debt], check: Check | None
) -> Iterator[Insight]:
    """Compare with the newest version of a scenario that has begun, unless its debts are others by now."""
    present = Month.of(ledger.today())
    begun = [version for version in scenarios.versions(ledger, followed.id) if version.start <= present]
    if not begun or not all(isinstance(what_if, NewRate) for what_if in begun[0].what_ifs):
        return
    balances = {str(debt.uuid): debt.balance for debt in owed}
    if not all(debt.identity in balances for debt in begun[0].debts):
        return
    plan = _plan(plans.input_of(begun[0]), begun[0], check)
    actual = sum(balances[debt.identity] for debt in begun[0].debts)
    basis = Basis(plan.strategy, plan.input.start, monthly_total(plan.input), followed.name, _newest(owed))
    compared = against_plan(plan, present, actual, followed.currency, basis)
    if compared is not None:
        yield compared
