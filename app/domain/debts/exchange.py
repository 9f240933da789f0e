"""Debts and scenarios as JSON values: money as decimal strings, rates in per cent, months as `2026-03`.

A file of debts is read strictly: what it does not say clearly is refused in one sentence that names the debt and the
field. Amounts and rates may be strings or numbers; what a reader made a float of counts as it is written in short.
"""

from collections.abc import Mapping
from typing import Any

from app.domain.debts.fields import Fields, decimal_text, fields_of, instant_text, items_of
from app.domain.debts.minimum import FixedMinimum, Minimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import (
    USUAL,
    Compounding,
    Conventions,
    OneOff,
    Pause,
    PlanDebt,
    Rounding,
    Timing,
)
from app.domain.debts.record import MAX_RANK
from app.domain.debts.scenario import Consolidation, NewRate, Scenario, Transfer, WhatIf
from app.domain.money import exponent, plain
from app.domain.problems import Refused

MAX_DEBTS = 1000
MAX_MONTHS = 9999
_DEBT_KEYS = (
    "name", "balance", "apr", "minimum", "promo_apr", "promo_months", "credit_limit", "rank", "key",
)  # fmt: skip


def debts_from_json(document: Any, currency: str) -> tuple[PlanDebt, ...]:
    """Return the debts of a debts file, in its order, with amounts in a currency. Raises `Refused`."""
    exponent(currency)
    if not isinstance(document, list):
        raise Refused('A debts file holds a list of debts: [{"name": …, "balance": …, "apr": …}, …].')
    if len(document) > MAX_DEBTS:
        raise Refused(f"The file has {len(document):,} debts; a plan takes at most {MAX_DEBTS:,}.")
    debts: list[PlanDebt] = []
    taken: set[str] = set()
    for number, item in enumerate(document, 1):
        name = item.get("name") if isinstance(item, Mapping) else None
        where = f"Debt {number} (“{name[:40]}”)" if isinstance(name, str) else f"Debt {number}"
        debt = _debt(fields_of(item, where, _DEBT_KEYS), currency)
        if debt.identity in taken:
            field = "key" if debt.key else "name"
            raise Refused(f"{where}: {field}: an earlier debt has the same; give each its own.")
        taken.add(debt.identity)
        debts.append(debt)
    return tuple(debts)


def debts_to_json(debts: tuple[PlanDebt, ...], currency: str) -> list[dict[str, Any]]:
    """Return debts as `debts_from_json` reads them; what is not set is left out."""
    return [_debt_to_json(debt, currency) for debt in debts]


def _debt(fields: Fields, currency: str) -> PlanDebt:
    promo_apr = fields.rate("promo_apr")
    promo_months = fields.count("promo_months", 0, MAX_MONTHS)
    if promo_apr is not None and promo_months is None:
        raise fields.refused("promo_months", "is missing; enter how many months promo_apr lasts")
    if promo_apr is None and promo_months:
        raise fields.refused(
            "promo_apr", "is missing; enter the rate of the promotion, or leave out promo_months"
        )
    return PlanDebt(
        name=fields.required("name", fields.name("name")),
        balance=fields.required("balance", fields.money("balance", currency)),
        apr=fields.required("apr", fields.rate("apr")),
        minimum=_minimum(fields, currency),
        promo_apr=promo_apr,
        promo_months=promo_months or 0,
        credit_limit=fields.money("credit_limit", currency),
        rank=fields.count("rank", 0, MAX_RANK),
        key=fields.name("key") or "",
    )


def _debt_to_json(debt: PlanDebt, currency: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": debt.name,
        "balance": plain(debt.balance, currency),
        "apr": decimal_text(debt.apr),
        "minimum": _minimum_to_json(debt.minimum, currency),
    }
    if debt.promo_apr is not None:
        told |= {"promo_apr": decimal_text(debt.promo_apr), "promo_months": debt.promo_months}
    if debt.credit_limit is not None:
        told["credit_limit"] = plain(debt.credit_limit, currency)
    if debt.rank is not None:
        told["rank"] = debt.rank
    if debt.key:
        told["key"] = debt.key
    return told


def _minimum(fields: Fields, currency: str) -> Minimum:
    if not isinstance(fields.value("minimum"), Mapping):
        return FixedMinimum(fields.required("minimum", fields.money("minimum", currency)))
    if "term_months" in fields.value("minimum"):
        rule = fields.inner("minimum", ("term_months",))
        return TermMinimum(rule.required("term_months", rule.count("term_months", 1, MAX_MONTHS)))
    rule = fields.inner("minimum", ("percent", "floor", "plus_interest"))
    return PercentMinimum(
        rule.required("percent", rule.share("percent")),
        rule.money("floor", currency) or 0,
        rule.flag("plus_interest"),
    )


def _minimum_to_json(rule: Minimum, currency: str) -> str | dict[str, Any]:
    if isinstance(rule, FixedMinimum):
        return plain(rule.amount, currency)
    if isinstance(rule, TermMinimum):
        return {"term_months": rule.months}
    return {
        "percent": decimal_text(rule.percent),
        "floor": plain(rule.floor, currency),
        "plus_interest": rule.plus_interest,
    }


def scenario_to_json(scenario: Scenario) -> dict[str, Any]:
    """Return a whole scenario as a JSON value, except for its `id`, which only the ledger knows."""
    currency = scenario.currency
    conventions = scenario.conventions
    return {
        "name": scenario.name,
        "currency": currency,
        "strategy": scenario.strategy,
        "start": str(scenario.start),
        "debts": debts_to_json(scenario.debts, currency),
        "extra": plain(scenario.extra, currency),
        "budget": None if scenario.budget is None else plain(scenario.budget, currency),
        "one_offs": [
            {"month": str(one.month), "amount": plain(one.amount, currency), "debt": one.debt}
            for one in scenario.one_offs
        ],
        "pauses": [{"first": str(pause.first), "months": pause.months} for pause in scenario.pauses],
        "what_ifs": [_what_if_to_json(what_if, currency) for what_if in scenario.what_ifs],
        "conventions": {
            "compounding": conventions.compounding.value,
            "rounding": conventions.rounding.value,
            "timing": conventions.timing.value,
            "rollover": conventions.rollover,
        },
        "custom": list(scenario.custom),
        "in_use_since": None if scenario.in_use_since is None else scenario.in_use_since.isoformat(),
        "series": None if scenario.series is None else str(scenario.series),
        "version": scenario.version,
        "uuid": None if scenario.uuid is None else str(scenario.uuid),
        "created_at": instant_text(scenario.created_at),
        "updated_at": instant_text(scenario.updated_at),
    }


_SCENARIO_KEYS = (
    "name", "currency", "strategy", "start", "debts", "extra", "budget", "one_offs", "pauses", "what_ifs",
    "conventions", "custom", "in_use_since", "series", "version", "uuid", "created_at", "updated_at",
)  # fmt: skip


def scenario_from_json(document: Any) -> Scenario:
    """Return the scenario that `scenario_to_json` wrote. Raises `Refused` for what it did not write."""
    fields = fields_of(document, "The scenario", _SCENARIO_KEYS)
    currency = fields.required("currency", fields.currency("currency"))
    return Scenario(
        name=fields.required("name", fields.name("name")),
        currency=currency,
        strategy=fields.required("strategy", fields.text("strategy")),
        start=fields.required("start", fields.month("start")),
        debts=debts_from_json(fields.value("debts"), currency),
        extra=fields.money("extra", currency) or 0,
        budget=fields.money("budget", currency),
        one_offs=tuple(
            _one_off(one, currency) for one in items_of(fields, "one_offs", ("month", "amount", "debt"))
        ),
        pauses=tuple(_pause(pause) for pause in items_of(fields, "pauses", ("first", "months"))),
        what_ifs=tuple(
            _what_if(what_if, currency) for what_if in items_of(fields, "what_ifs", _WHAT_IF_KEYS)
        ),
        conventions=_conventions(fields),
        custom=fields.texts("custom"),
        in_use_since=fields.day("in_use_since"),
        series=fields.uuid("series"),
        version=fields.count("version", 1, 10**9) or 1,
        uuid=fields.uuid("uuid"),
        created_at=fields.instant("created_at"),
        updated_at=fields.instant("updated_at"),
    )


def _one_off(fields: Fields, currency: str) -> OneOff:
    return OneOff(
        fields.required("month", fields.month("month")),
        fields.required("amount", fields.money("amount", currency)),
        fields.text("debt"),
    )


def _pause(fields: Fields) -> Pause:
    return Pause(
        fields.required("first", fields.month("first")),
        fields.required("months", fields.count("months", 0, MAX_MONTHS)),
    )


def _conventions(fields: Fields) -> Conventions:
    if fields.value("conventions") is None:
        return USUAL
    rule = fields.inner("conventions", ("compounding", "rounding", "timing", "rollover"))
    return Conventions(
        rule.choice("compounding", Compounding, USUAL.compounding),
        rule.choice("rounding", Rounding, USUAL.rounding),
        rule.choice("timing", Timing, USUAL.timing),
        rule.flag("rollover", default=USUAL.rollover),
    )


_WHAT_IF_KEYS = (
    "kind", "debt", "debts", "name", "apr", "promo_apr", "promo_months", "fee", "minimum", "amount",
)  # fmt: skip


def _what_if_to_json(what_if: WhatIf, currency: str) -> dict[str, Any]:
    if isinstance(what_if, NewRate):
        return {"kind": "new_rate", "debt": what_if.debt, "apr": decimal_text(what_if.apr)}
    told: dict[str, Any] = {
        "name": what_if.name,
        "apr": decimal_text(what_if.apr),
        "fee": plain(what_if.fee, currency),
        "minimum": _minimum_to_json(what_if.minimum, currency),
    }
    if isinstance(what_if, Consolidation):
        return {"kind": "consolidation", "debts": list(what_if.debts), **told}
    return {
        "kind": "transfer",
        "debt": what_if.debt,
        **told,
        "promo_apr": decimal_text(what_if.promo_apr),
        "promo_months": what_if.promo_months,
        "amount": None if what_if.amount is None else plain(what_if.amount, currency),
    }


def _what_if(fields: Fields, currency: str) -> WhatIf:
    kind = fields.text("kind")
    apr = fields.required("apr", fields.rate("apr"))
    if kind == "new_rate":
        return NewRate(fields.required("debt", fields.text("debt")), apr)
    name = fields.required("name", fields.name("name"))
    fee, minimum = fields.money("fee", currency) or 0, _minimum(fields, currency)
    if kind == "consolidation":
        return Consolidation(fields.texts("debts"), name, apr, fee, minimum)
    if kind == "transfer":
        return Transfer(
            debt=fields.required("debt", fields.text("debt")),
            name=name,
            apr=apr,
            promo_apr=fields.required("promo_apr", fields.rate("promo_apr")),
            promo_months=fields.required("promo_months", fields.count("promo_months", 0, MAX_MONTHS)),
            fee=fee,
            minimum=minimum,
            amount=fields.money("amount", currency),
        )
    raise fields.refused("kind", "is not new_rate, consolidation or transfer")
