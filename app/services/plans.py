"""Payoff plans of the ledger's debts: from what is owed today, and by the scenarios that were saved."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from app.domain.debts import Debt, DebtFilter, LedgerMinimum, TermEnd, TermMinimum
from app.domain.debts.engine import first_minimums, run, schedule
from app.domain.debts.minimum import Minimum
from app.domain.debts.plan import USUAL, Conventions, OneOff, Order, Pause, Plan, PlanDebt, PlanInput
from app.domain.debts.scenario import Scenario
from app.domain.debts.strategies import BEST, STRATEGIES, compare
from app.domain.debts.whatif import apply
from app.domain.months import Month
from app.services import debts, scenarios
from app.services.ledger import Ledger

DEFAULT_STRATEGY = "avalanche"


def plan_debts(given: Iterable[Debt], start: Month) -> tuple[PlanDebt, ...]:
    """Return the debts that are still owed as a plan from a month on sees them, in the order given.

    A month has the promotional rate if it ends while the promotion lasts. A fixed term has as many instalments left
    as there are months from `start` to the last one.
    """
    return tuple(_plan_debt(debt, start) for debt in given if debt.balance > 0)


def _plan_debt(debt: Debt, start: Month) -> PlanDebt:
    return PlanDebt(
        name=debt.name,
        balance=debt.balance,
        apr=debt.apr,
        minimum=_minimum(debt.minimum, start),
        promo_apr=debt.promo_apr,
        promo_months=_promo_months(debt.promo_ends_on, start),
        credit_limit=debt.credit_limit,
        rank=debt.rank,
        key=str(debt.uuid),
    )


def _minimum(rule: LedgerMinimum, start: Month) -> Minimum:
    if isinstance(rule, TermEnd):
        return TermMinimum(max(start.until(Month.of(rule.last_instalment)) + 1, 1))
    return rule


def _promo_months(ends_on: date | None, start: Month) -> int:
    if ends_on is None:
        return 0
    last = Month.of(ends_on)
    if ends_on < last.last_day:
        last = last.plus(-1)
    return max(start.until(last) + 1, 0)


def next_month(ledger: Ledger) -> Month:
    """Return the month that a plan made today begins with: the coming one."""
    return Month.of(ledger.today()).plus(1)


def currencies(ledger: Ledger) -> list[str]:
    """Return the currencies in which something is owed, the profile's own first."""
    owed = [total.currency for total in debts.totals(ledger, DebtFilter(paid_off=False)) if total.balance]
    return sorted(owed, key=lambda currency: (currency != ledger.profile.currency, currency))


def todays_debts(ledger: Ledger, currency: str, start: Month | None = None) -> tuple[PlanDebt, ...]:
    """Return what is owed in a currency today, by name, as a plan from `start` (the coming month) on sees it."""
    owed = debts.all_debts(ledger, DebtFilter(currency=currency, paid_off=False))
    return plan_debts(owed, start or next_month(ledger))


def todays_input(
    ledger: Ledger,
    currency: str,
    *,
    extra: int | None = None,
    budget: int | None = None,
    start: Month | None = None,
    one_offs: Sequence[OneOff] = (),
    pauses: Sequence[Pause] = (),
    conventions: Conventions = USUAL,
) -> PlanInput:
    """Return what a plan from today's balances follows from; `extra` and `budget` are in minor units.

    With neither of the two, the extra is what the profile's monthly budget leaves beyond the minimums.
    """
    first = start or next_month(ledger)
    given = PlanInput(
        todays_debts(ledger, currency, first),
        first,
        extra or 0,
        budget,
        tuple(one_offs),
        tuple(pauses),
        conventions,
    )
    if extra is None and budget is None:
        given = PlanInput(
            given.debts,
            first,
            usual_extra(ledger, currency, given),
            None,
            given.one_offs,
            given.pauses,
            conventions,
        )
    return given


def usual_extra(ledger: Ledger, currency: str, given: PlanInput) -> int:
    """Return what the profile's monthly budget leaves beyond the minimums of a plan, in minor units."""
    budget = ledger.profile.debt_budget
    if budget is None or currency != ledger.profile.currency:
        return 0
    return max(budget - sum(first_minimums(given)), 0)


def input_of(scenario: Scenario) -> PlanInput:
    """Return what a scenario's plan follows from: its own snapshot with its what-ifs. Raises `Refused`."""
    given = PlanInput(
        scenario.debts,
        scenario.start,
        scenario.extra,
        scenario.budget,
        scenario.one_offs,
        scenario.pauses,
        scenario.conventions,
    )
    return apply(given, scenario.what_ifs)


def order_of(given: PlanInput, strategy: str, custom: Sequence[str] = ()) -> Order:
    """Return the order in which a strategy pays debts off; `custom` is the user's own, by identities."""
    if strategy == "custom" and custom:
        places = {identity: place for place, identity in enumerate(custom)}
        ranked = STRATEGIES["custom"].order(given)
        return tuple(sorted(ranked, key=lambda index: places.get(given.debts[index].identity, len(places))))
    return STRATEGIES[strategy].order(given)


def compute(given: PlanInput, keys: Sequence[str], custom: Sequence[str] = ()) -> list[Plan]:
    """Return the plans of strategies, in the order asked for; not of "best", which is a search. Raises `Refused`."""
    if not custom or "custom" not in keys:
        return compare(given, keys)
    others = iter(compare(given, [key for key in keys if key != "custom"]))
    own = run(given, order_of(given, "custom", custom), strategy="custom")
    return [own if key == "custom" else next(others) for key in keys]


def plan_of(scenario: Scenario) -> Plan:
    """Return a scenario's plan, the same whenever it is asked for. Raises `Refused`."""
    given = input_of(scenario)
    if scenario.strategy == BEST:
        from app.domain.debts.search import best

        return best(given).plan
    return compute(given, [scenario.strategy], scenario.custom)[0]


def plan_in_use(ledger: Ledger, currency: str) -> Plan | None:
    """Return the plan that the user follows for a currency.

    That is the scenario in use, or else avalanche from today's balances; None when nothing is owed.
    Raises `Refused`.
    """
    scenario = scenarios.in_use(ledger, currency)
    if scenario is not None:
        return plan_of(scenario)
    given = todays_input(ledger, currency)
    return compare(given, [DEFAULT_STRATEGY])[0] if given.debts else None


def payoff_months(ledger: Ledger) -> dict[int, Month | None]:
    """Return the month in which each debt is paid off by the plan in use, by the debt's id; None is never.

    Debts that the plan does not know are left out. Raises `Refused`.
    """
    by_key = {str(debt.uuid): debt.id for debt in debts.all_debts(ledger, DebtFilter(paid_off=False))}
    found: dict[int, Month | None] = {}
    for currency in currencies(ledger):
        plan = plan_in_use(ledger, currency)
        if plan is None:
            continue
        for debt, number in zip(plan.input.debts, plan.payoffs, strict=True):
            if debt.key in by_key:
                found[by_key[debt.key]] = None if number is None else plan.month(number)
    return found


def actual_balances(
    ledger: Ledger, currency: str, identities: Iterable[str] | None = None
) -> list[tuple[date, int]]:
    """Return what was owed in all in a currency, in minor units, at the end of every day on which that changed.

    `identities` limits it to some debts. A debt counts from the day of its first balance on.
    """
    wanted = None if identities is None else set(identities)
    entries = debts.histories(ledger)
    changes = sorted(
        (entry.recorded_on, debt.id, place, entry.balance)
        for debt in debts.all_debts(ledger, DebtFilter(currency=currency))
        if wanted is None or str(debt.uuid) in wanted
        for place, entry in enumerate(entries.get(debt.id, ()))
    )
    owed: dict[int, int] = {}
    by_day: dict[date, int] = {}
    total = 0
    for day, debt_id, _, balance in changes:
        total += balance - owed.get(debt_id, 0)
        owed[debt_id] = balance
        by_day[day] = total
    return list(by_day.items())


def interest_share(ledger: Ledger, debt_id: int) -> Fraction | None:
    """Return how much interest the plan in use pays on each unit that is owed on a debt; None where it never ends.

    Every unit owed on a debt is taken to bear the same interest until the debt is paid off: what a purchase on it
    really costs is its price and that share of its price. Raises `Refused`.
    """
    debt = debts.get(ledger, debt_id)
    if debt is None or debt.balance == 0:
        return Fraction(0)
    plan = plan_in_use(ledger, debt.currency)
    if plan is None:
        return None
    place = next((place for place, one in enumerate(plan.input.debts) if one.key == str(debt.uuid)), None)
    if place is None or plan.payoffs[place] is None or plan.input.debts[place].balance == 0:
        return None
    interest = sum(row.interest for row in schedule(plan) if row.debt == place)
    return Fraction(interest, plan.input.debts[place].balance)
