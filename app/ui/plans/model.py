"""What the Payoff plans page shows, worked out as plain values: no widgets, no ledger, no clock.

A plan in work is a `Scenario`, saved or not. Money is in minor units of its currency.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from app.domain.debts import insights
from app.domain.debts.engine import first_minimums, monthly_total, schedule
from app.domain.debts.plan import Plan, PlanInput, ScheduleRow
from app.domain.debts.scenario import Scenario
from app.domain.debts.search import BestFound
from app.domain.debts.strategies import STRATEGIES
from app.domain.months import Month
from app.domain.problems import Refused
from app.services import plans

BASELINE = "minimums"
BEST = "best"
CUSTOM = "custom"
USUAL = "avalanche"
FIRST_COMPARED = (USUAL, CUSTOM, "snowball", BASELINE)
"""The strategies that are side by side until the user chooses others."""


NEVER_SHOWN = 360
"""How many months of a plan that never ends the schedule shows."""


class Part(StrEnum):
    """A list of a scenario that what-ifs stand in."""

    ONE_OFF = "one_offs"
    PAUSE = "pauses"
    WHAT_IF = "what_ifs"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one what-if of a scenario stands."""

    part: Part
    at: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be worked out: a plan by some strategies.

    `best` is what a search found for exactly this plan, None where there was none yet.
    """

    scenario: Scenario
    compared: tuple[str, ...]
    best: BestFound | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one strategy comes to, and how much interest and how many months it saves against minimums only.

    Both are None where either of the two plans never ends, and for minimums only itself.
    """

    plan: Plan
    interest_saved: int | None
    months_saved: int | None

    @property
    def key(self) -> str:
        """The key of the strategy."""
        return self.plan.strategy


@dataclass(frozen=True, slots=True)
class Effect:
    """What one what-if changes: months and money won (positive) or lost, None where a plan never ends.

    `ends_with` and `ends_without` tell whether the plan ends with it and without it. `fee` is in `money`.
    """

    place: Place
    months: int | None
    money: int | None
    ends_with: bool
    ends_without: bool
    fee: int = 0


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of the schedule: what each debt is paid, in the order of the plan's debts, None when it is gone.

    `target` is the debt that gets what is above the minimums, None where there is nothing above them.
    """

    month: Month
    payments: tuple[int | None, ...]
    paid: int
    interest: int
    balance: int
    target: int | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as the page shows it.

    `chosen` is the strategy of the scenario, or what stands for one not found yet. `with_more` is the same plan with
    `more` minor units a month more, None where that changes nothing.
    """

    wanted: Wanted
    given: PlanInput
    outcomes: tuple[Outcome, ...]
    chosen: Outcome
    baseline: Plan
    minimums: int
    each_month: int
    more: int
    with_more: Plan | None
    effects: tuple[Effect, ...]
    schedule: tuple[MonthRow, ...]

    @property
    def scenario(self) -> Scenario:
        """The plan in work."""
        return self.wanted.scenario

    @property
    def owed(self) -> int:
        """What is owed in all when the plan begins."""
        return sum(debt.balance for debt in self.given.debts)

    def outcome(self, key: str) -> Outcome | None:
        """Return what a strategy comes to, None where that is not shown."""
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)


def in_order(keys: Collection[str]) -> tuple[str, ...]:
    """Return strategies in the order in which they are shown: the best first, minimums only last."""
    named = [key for key in STRATEGIES if key not in (USUAL, CUSTOM, BEST, BASELINE)]
    return tuple(key for key in (BEST, USUAL, CUSTOM, *named, BASELINE) if key in keys)


def all_keys() -> tuple[str, ...]:
    """Return every strategy that can be compared."""
    return in_order((*STRATEGIES, BEST))


def work_out(wanted: Wanted) -> PlanView:
    """Work a plan out. Raises `Refused` when the budget is below the minimums or a what-if cannot be done."""
    scenario = wanted.scenario
    given = plans.input_of(scenario)
    strategy = scenario.strategy if scenario.strategy != BEST or wanted.best else USUAL
    keys = in_order({*wanted.compared, strategy, BASELINE} - {BEST})
    found = {plan.strategy: plan for plan in plans.compute(given, keys, scenario.custom)}
    if wanted.best is not None:
        found[BEST] = wanted.best.plan
    baseline = found[BASELINE]
    shown = in_order({*wanted.compared, strategy} & found.keys())
    outcomes = tuple(_outcome(found[key], baseline) for key in shown)
    chosen = next(outcome for outcome in outcomes if outcome.key == strategy)
    more = insights.next_step(given, scenario.currency)
    return PlanView(
        wanted,
        given,
        outcomes,
        chosen,
        baseline,
        sum(first_minimums(given)),
        monthly_total(given),
        more,
        _with_more(given, strategy, more, scenario.custom),
        tuple(_effects(scenario, USUAL if strategy == BEST else strategy)),
        tuple(islice(months_of(chosen.plan, schedule(chosen.plan)), _shown_months(chosen.plan))),
    )


def months_of(plan: Plan, rows: Sequence[ScheduleRow]) -> Iterator[MonthRow]:
    """Give a plan's schedule month by month."""
    count = len(plan.input.debts)
    at = 0
    while at < len(rows):
        number = rows[at].number
        payments: list[int | None] = [None] * count
        paid = interest = balance = 0
        while at < len(rows) and rows[at].number == number:
            row = rows[at]
            payments[row.debt] = row.payment
            paid += row.payment
            interest += row.interest
            balance += row.closing
            at += 1
        yield MonthRow(plan.month(number), tuple(payments), paid, interest, balance, _target(plan, payments))


def _shown_months(plan: Plan) -> int | None:
    return NEVER_SHOWN if plan.months is None else None


def _target(plan: Plan, payments: Sequence[int | None]) -> int | None:
    if plan.strategy == BASELINE:
        return None
    return next((debt for debt in plan.order if payments[debt] is not None), None)


def _outcome(plan: Plan, baseline: Plan) -> Outcome:
    if plan is baseline or plan.months is None or baseline.months is None:
        return Outcome(plan, None, None)
    return Outcome(plan, baseline.total_interest - plan.total_interest, baseline.months - plan.months)


def _with_more(given: PlanInput, strategy: str, amount: int, custom: Sequence[str]) -> Plan | None:
    """The plan with a little more each month; for strategies that have nothing to give to a debt there is none."""
    if strategy in (BASELINE, BEST):
        return None
    return plans.compute(insights.with_more(given, amount), (strategy,), custom)[0]


# -- what-ifs


def places(scenario: Scenario) -> list[Place]:
    """Return where the what-ifs of a scenario stand: what-ifs of debts, then one-off payments, then pauses."""
    return [
        Place(part, at)
        for part in (Part.WHAT_IF, Part.ONE_OFF, Part.PAUSE)
        for at in range(len(getattr(scenario, part.value)))
    ]


def without(scenario: Scenario, place: Place) -> Scenario:
    """Return the scenario without one of its what-ifs."""
    kept = tuple(item for at, item in enumerate(getattr(scenario, place.part.value)) if at != place.at)
    return _with_part(scenario, place.part, kept)


def with_item(scenario: Scenario, part: Part, item: object, at: int | None = None) -> Scenario:
    """Return the scenario with one what-if more, or with another one in the place of one that it has."""
    held = list(getattr(scenario, part.value))
    if at is None:
        held.append(item)
    else:
        held[at] = item
    return _with_part(scenario, part, tuple(held))


def _with_part(scenario: Scenario, part: Part, items: tuple[object, ...]) -> Scenario:
    changes: dict[str, object] = {part.value: items}
    change: Callable[..., Scenario] = replace
    return change(scenario, **changes)


def _effects(scenario: Scenario, strategy: str) -> Iterator[Effect]:
    here = places(scenario)
    if not here:
        return
    given = plans.compute(plans.input_of(scenario), (strategy,), scenario.custom)[0]
    for place in here:
        try:
            bare = plans.input_of(without(scenario, place))
            other = plans.compute(bare, (strategy,), scenario.custom)[0]
        except Refused:
            continue
        both = given.months is not None and other.months is not None
        item = getattr(scenario, place.part.value)[place.at]
        yield Effect(
            place,
            (other.months or 0) - (given.months or 0) if both else None,
            other.total_paid - given.total_paid if both else None,
            given.months is not None,
            other.months is not None,
            getattr(item, "fee", 0),
        )


# -- the order of the user


def custom_order(scenario: Scenario, given: PlanInput) -> list[str]:
    """Return the identities of all debts of a plan in the user's own order."""
    order = plans.order_of(given, CUSTOM, scenario.custom)
    return [given.debts[at].identity for at in order]


def moved(order: Sequence[str], at: int, to: int) -> tuple[str, ...]:
    """Return an order with one debt in another place; places outside are brought inside."""
    changed = list(order)
    changed.insert(max(0, min(to, len(order) - 1)), changed.pop(at))
    return tuple(changed)
