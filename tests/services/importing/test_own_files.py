"""What was exported comes back without loss: into the same ledger nothing, into another everything."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.purchases import Purchase, PurchaseStatus, Refund
from app.domain.warranties import Cover, Duration
from app.services import purchases
from app.services.exporting import ExportFormat, ExportOptions, export_file
from app.services.exporting import purchases as exporting
from app.services.importing.plan import ImportOptions
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.report_files import write_failed_rows
from app.services.importing.running import import_file
from app.services.ledger import Ledger
from tests.helpers.ledgers import add_all, contents, damage, differences, new_ledger
from tests.services.importing.conftest import stored

FULL = Purchase(
    name="'=Sum'r towel; 27\" “arm”",
    price=3350,
    currency="EUR",
    purchased_on=date(2025, 3, 31),
    quantity=3,
    unit_price=1000,
    tax=150,
    shipping=400,
    discount=200,
    retailer="Händler Süd",
    brand="@Acme",
    category="+Home",
    tags=("a;b", "c\\d", "plain"),
    status=PurchaseStatus.RETURNED,
    return_by=date(2025, 4, 30),
    order_number="-A-1",
    order_line=2,
    model_number="=M",
    serial_number="0012",
    paid_with="Visa",
    kept_at="Home / Office",
    notes='one\ntwo, "three"\n=four ' + ("long " * 8000).strip(),
    covers=(
        Cover(date(2025, 3, 31), date(2027, 3, 31), Duration(2), "LIMITED", "Acme", "P1", "=note"),
        Cover(date(2025, 3, 31), None, None, "LIFETIME", uuid=UUID(int=5)),
        Cover(date(2025, 3, 31), date(2026, 5, 5), None, "Own kind", voided=True),
    ),
    refunds=(Refund(date(2025, 4, 5), 350, 1, "=late"), Refund(date(2025, 4, 6), 1000)),
    source="Amazon",
    created_at=datetime(2025, 3, 31, 22, 30, 15, 123000, tzinfo=UTC),
    updated_at=datetime(2025, 4, 1, 1, 2, 3, 4000, tzinfo=UTC),
)
SOME = [
    FULL,
    Purchase("ペン", 1250, "JPY", date(1900, 1, 1)),
    Purchase("Coin", 1234, "KWD", date(2199, 12, 31), quantity=1_000_000),
    Purchase("Same", 100, "USD", date(2025, 1, 1)),
    Purchase("Same", 100, "USD", date(2025, 1, 1)),
    Purchase("Huge", 999_999_999_999_999, "EUR", date(2025, 1, 1)),
    Purchase("Free", 0, "EUR", date(2025, 1, 1), status=PurchaseStatus.ORDERED),
]
CHOICES = [
    pytest.param(ExportOptions(exporting.PURCHASES, ExportFormat.CSV), id="csv"),
    pytest.param(
        ExportOptions(exporting.PURCHASES, ExportFormat.CSV, delimiter=";", decimal_mark=",", bom=False),
        id="csv with comma",
    ),
    pytest.param(ExportOptions(exporting.PURCHASES, ExportFormat.JSON), id="json"),
    pytest.param(ExportOptions(exporting.PURCHASES, ExportFormat.JSON, pretty=True), id="pretty json"),
    pytest.param(ExportOptions(exporting.PURCHASES, ExportFormat.XLSX), id="xlsx"),
]


def exported(ledger: Ledger, tmp_path: Path, options: ExportOptions) -> Path:
    path = tmp_path / f"out.{options.format.value}"
    export_file(ledger, path, options)
    return path


@pytest.mark.parametrize("options", CHOICES)
def test_an_export_imported_into_the_same_ledger_changes_nothing(
    ledger: Ledger, tmp_path: Path, options: ExportOptions
) -> None:
    ledger.run(add_all([SOME]))
    path = exported(ledger, tmp_path, options)
    before = contents(ledger)
    for policy in ("skip", "update"):
        report = import_file(ledger, path, ImportOptions(PURCHASES, duplicates=policy))
        assert (report.created, report.failed, report.errors) == (0, 0, [])
        assert differences(before, contents(ledger)) == []


@pytest.mark.parametrize("options", CHOICES)
def test_an_export_imported_into_another_ledger_is_the_same(
    ledger: Ledger, tmp_path: Path, options: ExportOptions
) -> None:
    ledger.run(add_all([SOME]))
    path = exported(ledger, tmp_path, options)
    with new_ledger(tmp_path / "other") as other:
        report = import_file(other, path, ImportOptions(PURCHASES))
        assert (report.created, report.failed, report.errors) == (len(SOME), 0, [])
        assert stored(other) == stored(ledger)
        assert damage(other) == []


def test_some_columns_of_an_export_are_still_known_as_ours(ledger: Ledger, tmp_path: Path) -> None:
    ledger.run(add_all([SOME[3:]]))
    columns = ("name", "price", "currency", "purchased_on", "uuid")
    path = exported(ledger, tmp_path, ExportOptions(exporting.PURCHASES, ExportFormat.CSV, columns=columns))
    report = import_file(ledger, path, ImportOptions(PURCHASES))
    assert (report.created, report.skipped) == (0, 4)


def test_failed_rows_of_our_own_files_come_back_exactly(ledger: Ledger, tmp_path: Path) -> None:
    ledger.run(add_all([[FULL]]))
    for options in (
        ExportOptions(exporting.PURCHASES, ExportFormat.CSV),
        ExportOptions(exporting.PURCHASES, ExportFormat.JSON),
    ):
        path = exported(ledger, tmp_path, options)
        whole = path.read_text(encoding="utf-8-sig")
        path.write_text(whole.replace("33.50", "33.5x", 1), encoding="utf-8", newline="")
        with new_ledger(tmp_path / f"other-{options.format.value}") as other:
            report = import_file(other, path, ImportOptions(PURCHASES))
            assert (report.created, report.failed) == (0, 1)
            target = tmp_path / "failed.csv"
            write_failed_rows(path, ImportOptions(PURCHASES), report, target)
            text = target.read_text(encoding="utf-8-sig").replace("33.5x", "33.50", 1)
            target.write_text(text, encoding="utf-8-sig", newline="")
            assert import_file(other, target, ImportOptions(PURCHASES)).created == 1
            assert stored(other) == stored(ledger)


def test_a_duplicate_of_our_own_file_in_a_ledger_with_more_is_told_apart(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.run(add_all([SOME]))
    path = exported(ledger, tmp_path, ExportOptions(exporting.PURCHASES, ExportFormat.JSON))
    with new_ledger(tmp_path / "other") as other:
        other.run(purchases.add(SOME[3]))
        report = import_file(other, path, ImportOptions(PURCHASES))
        assert (report.created, report.skipped) == (len(SOME) - 1, 1)
