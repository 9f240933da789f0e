"""Scenarios as a kind of record that is listed and written to files, with what their plans come to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.domain.debts.exchange import scenario_to_json
from app.domain.debts.filters import SortBy
from app.domain.debts.plan import Plan
from app.domain.debts.scenario import Scenario
from app.domain.exchange import ExchangeField
from app.domain.exchange_debts import SCENARIO_FIELDS
from app.domain.problems import Refused
from app.domain.text import fold
from app.services.exporting.kind import ExportKind, Selection
from app.services.exporting.records import RecordTable, word
from app.services.filtering import Condition, currency_value, read_conditions, text_value
from app.services.ledger import Ledger, Reader
from app.storage import scenarios as stored

_COMPUTED = {"months", "debt_free", "total_interest", "total_paid"}


@dataclass(frozen=True, slots=True)
class ScenarioFilter:
    """Which scenarios: those whose name has a text in it, of a currency. All have to hold."""

    text: str = ""
    currency: str = ""

    def __bool__(self) -> bool:
        return self != ScenarioFilter()


_CONDITIONS: dict[str, Condition] = {
    "text": ("text", text_value),
    "currency": ("currency", currency_value),
}


def conditions(ledger: Ledger, pairs: Iterable[tuple[str, str]]) -> ScenarioFilter:
    """Return the filter that conditions make together. Raises `Refused` for a key or value that cannot be."""
    return read_conditions(ledger, pairs, ScenarioFilter(), _CONDITIONS)


_SORTS: Mapping[str, Callable[[Scenario], Any]] = {
    "name": lambda scenario: (fold(scenario.name), scenario.version),
    "start": lambda scenario: scenario.start,
    "created_at": lambda scenario: (scenario.created_at is not None, scenario.created_at),
}


def _chosen(reader: Reader, chosen: Selection) -> Iterator[Scenario]:
    if chosen.ids is not None:
        found = (stored.get(reader, id) for id in chosen.ids)
        return (scenario for scenario in found if scenario is not None)
    wanted: ScenarioFilter = chosen.wanted
    every = (scenario for scenario in stored.every(reader) if _is_wanted(wanted, scenario))
    if chosen.sort is None:
        return every
    return iter(sorted(every, key=_SORTS[chosen.sort.key], reverse=chosen.sort.descending))


def _is_wanted(wanted: ScenarioFilter, scenario: Scenario) -> bool:
    named = all(part in fold(scenario.name) for part in fold(wanted.text).split())
    return named and wanted.currency in ("", scenario.currency)


def _ids(reader: Reader, chosen: Selection, limit: int, offset: int) -> Sequence[int]:
    return [scenario.id for scenario in _chosen(reader, chosen)][offset : offset + limit]


def _count(ledger: Ledger, wanted: ScenarioFilter) -> int:
    chosen = Selection(ledger.horizon(), wanted)
    return ledger.read(lambda reader: sum(1 for _ in _chosen(reader, chosen)))


class _Teller:
    """Tells what scenarios are and what their plans come to; each plan is worked out once."""

    def __init__(self) -> None:
        self._plans: dict[int, Plan | None] = {}

    def __call__(self, scenario: Scenario, attribute: str) -> Any:
        if attribute in _COMPUTED:
            plan = self._plan(scenario)
            return None if plan is None else getattr(plan, attribute)
        match attribute:
            case "debt_count":
                return len(scenario.debts)
            case "balance":
                return sum(debt.balance for debt in scenario.debts)
            case "definition":
                return scenario_to_json(scenario)
            case _:
                return getattr(scenario, attribute)

    def _plan(self, scenario: Scenario) -> Plan | None:
        """Return a scenario's plan, None for one that cannot be carried out."""
        # Only who looks at scenarios pays for the engine.
        from app.services import plans

        if scenario.id not in self._plans:
            try:
                self._plans[scenario.id] = plans.plan_of(scenario)
            except Refused:
                self._plans[scenario.id] = None
        return self._plans[scenario.id]


def _table(reader: Reader, chosen: Selection) -> RecordTable:
    tell = _Teller()

    def document(scenario: Scenario, fields: Sequence[ExchangeField]) -> dict[str, Any]:
        whole = scenario_to_json(scenario)
        others = {
            field.attribute: word(field.kind, tell(scenario, field.attribute), scenario.currency, "json")
            for field in fields
            if field.attribute not in whole and field.attribute != "definition"
        }
        return whole | others

    return RecordTable(partial(_chosen, reader, chosen), tell, document)


SCENARIOS = ExportKind(
    key="scenarios",
    one="scenario",
    many="scenarios",
    title="Scenarios",
    fields=SCENARIO_FIELDS,
    table=_table,
    count=_count,
    everything=ScenarioFilter(),
    conditions=conditions,
    sorts=tuple(_SORTS),
    order=SortBy,
    usual_order=SortBy("name"),
    ids=_ids,
    shown=("name", "strategy", "start", "months", "total_interest", "currency"),
)
