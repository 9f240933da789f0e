"""The debts of the sample with a year of statements and payments, and its scenarios: `resources/sample/debts.json`.

The file counts months back from the last month in which every instalment fell due, so that what is owed today is
the same whatever day the sample is made on.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.domain.debts import BalanceEntry, BalanceSource, Debt, DebtKind, FixedMinimum, Payment
from app.domain.debts.plan import OneOff
from app.domain.debts.scenario import Scenario
from app.domain.money import to_minor
from app.domain.months import Month
from app.services.changes import Write
from app.services.plans import plan_debts
from app.services.sample.files import SAMPLE_FILES
from app.storage import scenarios
from app.storage.debts import writing

CURRENCY = "USD"
PLAN_AGE_MONTHS = 3
"""How long ago the plan in use was made."""
_EVENING = time(19, 30, tzinfo=UTC)


@dataclass(frozen=True)
class SampleDebt:
    """A debt as it stands today, with its statements and payments; both belong to a debt with `id` 0."""

    debt: Debt
    statements: tuple[BalanceEntry, ...]
    payments: tuple[Payment, ...]


def plant_debts(write: Write, today: date) -> None:
    """Add the debts, their history and the scenarios as they stand on a day."""
    made = [
        replace(sample, debt=replace(sample.debt, uuid=UUID(bytes=write.new_uuid())))
        for sample in sample_debts(today)
    ]
    ids = writing.insert(write, [sample.debt for sample in made])
    for id, sample in zip(ids, made, strict=True):
        writing.insert_entries(write, [replace(entry, debt_id=id) for entry in sample.statements])
        writing.insert_payments(write, [replace(payment, debt_id=id) for payment in sample.payments])
    series = {name: UUID(bytes=write.new_uuid()) for name in _scenario_names()}
    kept = sample_scenarios(made, today)
    scenarios.insert(write, (replace(scenario, series=series[scenario.name]) for scenario in kept))


def sample_debts(today: date) -> list[SampleDebt]:
    """Return the debts as they stand on a day."""
    told = _told()["debts"]
    return [_debt(one, _last_due_month(told, today), Month.of(today)) for one in told]


def sample_scenarios(made: list[SampleDebt], today: date) -> Iterator[Scenario]:
    """Give the scenarios as they stand on a day; the one in use was made some months ago and refreshed today."""
    told = _told()
    last = _last_due_month(told["debts"], today)
    followed_since = last.plus(-PLAN_AGE_MONTHS).day(24)
    names = {one.debt.name: str(one.debt.uuid) for one in made}
    start = Month.of(today).plus(1)
    for one in told["scenarios"]:
        now = Scenario(
            name=one["name"],
            currency=CURRENCY,
            strategy=one["strategy"],
            start=start,
            debts=plan_debts((sample.debt for sample in made), start),
            extra=_minor(one["extra"]),
            one_offs=tuple(
                OneOff(start.plus(paid["plan_month"] - 1), _minor(paid["amount"]), names[paid["debt"]])
                for paid in one.get("one_offs", ())
            ),
        )
        if one.get("in_use"):
            yield _first_version(now, made, followed_since)
            yield replace(now, version=2, in_use_since=followed_since)
        else:
            yield now


def _first_version(now: Scenario, made: list[SampleDebt], saved_on: date) -> Scenario:
    """Return a scenario as it was saved first, with what was owed on that day."""
    start = Month.of(saved_on).plus(1)
    owed = (replace(sample.debt, balance=_balance_on(sample, saved_on)) for sample in made)
    saved_at = datetime.combine(saved_on, _EVENING)
    return replace(now, start=start, debts=plan_debts(owed, start), created_at=saved_at, updated_at=saved_at)


def _balance_on(sample: SampleDebt, day: date) -> int:
    pairs = zip(sample.statements, sample.payments, strict=True)
    return [entry.balance - payment.amount for entry, payment in pairs if payment.paid_on <= day][-1]


def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((SAMPLE_FILES / "debts.json").read_text(encoding="utf-8"))
    return told


def _scenario_names() -> list[str]:
    return [one["name"] for one in _told()["scenarios"]]


def _last_due_month(told: list[dict[str, Any]], today: date) -> Month:
    """Return the last month in which the instalments of all debts have fallen due."""
    month = Month.of(today)
    return month if all(month.day(one["due_day"]) <= today for one in told) else month.plus(-1)


def _debt(told: Mapping[str, Any], last: Month, present: Month) -> SampleDebt:
    rows = list(zip(range(1 - len(told["months"]), 1), told["months"], strict=True))
    statements = tuple(
        BalanceEntry(
            0, last.plus(back).day(told["statement_day"]), _minor(row["statement"]), BalanceSource.STATEMENT
        )
        for back, row in rows
    )
    payments = tuple(
        Payment(0, last.plus(back).day(told["due_day"]), _minor(row["paid"]), row.get("note", ""))
        for back, row in rows
    )
    promo = told.get("promo_apr")
    recorded_at = datetime.combine(statements[0].recorded_on, _EVENING)
    debt = Debt(
        name=told["name"],
        creditor=told["creditor"],
        kind=DebtKind(told["kind"]),
        currency=CURRENCY,
        opening_balance=_minor(told["opening_balance"]),
        opened_on=last.plus(-told["opened_months_ago"]).day(told["opened_day"]),
        apr=Decimal(told["apr"]),
        promo_apr=None if promo is None else Decimal(promo),
        promo_ends_on=None if promo is None else present.plus(told["promo_ends_in_months"]).last_day,
        minimum=FixedMinimum(_minor(told["minimum"])),
        due_day=told["due_day"],
        credit_limit=_minor(told["credit_limit"]) if "credit_limit" in told else None,
        rank=told["rank"],
        notes=told.get("notes", ""),
        balance=statements[-1].balance - payments[-1].amount,
        balance_on=payments[-1].paid_on,
        created_at=recorded_at,
        updated_at=recorded_at,
    )
    return SampleDebt(debt, statements, payments)


def _minor(text: str) -> int:
    return to_minor(Decimal(text), CURRENCY)
