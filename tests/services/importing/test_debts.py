"""Debts, payments and balances from other programs' files, and what is wrong with a row is said at its cell."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.debts import Debt, DebtKind, FixedMinimum, Payment, PercentMinimum, TermEnd
from app.domain.months import Month
from app.domain.problems import Refused
from app.services import debts, kinds
from app.services.importing.plan import ImportOptions
from app.services.importing.readers import ReadOptions
from app.services.importing.recognition import recognised_kind
from app.services.importing.report import ImportReport
from app.services.importing.running import import_file
from app.services.ledger import Ledger

Bring = Callable[..., ImportReport]


@pytest.fixture
def bring(ledger: Ledger, tmp_path: Path) -> Bring:
    """Import a text as a kind of record: `bring("debts", "Name,Balance\\n…")`."""

    def run(kind: str, content: str, name: str = "file.csv", **options: Any) -> ImportReport:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return import_file(ledger, path, ImportOptions(kinds.importing(kind), **options))

    return run


def only(ledger: Ledger) -> Debt:
    (found,) = debts.all_debts(ledger)
    return found


def test_another_programs_columns_are_known_by_their_names(ledger: Ledger, bring: Bring) -> None:
    report = bring(
        "debts",
        "Account;Lender;Type;Current Balance;Interest rate;Min. payment;Due date;Credit limit\n"
        "Visa;Big Bank;Credit card;4.250,50 €;19,99 %;85,00;15.03.2026;6.000,00\n"
        "Wheels;Car Bank;Auto;12.000,00 €;4,9%;310,00;1st;\n",
    )
    assert (report.created, report.errors) == (2, [])
    visa, wheels = debts.all_debts(ledger)
    assert (visa.creditor, visa.kind, visa.balance) == ("Big Bank", DebtKind.CREDIT_CARD, 425_050)
    assert (visa.apr, visa.minimum, visa.due_day) == (Decimal("19.99"), FixedMinimum(8500), 15)
    assert (visa.opened_on, visa.credit_limit, visa.currency) == (ledger.today(), 600_000, "EUR")
    assert (wheels.kind, wheels.apr, wheels.due_day) == (DebtKind.CAR, Decimal("4.9"), 1)
    assert ledger.undo_label == "Import 2 debts"
    ledger.undo().result()
    assert debts.count(ledger) == 0


@pytest.mark.parametrize(
    ("cell", "rate"),
    [("19.99%", "19.99"), ("19.99 %", "19.99"), ("19.99", "19.99"), ("0", "0"), ("4.125%", "4.125")],
)
def test_rates_have_their_sign_or_not(ledger: Ledger, bring: Bring, cell: str, rate: str) -> None:
    assert bring("debts", f'Name,Balance,APR\nVisa,100.00,"{cell}"\n').created == 1
    assert only(ledger).apr == Decimal(rate)


@pytest.mark.parametrize(
    ("columns", "cells", "rule"),
    [
        ("Minimum", "50.00", FixedMinimum(5000)),
        ("Minimum", "2.5%", PercentMinimum(Decimal("2.5"))),
        ("Minimum percent,Minimum floor", "2,25.00", PercentMinimum(Decimal(2), 2500)),
        ("Minimum rule,Minimum percent", "interest plus percent,1", PercentMinimum(Decimal(1), 0, True)),
        ("Maturity date", "2031-04-30", TermEnd(date(2031, 4, 30))),
        ("Notes", "", FixedMinimum(0)),
    ],
)
def test_minimum_rules(ledger: Ledger, bring: Bring, columns: str, cells: str, rule: Any) -> None:
    report = bring("debts", f"Name,Balance,{columns}\nVisa,100.00,{cells}\n")
    assert report.errors == []
    assert only(ledger).minimum == rule


def test_months_left_are_told_from_today(ledger: Ledger, bring: Bring) -> None:
    bring("debts", "Name,Balance,Months left\nCar,100.00,36\n")
    rule = only(ledger).minimum
    assert isinstance(rule, TermEnd)
    assert Month.of(ledger.today()).until(Month.of(rule.last_instalment)) == 36


def test_a_balance_beside_the_opening_one_is_what_is_owed_now(ledger: Ledger, bring: Bring) -> None:
    bring(
        "debts", "Name,Original balance,Start date,Balance,As of\nCar,9000.00,2024-01-31,6500.00,2026-10-31\n"
    )
    debt = only(ledger)
    assert (debt.opening_balance, debt.opened_on) == (900_000, date(2024, 1, 31))
    assert (debt.balance, debt.balance_on) == (650_000, date(2026, 10, 31))


def test_the_debts_file_of_the_plan_command_is_read(ledger: Ledger, bring: Bring) -> None:
    document = [
        {"name": "Card", "balance": "1000.00", "apr": 18, "credit_limit": 2000, "rank": 1, "promo_apr": "0",
         "promo_months": 6, "minimum": {"percent": 2, "floor": "25", "plus_interest": True}},
        {"name": "Loan", "balance": 5000, "apr": "6.5", "minimum": {"term_months": 36}},
        {"name": "Bill", "balance": "50", "apr": "0", "minimum": "50.00", "promo_apr": None},
        {"name": "Odd", "balance": "50", "apr": "0", "minimum": {"share": 1}},
    ]  # fmt: skip
    report = bring("debts", json.dumps(document), "debts.json")
    assert (report.created, report.failed) == (3, 1)
    assert report.errors[0].column == "minimum"
    bill, card, loan = debts.all_debts(ledger)
    assert card.minimum == PercentMinimum(Decimal(2), 2500, plus_interest=True)
    assert (card.promo_apr, card.rank, card.credit_limit) == (Decimal(0), 1, 200_000)
    assert card.promo_ends_on == Month.of(ledger.today()).plus(6).last_day
    assert isinstance(loan.minimum, TermEnd)
    assert bill.minimum == FixedMinimum(5000)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (",100.00,5", "", "The name is missing"),
        ("Visa,,5", "Balance", "The balance is missing"),
        ("Visa,abc,5", "Balance", "is not an amount"),
        ("Visa,-5.00,5", "Balance", "Enter an amount of 0 or more."),
        ("Visa,100.00,2000", "APR", "Enter a rate from 0 to 1000 per cent"),
        ("Visa,100.00,1.2345", "APR", "at most 3 decimals"),
        ("Visa,100.00,NaN", "APR", "is not an amount"),
    ],
)
def test_what_is_wrong_with_a_debt_is_said_at_its_cell(
    bring: Bring, row: str, column: str, words: str
) -> None:
    report = bring("debts", f"Name,Balance,APR\nGood,1.00,1\nFair,2.00,2\n{row}\n")
    assert (report.created, report.failed) == (2, 1)
    assert report.errors[0].line == 4
    assert words in report.errors[0].reason
    assert column in ("", report.errors[0].column)


def test_known_debts_are_told_by_name_creditor_and_currency(ledger: Ledger, bring: Bring) -> None:
    table = "Name,Creditor,Currency,Balance,APR\nVisa,Bank,EUR,100.00,5\nVisa,Bank,USD,100.00,5\nVisa,Shop,EUR,1.00,5\n"
    assert bring("debts", table).created == 3
    again = bring("debts", table.replace(",5\n", ",7\n").replace("100.00", "90.00"), duplicates="update")
    assert (again.created, again.updated) == (0, 3)
    assert {debt.apr for debt in debts.all_debts(ledger)} == {Decimal(7)}
    assert sorted(debt.balance for debt in debts.all_debts(ledger)) == [100, 9000, 9000]
    assert bring("debts", table).skipped == 3
    assert bring("debts", table, duplicates="add").created == 3


def test_payments_find_their_debts(ledger: Ledger, bring: Bring) -> None:
    ledger.run(debts.add(Debt("Visa", "EUR", 100_000, date(2026, 1, 1))))
    for currency in ("EUR", "USD"):
        ledger.run(debts.add(Debt("Loan", currency, 100_000, date(2026, 1, 1))))
    report = bring(
        "payments",
        "Loan name,Payment date,Amount,Currency,Memo\n"
        "visa,2026-02-01,50.00,,first\n"
        "Loan,2026-02-01,60.00,USD,\n"
        "Loan,2026-02-01,60.00,,\n"
        "Nobody,2026-02-01,60.00,,\n"
        "Visa,2025-12-31,60.00,,\n"
        "Visa,2026-02-01,60.00,GBP,\n"
        "Visa,2026-02-01,0,,\n",
    )
    assert (report.created, report.failed) == (2, 5)
    assert [(error.line, error.column) for error in report.errors] == [
        (4, "Loan name"), (5, "Loan name"), (6, "Payment date"), (7, "Currency"), (8, "Amount"),
    ]  # fmt: skip
    assert [error.reason for error in report.errors[:3]] == [
        "2 debts are called “Loan”; add a column with the UUID of the debt.",
        "No debt of the ledger is called “Nobody”; import the debts first, or mend the name.",
        "“Visa” begins on 2026-01-01; enter that day or a later one.",
    ]
    found = {(one.amount, one.note) for one in debts.all_payments(ledger)}
    assert found == {(5000, "first"), (6000, "")}
    assert sorted(debt.balance for debt in debts.all_debts(ledger)) == [94_000, 95_000, 100_000]


def test_equal_payments_of_one_file_are_two(ledger: Ledger, bring: Bring) -> None:
    id = ledger.run(debts.add(Debt("Visa", "EUR", 100_000, date(2026, 1, 1)))).result
    ledger.run(debts.record_payment(Payment(id, date(2026, 2, 1), 5000)))
    table = "Debt,Date,Amount\n" + "Visa,2026-02-01,50.00\n" * 3
    report = bring("payments", table)
    assert (report.created, report.skipped) == (2, 1)
    assert bring("payments", table).skipped == 3


def test_statements_are_imported_in_their_order(ledger: Ledger, bring: Bring) -> None:
    ledger.run(debts.add(Debt("Visa", "EUR", 100_000, date(2026, 1, 1))))
    report = bring("balances", "Account,Statement date,Balance\nVisa,28.02.2026,900\nVisa,31.01.2026,950\n")
    assert (report.created, report.errors) == (2, [])
    assert only(ledger).balance == 90_000


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("purchases", "Product,Price,Date\nLamp,1.00,2026-01-01\n"),
        ("purchases", "Name,Amount,Date\nLamp,1.00,2026-01-01\n"),
        ("debts", "Lender,Balance,APR,Min payment,Account\nBank,1.00,5,1.00,Visa\n"),
        ("payments", "Debt,Date,Amount\nVisa,2026-01-01,1.00\n"),
        ("balances", "Debt,Date,Balance\nVisa,2026-01-01,1.00\n"),
    ],
)
def test_what_is_in_a_file_is_told_by_its_columns(tmp_path: Path, kind: str, content: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(content)
    assert recognised_kind(kinds.imported(), path, ReadOptions()).key == kind


def test_a_document_of_another_kind_is_refused_in_words(bring: Bring) -> None:
    document = json.dumps({"counterfoil": {"format": 1, "kind": "debts"}, "debts": [{"name": "Visa"}]})
    with pytest.raises(Refused, match="holds debts, not payments; import it as what it holds"):
        bring("payments", document, "debts.json")


def test_every_field_has_a_name_that_columns_are_known_by() -> None:
    for kind in kinds.imported():
        for target in kind.targets:
            if target.required and target.key != "definition":
                assert kind.headers.field(target.title) == target.key


def test_a_sheets_per_cent_is_read_as_it_is_shown(ledger: Ledger, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Name", "Balance", "APR"])
    sheet.append(["Visa", 1000, 0.1999])
    sheet.append(["Car", 5000, 0.049])
    for row in (2, 3):
        sheet.cell(row, 3).number_format = "0.00%"
    path = tmp_path / "owed.xlsx"
    book.save(path)
    assert import_file(ledger, path, ImportOptions(kinds.importing("debts"))).created == 2
    assert [debt.apr for debt in debts.all_debts(ledger)] == [Decimal("4.9"), Decimal("19.99")]
