"""What the Payoff plans page reads from the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.debts.plan import PlanDebt, PlanInput
from app.domain.debts.scenario import Scenario
from app.domain.months import Month
from app.services import debts, plans, scenarios
from app.services.ledger import Ledger


@dataclass(frozen=True, slots=True)
class LedgerPlans:
    """Debts and scenarios of a ledger on one day.

    `owed` has today's debts and `extras` what the profile leaves for them each month, by currency. `scenarios` has
    every version; `currencies` are those in which something is owed, then those of scenarios only. `recorded` is
    how many debts there are, those paid off too.
    """

    today: date
    start: Month
    recorded: int
    currencies: tuple[str, ...]
    owed: Mapping[str, tuple[PlanDebt, ...]]
    extras: Mapping[str, int]
    scenarios: tuple[Scenario, ...]

    def versions_in(self, currency: str) -> list[Scenario]:
        """Return every version of the scenarios of a currency: by name, the newest version first."""
        here = [scenario for scenario in self.scenarios if scenario.currency == currency]
        names = list(dict.fromkeys(scenario.series for scenario in here))
        return sorted(here, key=lambda scenario: (names.index(scenario.series), -scenario.version))

    def newest(self, currency: str) -> list[Scenario]:
        """Return the newest version of every scenario of a currency, by name."""
        found: dict[object, Scenario] = {}
        for scenario in self.versions_in(currency):
            found.setdefault(scenario.series, scenario)
        return list(found.values())

    def get(self, id: int) -> Scenario | None:
        """Return one version by its id."""
        return next((scenario for scenario in self.scenarios if scenario.id == id), None)

    def newest_of(self, scenario: Scenario) -> Scenario:
        """Return the newest version of a scenario, or the one given where there is none."""
        same = [other for other in self.scenarios if other.series == scenario.series]
        return max(same, key=lambda other: other.version, default=scenario)


def read(ledger: Ledger) -> LedgerPlans:
    """Read what the page needs. Called on a reader thread."""
    start = plans.next_month(ledger)
    saved = tuple(scenarios.every_version(ledger))
    owed_in = plans.currencies(ledger)
    owed = {currency: plans.todays_debts(ledger, currency, start) for currency in owed_in}
    extras = {
        currency: plans.usual_extra(ledger, currency, PlanInput(owed[currency], start))
        for currency in owed_in
    }
    others = sorted({scenario.currency for scenario in saved} - set(owed_in))
    return LedgerPlans(ledger.today(), start, debts.count(ledger), (*owed_in, *others), owed, extras, saved)
