"""What is shown before an import, and what is left to the user after it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.purchases import Purchase
from app.services.importing.plan import ImportOptions
from app.services.importing.preview import preview
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.readers import open_table
from app.services.importing.report import MOST_LISTED, WHY_COLUMN, RowError
from app.services.importing.report_files import report_text, write_failed_rows, write_report
from app.services.importing.running import ImportReport, import_file
from app.services.ledger import Ledger
from tests.helpers.ledgers import contents, differences

DATA = Path(__file__).parents[2] / "data" / "imports"
Stored = Callable[[], list[Purchase]]


def test_a_preview_marks_every_problem_at_its_cell(ledger: Ledger) -> None:
    before = contents(ledger)
    seen = preview(ledger, DATA / "haushalt.csv", ImportOptions(PURCHASES))
    assert seen.headers == ("Datum", "Artikel", "Preis", "Geschäft")
    assert (seen.good, seen.skipped, seen.wrong, seen.more) == (50, 0, 4, False)
    assert {row.line: list(row.problems) for row in seen.rows if row.problems} == {
        19: ["Datum"],
        25: ["Preis"],
        31: ["Artikel"],
        35: ["Preis"],
    }
    first = seen.rows[0]
    assert (first.line, first.cells[1]) == (2, "Desk lamp, LED")
    assert first.record is not None
    assert first.record.price == 211010
    assert seen.names_currency
    assert differences(before, contents(ledger)) == []


def test_a_preview_names_the_program_and_what_is_passed_over(ledger: Ledger) -> None:
    seen = preview(ledger, DATA / "amazon-order-history.1.csv", ImportOptions(PURCHASES), limit=5)
    assert (seen.program, seen.good, seen.skipped) == ("Amazon order history", 60, 14)
    assert [row.skipped for row in seen.rows] == ["", "", "", "", "cancelled"]
    assert seen.ambiguities == ()


def test_wrong_rows_further_below_are_shown_too(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = ["Lamp,1,2025-03-31"] * 50 + ["Lamp,x,2025-03-31", "Lamp"]
    path.write_text("Name,Price,Date\n" + "\n".join(rows) + "\n")
    seen = preview(ledger, path, ImportOptions(PURCHASES), limit=10)
    assert [row.line for row in seen.rows] == [2, 3, 4, 5, 6, 7, 8, 9, 52, 53]
    assert seen.rows[-1].problems == {"": "This row has 1 cell where the header has 3; add the missing ones."}


def test_a_preview_says_what_is_missing(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Colour,Size\nred,big\nblue,small\n")
    seen = preview(ledger, path, ImportOptions(PURCHASES))
    assert "Price" in seen.missing
    assert all(row.record is None and not row.problems for row in seen.rows)


def test_a_report_is_saved_in_words_or_as_json(ledger: Ledger, tmp_path: Path) -> None:
    report = import_file(ledger, DATA / "haushalt.csv", ImportOptions(PURCHASES))
    write_report(report, tmp_path / "report.txt")
    lines = (tmp_path / "report.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Created 50, updated 0, skipped 0, failed 4."
    assert lines[2] == "Line 25, Preis “n/a”: “n/a” is not an amount; write one such as 1234.50."
    write_report(report, tmp_path / "report.json")
    document = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert document == report.to_json()
    assert set(document) == {"created", "updated", "skipped", "failed", "errors", "warnings"}
    assert document["errors"][1] == {
        "line": 25,
        "column": "Preis",
        "value": "n/a",
        "reason": "“n/a” is not an amount; write one such as 1234.50.",
    }


def test_very_many_errors_are_counted_and_some_listed() -> None:
    report = ImportReport()
    for line in range(MOST_LISTED + 5):
        report.fail(line, [RowError(line, "a", "b", "c.")])
    assert (report.failed, len(report.errors), len(report.failed_lines)) == (
        MOST_LISTED + 5,
        MOST_LISTED,
        MOST_LISTED + 5,
    )
    assert report_text(report).count("\n") == MOST_LISTED + 1


def test_failed_rows_can_be_mended_and_imported_again(ledger: Ledger, tmp_path: Path, bought: Stored) -> None:
    options = ImportOptions(PURCHASES)
    report = import_file(ledger, DATA / "haushalt.csv", options)
    target = tmp_path / "failed.csv"
    assert write_failed_rows(DATA / "haushalt.csv", options, report, target) == 4
    table = open_table(target)
    assert table.headers == ("Datum", "Artikel", "Preis", "Geschäft", WHY_COLUMN)
    assert [row.cells[0] for row in table.rows()] == ["31.02.25", "01.03.25", "01.03.25", "02.03.25"]
    text = target.read_text(encoding="utf-8-sig")
    mended = text.replace("31.02.25", "28.02.25", 1).replace("n/a", "5,00 €", 1).replace(";;", ";Found;", 1)
    target.write_text(mended.replace("1e999", "9,99 €", 1), encoding="utf-8-sig", newline="")
    again = import_file(ledger, target, options)
    assert (again.created, again.failed) == (4, 0)
    assert len(bought()) == 54
    assert {item.retailer for item in bought()} == {"Händler Süd"}


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_failed_rows_with_formulas_are_harmless_and_come_back_exactly(
    ledger: Ledger, tmp_path: Path, bought: Stored, suffix: str
) -> None:
    names = ["=1+1", "'=1", "@home", "plain"]
    path = tmp_path / f"a{suffix}"
    if suffix == ".csv":
        path.write_text("Name,Price,Date\n" + "".join(f"{name},bad,2025-03-31\n" for name in names))
    else:
        path.write_text(json.dumps([{"Name": name, "Price": "bad", "Date": "2025-03-31"} for name in names]))
    report = import_file(ledger, path, ImportOptions(PURCHASES))
    assert report.failed == 4
    target = tmp_path / "failed.csv"
    write_failed_rows(path, ImportOptions(PURCHASES), report, target)
    text = target.read_text(encoding="utf-8-sig")
    assert "\n=" not in text
    assert "\n@" not in text
    target.write_text(text.replace(",bad,", ",1.00,"), encoding="utf-8-sig", newline="")
    assert import_file(ledger, target, ImportOptions(PURCHASES)).created == 4
    assert [item.name for item in bought()] == names


def test_rows_that_could_not_even_be_split_are_written_as_far_as_they_were_read(
    ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Name,Price,Date\nLamp,1,2025-03-31\nDesk,2\n"Chair,3,2025-03-31\nStool,4,2025-03-31\n')
    report = import_file(ledger, path, ImportOptions(PURCHASES))
    assert (report.created, list(report.failed_lines)) == (2, [3, 4])
    write_failed_rows(path, ImportOptions(PURCHASES), report, tmp_path / "failed.csv")
    assert [list(row.cells[:3]) for row in open_table(tmp_path / "failed.csv").rows()] == [
        ["Desk", "2", ""],
        ["Chair", "3", "2025-03-31"],
    ]
