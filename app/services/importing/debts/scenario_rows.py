"""The values of a row become a scenario."""

from typing import Any

from app.domain.debts.exchange import scenario_from_json
from app.domain.debts.scenario import Scenario
from app.domain.exchange import from_cell
from app.domain.parsing import NotUnderstood
from app.domain.problems import Refused
from app.services.importing.debts.targets import SCENARIO_KEYS
from app.services.importing.kind import Make, Setting, Wrong
from app.services.importing.presets import Values


def scenario_maker(_setting: Setting) -> Make:
    """Return what makes scenarios of rows: of their definition, or of the keys of a JSON document."""

    def make(values: Values) -> Scenario:
        try:
            return scenario_from_json(_document(values))
        except (NotUnderstood, Refused) as refusal:
            field = "definition" if "definition" in values else "name"
            raise Wrong.field(field, str(refusal)) from None

    return make


def _document(values: Values) -> Any:
    definition = values.get("definition")
    if definition is None:
        return {key: values[key] for key in SCENARIO_KEYS if key in values}
    return from_cell(definition) if isinstance(definition, str) else definition
