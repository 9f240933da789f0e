"""Debts as the user works with them: what is owed follows from payments and statements."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.domain.debts import (
    BalanceEntry,
    BalanceSource,
    Debt,
    DebtFilter,
    DebtKind,
    FixedMinimum,
    Payment,
    PercentMinimum,
    SortBy,
    TermEnd,
)
from app.domain.problems import Refused
from app.services import debts
from app.services.ledger import Ledger

OPENED = date(2026, 1, 10)


def owing(name: str = "Visa", balance: int = 100_000, **fields: Any) -> Debt:
    given: dict[str, Any] = {"apr": Decimal("19.99"), "minimum": FixedMinimum(2500), **fields}
    return Debt(name, given.pop("currency", "EUR"), balance, given.pop("opened_on", OPENED), **given)


def added(ledger: Ledger, debt: Debt, balance: int | None = None) -> int:
    id: int = ledger.run(debts.add(debt, balance, date(2026, 6, 1))).result
    return id


def present(ledger: Ledger, id: int) -> Debt:
    found = debts.get(ledger, id)
    assert found is not None
    return found


def pay(ledger: Ledger, id: int, day: date, amount: int, after: int | None = None) -> int:
    result: tuple[int, str] = ledger.run(debts.record_payment(Payment(id, day, amount), after)).result
    return result[0]


def balances(ledger: Ledger, id: int) -> list[tuple[str, int, str]]:
    return [
        (entry.recorded_on.isoformat(), entry.balance, entry.source.value)
        for entry in debts.history(ledger, id)
    ]


@pytest.mark.parametrize(
    "minimum",
    [FixedMinimum(0), PercentMinimum(Decimal("2.125"), 500, True), TermEnd(date(2030, 2, 1))],
    ids=str,
)
def test_a_debt_comes_back_as_it_was_entered(ledger: Ledger, minimum: Any) -> None:
    entered = owing(
        kind=DebtKind.CAR,
        creditor="Bank of Öland",
        minimum=minimum,
        promo_apr=Decimal("0.9"),
        promo_ends_on=date(2026, 12, 31),
        due_day=31,
        credit_limit=500_000,
        rank=3,
        notes="two\nlines",
    )
    found = present(ledger, added(ledger, entered))
    same = replace(
        found, id=0, uuid=None, created_at=None, updated_at=None, balance=0, balance_on=None, paid_off_on=None
    )
    assert same == entered
    assert found.balance == found.opening_balance
    assert found.balance_on == OPENED


def test_a_payment_is_taken_off_and_can_be_undone(ledger: Ledger) -> None:
    id = added(ledger, owing())
    pay(ledger, id, date(2026, 2, 1), 30_000)
    assert present(ledger, id).balance == 70_000
    ledger.undo().result()
    assert present(ledger, id).balance == 100_000
    assert debts.payments(ledger, id) == []
    ledger.redo().result()
    assert present(ledger, id).balance_on == date(2026, 2, 1)


def test_a_statement_says_what_is_owed_whatever_was_paid(ledger: Ledger) -> None:
    id = added(ledger, owing())
    pay(ledger, id, date(2026, 2, 1), 10_000)
    ledger.run(debts.record_balance(BalanceEntry(id, date(2026, 2, 28), 95_500, BalanceSource.STATEMENT)))
    pay(ledger, id, date(2026, 3, 1), 10_000)
    # A payment that is remembered late moves the balances up to the next statement only.
    pay(ledger, id, date(2026, 1, 20), 5_000)
    assert balances(ledger, id) == [
        ("2026-01-10", 100_000, "OPENING"),
        ("2026-01-20", 95_000, "PAYMENT"),
        ("2026-02-01", 85_000, "PAYMENT"),
        ("2026-02-28", 95_500, "STATEMENT"),
        ("2026-03-01", 85_500, "PAYMENT"),
    ]


def test_a_balance_after_a_payment_is_a_statement_of_that_day(ledger: Ledger) -> None:
    id = added(ledger, owing())
    pay(ledger, id, date(2026, 2, 1), 10_000, after=91_650)
    assert balances(ledger, id)[1:] == [
        ("2026-02-01", 90_000, "PAYMENT"),
        ("2026-02-01", 91_650, "STATEMENT"),
    ]
    assert present(ledger, id).balance == 91_650


def test_paid_off_is_the_day_it_reached_nothing_and_more_is_not_owed_back(ledger: Ledger) -> None:
    id = added(ledger, owing(balance=10_000))
    pay(ledger, id, date(2026, 2, 1), 10_500)
    pay(ledger, id, date(2026, 3, 1), 100)
    assert present(ledger, id).balance == 0
    assert present(ledger, id).paid_off_on == date(2026, 2, 1)
    ledger.run(debts.record_balance(BalanceEntry(id, date(2026, 4, 1), 700, BalanceSource.ADJUSTMENT)))
    assert present(ledger, id).paid_off_on is None


def test_what_is_owed_today_is_kept_as_a_statement(ledger: Ledger) -> None:
    id = added(ledger, owing(), balance=64_000)
    assert present(ledger, id).balance == 64_000
    assert present(ledger, id).progress == Decimal("0.36")


def test_deleting_a_payment_gives_its_amount_back(ledger: Ledger) -> None:
    id = added(ledger, owing())
    first = pay(ledger, id, date(2026, 2, 1), 10_000)
    pay(ledger, id, date(2026, 3, 1), 10_000)
    ledger.run(debts.remove_payments([first]))
    assert present(ledger, id).balance == 90_000
    moved = debts.payments(ledger, id)[0]
    ledger.run(debts.change_payment(replace(moved, amount=25_000, paid_on=date(2026, 5, 5))))
    assert balances(ledger, id)[1:] == [("2026-05-05", 75_000, "PAYMENT")]


def test_a_deleted_debt_comes_back_with_everything(ledger: Ledger) -> None:
    id = added(ledger, owing())
    pay(ledger, id, date(2026, 2, 1), 10_000)
    before = balances(ledger, id)
    change = ledger.run(debts.remove([id]))
    assert change.label == "Delete “Visa”"
    assert debts.all_payments(ledger) == []
    ledger.undo().result()
    assert balances(ledger, id) == before


def test_another_opening_moves_the_balances_along(ledger: Ledger) -> None:
    id = added(ledger, owing())
    pay(ledger, id, date(2026, 2, 1), 10_000)
    ledger.run(debts.replace_with(replace(present(ledger, id), opening_balance=50_000)))
    assert present(ledger, id).balance == 40_000


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"opened_on": date(2026, 3, 1)}, "opened_on", "since 2026-02-01"),
        ({"currency": "JPY"}, "currency", "other decimals"),
        ({"apr": Decimal("1000.001")}, "apr", "0 to 1000"),
        ({"apr": Decimal("1.2345")}, "apr", "3 decimals"),
        ({"apr": Decimal("NaN")}, "apr", "0 to 1000"),
        ({"name": " "}, "name", "name"),
        ({"due_day": 32}, "due_day", "1 to 31"),
        ({"promo_apr": Decimal(0)}, "promo_ends_on", "day"),
        ({"opening_balance": -1}, "opening_balance", "0 or more"),
        ({"minimum": TermEnd(date(2025, 1, 1))}, "minimum", "before the debt began"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    ledger: Ledger, change: dict[str, Any], field: str, words: str
) -> None:
    id = added(ledger, owing())
    pay(ledger, id, date(2026, 2, 1), 10_000)
    before = present(ledger, id)
    with pytest.raises(Refused, match=words) as refused:
        ledger.run(debts.replace_with(replace(before, **change)))
    assert refused.value.problems[0].field == field
    assert present(ledger, id) == before


def test_nothing_is_paid_before_the_debt_begins(ledger: Ledger) -> None:
    id = added(ledger, owing())
    with pytest.raises(Refused, match="begins on 2026-01-10"):
        pay(ledger, id, date(2026, 1, 9), 100)
    with pytest.raises(Refused, match="more than 0"):
        pay(ledger, id, date(2026, 2, 9), 0)
    assert balances(ledger, id) == [("2026-01-10", 100_000, "OPENING")]


def test_openings_and_balances_of_payments_are_changed_where_they_come_from(ledger: Ledger) -> None:
    id = added(ledger, owing())
    pay(ledger, id, date(2026, 2, 1), 10_000)
    opening, payment = debts.history(ledger, id)
    with pytest.raises(Refused, match="form"):
        ledger.run(debts.remove_balances([opening.id]))
    with pytest.raises(Refused, match="follows from a payment"):
        ledger.run(debts.remove_balances([payment.id]))


def test_a_list_is_filtered_sorted_and_added_up_by_currency(ledger: Ledger) -> None:
    visa = added(ledger, owing("Visa", 100_000, credit_limit=200_000, kind=DebtKind.CREDIT_CARD))
    auto = added(ledger, owing("auto", 900_000, currency="USD", creditor="Örebro Motors"))
    done = added(ledger, owing("Done", 0))

    def found(wanted: DebtFilter, sort: SortBy = SortBy()) -> list[int]:  # noqa: B008
        return list(debts.ids(ledger, wanted, sort))

    assert found(DebtFilter()) == [auto, done, visa]
    assert found(DebtFilter(text="orebro")) == [auto]
    assert found(DebtFilter(kinds=frozenset({DebtKind.CREDIT_CARD}))) == [visa]
    assert found(DebtFilter(paid_off=True)) == [done]
    assert found(DebtFilter(paid_off=False), SortBy("utilisation", True)) == [visa, auto]
    assert found(DebtFilter(currency="USD")) == [auto]
    assert {(total.currency, total.count, total.balance) for total in debts.totals(ledger)} == {
        ("EUR", 2, 100_000),
        ("USD", 1, 900_000),
    }
    assert debts.totals(ledger, DebtFilter(currency="EUR"))[0].utilisation == Decimal("0.5")


@pytest.mark.parametrize(
    "key",
    "name balance opening_balance progress utilisation minimum apr due_day creditor kind opened_on paid_off_on".split(),
)
def test_every_column_sorts(ledger: Ledger, key: str) -> None:
    for name in ("b", "a", "c"):
        added(ledger, owing(name))
    assert len(debts.ids(ledger, DebtFilter(), SortBy(key, True))) == 3


def test_a_copy_begins_with_what_is_owed_now(ledger: Ledger) -> None:
    id = added(ledger, owing())
    pay(ledger, id, date(2026, 2, 1), 10_000)
    (copy,) = ledger.run(debts.duplicate([id])).result[0]
    assert present(ledger, copy).balance == present(ledger, copy).opening_balance == 90_000
    assert debts.payments(ledger, copy) == []
