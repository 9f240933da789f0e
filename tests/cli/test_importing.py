"""`import`, `export` and `list` on real files."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import IMPORTS, Run

EXPECTED: dict[str, dict[str, Any]] = json.loads((IMPORTS / "EXPECTED.json").read_text(encoding="utf-8"))
CURRENCIES = {"homebox.csv": "EUR", "warracker-excel.csv": "USD"}


def totals(items: list[dict[str, Any]]) -> dict[str, str]:
    found: dict[str, Decimal] = {}
    for item in items:
        found[item["currency"]] = found.get(item["currency"], Decimal(0)) + Decimal(item["price"])
    return {currency: str(total) for currency, total in found.items()}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_file_gives_what_it_must(run: Run, name: str) -> None:
    expected = EXPECTED[name]
    run("new", "--currency", CURRENCIES.get(name, "EUR"), "--country", "DE", "--timezone", "Europe/Berlin")
    report = run("--json", "import", "purchases", IMPORTS / name)
    assert report.status == (1 if "failed_lines" in expected else 0)
    assert report.document["created"] == expected["purchases"]
    assert [error["line"] for error in report.document["errors"]] == expected.get("failed_lines", [])
    items = run("--json", "list", "purchases").document["items"]
    assert len(items) == expected["purchases"]
    assert totals(items) == expected["totals"]
    covers = [cover for item in items for cover in item["covers"]]
    if "warranties" in expected:
        assert len(covers) == expected["warranties"]
        assert sum(cover["ends_on"] is None for cover in covers) == expected["lifetime"]
        assert len({item["retailer"] for item in items}) == expected["retailers"]
        assert len({item["brand"] for item in items}) == expected["brands"]
    if "warranty_ends" in expected:
        assert sorted(cover["ends_on"] for cover in covers) == expected["warranty_ends"]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_second_import_adds_nothing(run: Run, name: str) -> None:
    run("new", "--currency", "EUR", "--timezone", "Europe/Berlin")
    run("import", "purchases", IMPORTS / name)
    before = run("list", "purchases").out
    again = run("--json", "import", "purchases", IMPORTS / name)
    assert (again.document["created"], again.document["updated"]) == (0, 0)
    assert run("list", "purchases").out == before


def test_the_second_part_of_an_order_history_adds_nothing(run: Run) -> None:
    run("import", "purchases", IMPORTS / "amazon-order-history.1.csv")
    report = run("--json", "import", "purchases", IMPORTS / "amazon-order-history.2.csv")
    assert (report.status, report.document["created"]) == (0, 0)


def test_bad_rows_say_line_column_value_and_reason(run: Run) -> None:
    report = run("--json", "import", "purchases", IMPORTS / "haushalt.csv", "--currency", "EUR").document
    assert [(error["line"], error["column"], error["value"]) for error in report["errors"]] == [
        (19, "Datum", "31.02.25"),
        (25, "Preis", "n/a"),
        (31, "Artikel", ""),
        (35, "Preis", "1e999"),
    ]
    assert all(error["reason"].endswith(".") for error in report["errors"])


def test_all_or_nothing_keeps_nothing(run: Run) -> None:
    answer = run("--json", "import", "purchases", IMPORTS / "haushalt.csv", "--all-or-nothing")
    assert (answer.status, answer.document["created"], answer.document["failed"]) == (1, 0, 4)
    assert run("--json", "list", "purchases").document["total"] == 0


def test_a_dry_run_changes_nothing_and_makes_no_ledger(run: Run, ledger_path: Path) -> None:
    answer = run("--json", "import", "purchases", IMPORTS / "homebox.csv", "--dry-run")
    assert (answer.status, answer.document["created"]) == (0, 30)
    assert not ledger_path.exists()


@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
def test_an_export_comes_back_without_loss(run: Run, tmp_path: Path, format: str) -> None:
    run("demo")
    first, other = tmp_path / f"first.{format}", tmp_path / "other"
    report = run("--json", "export", "purchases", first)
    assert report.document["rows"] == 66
    assert report.document["bytes"] == first.stat().st_size
    assert run("--json", "import", "purchases", first).document["skipped"] == 66
    assert run("--ledger", other, "--json", "import", "purchases", first).document["created"] == 66
    mine = run("export", "purchases", "-").out
    assert run("--ledger", other, "export", "purchases", "-").out == mine


def test_export_takes_dates_and_conditions(run: Run, tmp_path: Path) -> None:
    run("import", "purchases", IMPORTS / "paypal-activity.csv")
    target = tmp_path / "some.json"
    run(
        "export",
        "purchases",
        target,
        "--from",
        "2025-09-01",
        "--to",
        "2025-09-30",
        "--where",
        "retailer=shop c",
    )
    items = json.loads(target.read_text(encoding="utf-8"))["purchases"]
    assert items
    assert {(item["retailer"], item["purchased_on"][:7]) for item in items} == {("Shop C", "2025-09")}


def test_list_sorts_and_pages(run: Run) -> None:
    run("import", "purchases", IMPORTS / "paypal-activity.csv")
    everything = run("--json", "list", "purchases", "--sort", "price").document
    prices = [Decimal(item["price"]) for item in everything["items"]]
    assert prices == sorted(prices)
    page = run("--json", "list", "purchases", "--sort", "price", "--limit", "3", "--offset", "4").document
    assert page == {"total": everything["total"], "items": everything["items"][4:7]}
    assert run("--json", "list", "purchases", "--sort=-price").document["items"] == everything["items"][::-1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--sort", "colour"], "“colour” is nothing to sort by; use one of purchased_on"),
        (["--where", "colour=red"], "“colour” is no condition; use one of"),
    ],
)
def test_list_refuses_what_it_does_not_know(run: Run, words: list[str], sentence: str) -> None:
    run("new")
    answer = run("list", "purchases", *words)
    assert answer.status == 1
    assert sentence in answer.err


def test_a_map_says_which_column_is_which(run: Run, tmp_path: Path) -> None:
    table, chart = tmp_path / "odd.csv", tmp_path / "map.json"
    table.write_text("A;B;C\nLamp;12,50;03.04.2025\n", encoding="utf-8")
    columns = {"name": "A", "price": "B", "purchased_on": "C"}
    chart.write_text(json.dumps({"columns": columns, "date_order": "dmy"}), encoding="utf-8")
    answer = run("--json", "import", "purchases", table, "--map", chart, "--currency", "CHF")
    assert (answer.status, answer.document["created"]) == (0, 1)
    (item,) = run("--json", "list", "purchases").document["items"]
    assert (item["name"], item["price"], item["currency"], item["purchased_on"]) == (
        "Lamp",
        "12.50",
        "CHF",
        "2025-04-03",
    )


def test_a_map_that_is_none_is_refused(run: Run, tmp_path: Path, ledger_path: Path) -> None:
    chart = tmp_path / "map.json"
    chart.write_text("{", encoding="utf-8")
    answer = run("import", "purchases", IMPORTS / "haushalt.csv", "--map", chart)
    assert answer.status == 1
    assert "is not JSON" in answer.err
    assert not ledger_path.exists()


def test_a_failed_export_leaves_what_was_there(run: Run, tmp_path: Path) -> None:
    run("demo")
    answer = run("export", "purchases", tmp_path, "--format", "csv")
    assert answer.status == 1
    assert "is a folder" in answer.err
    missing = tmp_path / "nowhere" / "x.csv"
    assert "There is no folder" in run("export", "purchases", missing).err
