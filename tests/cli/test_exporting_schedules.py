"""`export schedule` on the sample ledger."""

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Run


@pytest.fixture
def sample(run: Run) -> Run:
    assert run("demo").status == 0
    return run


def by_month(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows in one order: a scenario has its debts in its own."""
    return sorted(rows, key=lambda row: (row["month"], row["debt"]))


def test_the_schedule_is_that_of_the_plan_in_use(sample: Run, tmp_path: Path) -> None:
    report = sample("--json", "export", "schedule", tmp_path / "x.json")
    data = (tmp_path / "x.json").read_bytes()
    assert (report.status, report.document) == (
        0,
        {
            "rows": len(json.loads(data)["schedule"]),
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "path": str(tmp_path / "x.json"),
        },
    )
    document = json.loads(data)
    (plan,) = sample("--json", "plan", "--extra", "240", "--schedule").document
    assert by_month(document["schedule"]) == by_month(plan["schedule"])
    assert document["assumptions"].items() <= plan["assumptions"].items()
    same = ("strategy", "currency", "months", "debt_free", "total_interest", "total_paid")
    assert {key: document[key] for key in same} == {key: plan[key] for key in same}
    assert [(payoff["debt"], payoff["month"], payoff["date"]) for payoff in document["payoffs"]] == [
        (payoff["debt"], payoff["month"], payoff["date"]) for payoff in plan["payoffs"]
    ]


def test_conditions_choose_another_plan(sample: Run) -> None:
    out = sample("export", "schedule", "-", "--where", "strategy=snowball", "--where", "extra=500").out
    (plan,) = sample("--json", "plan", "--strategy", "snowball", "--extra", "500", "--schedule").document
    rows = list(csv.DictReader(io.StringIO(out)))
    assert sorted((row["Month"], row["Debt"], row["Payment"]) for row in rows) == sorted(
        (row["date"], row["debt"], row["payment"]) for row in plan["schedule"]
    )


def test_a_live_workbook_is_asked_for_in_a_word(sample: Run, tmp_path: Path) -> None:
    target = tmp_path / "live.xlsx"
    answer = sample("export", "schedule", target, "--where", "live=yes")
    assert answer.status == 0
    assert answer.out.startswith("Wrote ")
    assert openpyxl.load_workbook(target)["Plan"]["C4"].value == 240


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("x.csv", "--where", "live=yes"), 1, "Only an XLSX workbook can recompute a plan"),
        (("x.csv", "--where", "colour=red"), 1, "“colour” is no condition"),
        (("x.csv", "--from", "2026-01-01"), 2, "A schedule begins with its plan"),
        (("x.pdf",), 2, "names no format"),
    ],
)
def test_what_cannot_be_is_refused(
    sample: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    status: int,
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = sample("export", "schedule", *words)
    assert (answer.status, answer.out) == (status, "")
    assert sentence in answer.err
    assert not (tmp_path / words[0]).exists()
