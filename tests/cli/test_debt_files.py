"""`import`, `export` and `list` of debts, payments, balances and scenarios."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

DEBTS = "Name,Lender,Balance,APR\nVisa,Bank,1000.00,19.99%\nCar,Dealer,5000.00,4.9%\n"


@pytest.fixture
def owed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "owed.csv"
    path.write_text(DEBTS)
    assert (
        run("import", "debts", path, "--currency", "EUR").out
        == "Created 2, updated 0, skipped 0, failed 0.\n"
    )


@pytest.mark.usefixtures("owed")
def test_a_ledger_is_made_for_debts_and_lists_them(run: Run) -> None:
    found = run("--json", "list", "debts", "--sort=-balance", "--limit", "1").document
    assert found["total"] == 2
    (car,) = found["items"]
    assert (car["name"], car["balance"], car["apr"], car["currency"]) == ("Car", "5000.00", "4.9", "EUR")
    assert run("--json", "list", "debts", "--where", "text=bank").document["total"] == 1
    assert run("list", "debts").out.endswith("2 of 2 debts\n")


@pytest.mark.usefixtures("owed")
def test_payments_are_imported_exported_and_listed(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "paid.csv"
    day = run("--json", "list", "debts").document["items"][0]["opened_on"]
    table.write_text(f"Debt,Date,Amount\nVisa,{day},250.00\nHouse,{day},1.00\n")
    answer = run("--json", "import", "payments", table)
    assert answer.status == 1
    assert (answer.document["created"], answer.document["failed"]) == (1, 1)
    assert answer.document["errors"][0]["value"] == "House"
    target = tmp_path / "payments.json"
    written = run("--json", "export", "payments", target, "--where", "debt=visa", "--from", day).document
    assert written["rows"] == 1
    assert json.loads(target.read_text())["payments"][0]["amount"] == "250.00"
    items = run("--json", "list", "balances", "--where", "debt=Visa", "--sort", "recorded_on").document[
        "items"
    ]
    assert [(item["source"], item["balance"]) for item in items] == [
        ("OPENING", "1000.00"),
        ("PAYMENT", "750.00"),
    ]


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["list", "debts", "--sort", "colour"], 1, "“colour” is nothing to sort by; use one of name"),
        (["list", "payments", "--where", "debt=House"], 1, "There is no debt “House”"),
        (["list", "debts", "--where", "kind=boat"], 1, "use one of credit_card, student"),
        (
            ["export", "debts", "-", "--from", "2026-01-01"],
            2,
            "The debts have no day; leave out --from and --to.",
        ),
        (["list", "boats"], 2, "invalid choice: 'boats'"),
    ],
)
@pytest.mark.usefixtures("owed")
def test_what_cannot_be_is_said(run: Run, words: list[str], status: int, sentence: str) -> None:
    answer = run(*words)
    assert answer.status == status
    assert sentence in answer.err


def test_the_samples_debts_come_back_without_loss(run: Run, tmp_path: Path) -> None:
    run("demo")
    kinds = ("debts", "payments", "balances", "scenarios", "purchases")
    for kind in kinds:
        run("export", kind, tmp_path / f"{kind}.csv")
    run("--ledger", tmp_path / "fresh", "new", "--currency", "USD")
    for kind in kinds:
        assert run("--ledger", tmp_path / "fresh", "import", kind, tmp_path / f"{kind}.csv").status == 0
    for kind in kinds:
        again = tmp_path / f"again-{kind}.csv"
        run("--ledger", tmp_path / "fresh", "export", kind, again)
        assert again.read_bytes() == (tmp_path / f"{kind}.csv").read_bytes()
