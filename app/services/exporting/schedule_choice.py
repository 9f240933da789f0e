"""Which plan's schedule is meant, by conditions as they are typed, `KEY=VALUE`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from app.domain.debts.plan import Plan, PlanInput
from app.domain.debts.scenario import Scenario
from app.domain.debts.search import best
from app.domain.debts.strategies import BEST, STRATEGIES
from app.domain.money import MoneyError, to_minor
from app.domain.parsing import NotUnderstood, parse_amount, parse_boolean, shown
from app.domain.problems import Problem, Refused
from app.domain.text import clean, name_key
from app.services import plans, scenarios
from app.services.jobs import JobContext
from app.services.ledger import Ledger

KEYS = ("scenario", "strategy", "extra", "currency", "live")


@dataclass(frozen=True, slots=True)
class ChosenPlan:
    """A plan in its currency, and whether its workbook is to be a live one."""

    plan: Plan
    currency: str
    live: bool


def chosen_plan(
    ledger: Ledger, conditions: Iterable[tuple[str, str]], context: JobContext | None = None
) -> ChosenPlan:
    """Return the plan that conditions mean, worked out. Raises `Refused`, and `Cancelled` when the job was.

    Without any, that is the scenario in use, or else avalanche from today's balances, in the profile's currency
    where something is owed in it. `scenario` names another one; `strategy` and `extra` change whichever it is.
    """
    running = context or JobContext()
    asked = _asked(conditions)
    scenario = _named(ledger, asked["scenario"]) if "scenario" in asked else None
    currency = _currency(ledger, asked.get("currency"), scenario)
    scenario = scenario or scenarios.in_use(ledger, currency)
    if scenario is None:
        scenario = _of_today(ledger, currency)
    if "extra" in asked:
        scenario = replace(scenario, extra=_minor(asked["extra"], currency), budget=None)
    scenario = replace(scenario, strategy=asked.get("strategy", scenario.strategy))
    given = plans.input_of(scenario)
    return ChosenPlan(_worked_out(given, scenario, running), currency, asked.get("live", False))


def _worked_out(given: PlanInput, scenario: Scenario, running: JobContext) -> Plan:
    if scenario.strategy == BEST:
        return best(given, running.progress, running.check).plan
    return plans.compute(given, [scenario.strategy], scenario.custom)[0]


def _asked(conditions: Iterable[tuple[str, str]]) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    for given, value in conditions:
        key = given.strip().lower()
        if key not in _READ:
            raise _refused(given, f"“{given[:40]}” is no condition; use one of {', '.join(KEYS)}.", value)
        if key in asked:
            raise _refused(key, f"“{key}” is given twice; give it once.", value)
        try:
            asked[key] = _READ[key](clean(value))
        except NotUnderstood as error:
            raise _refused(key, str(error), value) from error
    return asked


def _strategy(value: str) -> str:
    known = (*STRATEGIES, BEST)
    if value.lower() not in known:
        raise NotUnderstood(f"{shown(value)} is no strategy; use one of {', '.join(known)}.")
    return value.lower()


_READ: dict[str, Callable[[str], Any]] = {
    "scenario": str,
    "strategy": _strategy,
    "extra": lambda value: parse_amount(value, "."),
    "currency": str.upper,
    "live": parse_boolean,
}


def _named(ledger: Ledger, name: str) -> Scenario:
    known = scenarios.all_scenarios(ledger)
    found = next((scenario for scenario in known if name_key(scenario.name) == name_key(name)), None)
    if found is None:
        names = ", ".join(f"“{scenario.name}”" for scenario in known) or "none"
        raise _refused("scenario", f"There is no scenario {shown(name)}; the ledger has {names}.", name)
    return found


def _currency(ledger: Ledger, asked: str | None, scenario: Scenario | None) -> str:
    """Return the currency that is meant; several without a word about which are no riddle but the profile's own."""
    if scenario is not None:
        if asked not in (None, scenario.currency):
            raise _refused("currency", f"“{scenario.name}” is a plan in {scenario.currency}.", str(asked))
        return scenario.currency
    owed = plans.currencies(ledger)
    if asked is None:
        return owed[0] if owed else ledger.profile.currency
    if asked not in owed:
        there = f"there are debts in {', '.join(owed)}" if owed else "the ledger has no debts"
        raise _refused("currency", f"Nothing is owed in {shown(asked)}; {there}.", asked)
    return asked


def _of_today(ledger: Ledger, currency: str) -> Scenario:
    given = plans.todays_input(ledger, currency)
    return Scenario("", currency, plans.DEFAULT_STRATEGY, given.start, given.debts, given.extra)


def _minor(amount: Any, currency: str) -> int:
    if amount < 0:
        raise _refused(
            "extra", "The extra is below zero; enter what is paid on top of the minimums, or 0.", ""
        )
    try:
        return to_minor(amount, currency)
    except MoneyError as error:
        raise _refused("extra", str(error), str(amount)) from error


def _refused(key: str, reason: str, value: str) -> Refused:
    return Refused([Problem(key, reason, value)])
