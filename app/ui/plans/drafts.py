"""What is remembered of a plan that is not saved, and what makes two plans the same question."""

from dataclasses import replace

from app.domain.debts.scenario import Scenario
from app.ui.plans import model


def known_strategies(keys: object) -> tuple[str, ...]:
    """Return the strategies that were compared when the ledger was last open, as far as there still are such."""
    if isinstance(keys, list):
        held = model.in_order([key for key in keys if isinstance(key, str)])
        if held:
            return held
    return model.FIRST_COMPARED


def is_same_question(one: Scenario, other: Scenario) -> bool:
    """Tell whether the best plan for one is the best for the other: all but name, strategy and own order agree."""
    aside = {"name": "", "strategy": "", "custom": (), "in_use_since": None, "version": 0, "id": 0}
    aside |= {"uuid": None, "series": None, "created_at": None, "updated_at": None}
    return replace(one, **aside) == replace(other, **aside)  # type: ignore[arg-type]


def remembered(scenario: Scenario) -> dict[str, object]:
    """Return what is remembered of a plan that is not saved, as plain JSON values."""
    return {
        "extra": scenario.extra,
        "budget": scenario.budget,
        "strategy": scenario.strategy,
        "custom": list(scenario.custom),
    }


def restored(blank: Scenario, draft: object) -> Scenario:
    """Return the plan with what the user had set in it when the ledger was last open."""
    if not isinstance(draft, dict):
        return blank
    extra, budget, strategy = draft.get("extra"), draft.get("budget"), draft.get("strategy")
    custom = draft.get("custom")
    if isinstance(budget, int) and budget > 0:
        blank = replace(blank, budget=budget, extra=0)
    elif isinstance(extra, int) and extra >= 0:
        blank = replace(blank, extra=extra)
    if strategy in model.all_keys():
        blank = replace(blank, strategy=str(strategy))
    if isinstance(custom, list) and all(isinstance(one, str) for one in custom):
        blank = replace(blank, custom=tuple(custom))
    return blank
