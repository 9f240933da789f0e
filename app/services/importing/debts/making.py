"""The values of a row become a debt."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.debts import Debt, FixedMinimum, LedgerMinimum, PercentMinimum, TermEnd, TermMinimum, check
from app.domain.debts.exchange import debts_from_json
from app.domain.debts.minimum import NOTHING_DUE
from app.domain.debts.record import MAX_TERM_MONTHS
from app.domain.exchange_debts import FIXED, INTEREST_PLUS_PERCENT, PERCENT, TERM
from app.domain.months import Month
from app.domain.problems import Problem, Refused
from app.services.importing.amounts import currency_in, minor_units
from app.services.importing.kind import Make, Setting, Wrong
from app.services.importing.presets import Values

_AMOUNTS = ("balance", "opening_balance", "minimum", "minimum_amount", "minimum_floor", "credit_limit")
_AS_READ = frozenset(
    {
        "name", "creditor", "kind", "apr", "promo_apr", "promo_ends_on", "due_day", "rank", "notes", "uuid",
        "created_at", "updated_at",
    }
)  # fmt: skip


def debt_maker(setting: Setting) -> Make:
    """Return what makes debts of the rows of one file.

    `balance` and `balance_on` of such a debt say what is owed now, where the file tells. A debt without an opening
    balance began with what is owed now, one without a day begins today.
    """
    usual_currency, today = setting.currency, setting.today

    def make(values: Values) -> Debt:
        if not values.get("name"):
            raise Wrong.field("name", "The name is missing; say what the debt is called.")
        currency = currency_in(values, _told_amounts(values)) or usual_currency
        opening, balance = (_minor(values, key, currency) for key in ("opening_balance", "balance"))
        first = balance if opening is None else opening
        if first is None:
            raise Wrong.field("opening_balance", "The balance is missing; enter what is owed.")
        opened_on: date = values.get("opened_on") or min(values.get("balance_on", today), today)
        balance_on: date = values.get("balance_on") or max(opened_on, today)
        if balance is None or (balance == first and "balance_on" not in values):
            balance, balance_on = first, opened_on
        debt = Debt(
            currency=currency,
            opening_balance=first,
            opened_on=opened_on,
            balance=balance,
            balance_on=balance_on,
            credit_limit=_minor(values, "credit_limit", currency),
            minimum=_minimum(values, currency, today),
            **_promotion(values, today),
            **{key: value for key, value in values.items() if key in _AS_READ and key != "promo_ends_on"},
        )
        problems = [*check(debt), *_balance_problems(debt)]
        if problems:
            raise Wrong(*problems)
        return debt

    return make


def _told_amounts(values: Values) -> list[str]:
    return [key for key in _AMOUNTS if hasattr(values.get(key), "currency")]


def _minor(values: Values, key: str, currency: str) -> int | None:
    return minor_units(values, key, currency, "debt")


def _balance_problems(debt: Debt) -> list[Problem]:
    if debt.balance < 0:
        return [Problem("balance", "Enter an amount of 0 or more.", str(debt.balance))]
    if debt.balance_on is not None and debt.balance_on < debt.opened_on:
        began = debt.opened_on.isoformat()
        return [Problem("balance_on", f"The debt begins on {began}; enter that day or a later one.")]
    return []


def _promotion(values: Values, today: date) -> dict[str, Any]:
    ends_on = values.get("promo_ends_on")
    months = values.get("promo_months")
    if ends_on is None and months is not None:
        ends_on = _months_ahead("promo_months", months, today).last_day if months else None
    if ends_on is None and "promo_months" in values:
        values.pop("promo_apr", None)
    return {} if ends_on is None else {"promo_ends_on": ends_on}


def _months_ahead(field: str, months: int, today: date) -> Month:
    if not 1 <= months <= MAX_TERM_MONTHS:
        raise Wrong.field(field, f"Enter a number of months from 1 to {MAX_TERM_MONTHS:,}.")
    return Month.of(today).plus(months)


def _minimum(values: Values, currency: str, today: date) -> LedgerMinimum:
    told = values.get("minimum")
    if isinstance(told, Mapping):
        return _documented(told, currency, today)
    rule = values.get("minimum_rule") or _rule_of(values)
    if rule == FIXED:
        key = "minimum_amount" if "minimum_amount" in values else "minimum"
        return FixedMinimum(_minor(values, key, currency) or 0)
    if rule in (PERCENT, INTEREST_PLUS_PERCENT):
        percent = values.get("minimum_percent", told)
        if not isinstance(percent, Decimal):
            raise Wrong.field("minimum_percent", "The share in per cent is missing; enter one such as 2.5.")
        floor = _minor(values, "minimum_floor", currency) or 0
        return PercentMinimum(percent, floor, rule == INTEREST_PLUS_PERCENT)
    if rule == TERM:
        return _term(values, today)
    return NOTHING_DUE


def _rule_of(values: Values) -> str:
    """Return the rule that the values of a row mean where none is named, "" where they tell of no minimum."""
    if "minimum_percent" in values or isinstance(values.get("minimum"), Decimal):
        return PERCENT
    if "last_instalment_on" in values or "months_left" in values:
        return TERM
    return FIXED if {"minimum", "minimum_amount"} & values.keys() else ""


def _term(values: Values, today: date) -> TermEnd:
    last: date | None = values.get("last_instalment_on")
    if last is not None:
        return TermEnd(last)
    if "months_left" not in values:
        raise Wrong.field("last_instalment_on", "The day of the last instalment is missing; enter it.")
    month = _months_ahead("months_left", values["months_left"], today)
    return TermEnd(month.day(values.get("due_day") or 31))


def _documented(told: Mapping[str, Any], currency: str, today: date) -> LedgerMinimum:
    """Return the rule that the `minimum` of a debts file tells."""
    try:
        (debt,) = debts_from_json([{"name": "x", "balance": 0, "apr": 0, "minimum": dict(told)}], currency)
    except Refused as refusal:
        raise Wrong.field("minimum", str(refusal).removeprefix("Debt 1 (“x”): ")) from None
    if isinstance(debt.minimum, TermMinimum):
        return TermEnd(_months_ahead("minimum", debt.minimum.months, today).last_day)
    return debt.minimum
