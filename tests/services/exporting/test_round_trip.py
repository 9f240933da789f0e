"""What is exported and imported into a fresh ledger exports to the same file again, whatever the texts."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.debts import Debt
from app.domain.profile import Profile
from app.domain.purchases import DebtReference, Purchase, Refund
from app.services import debts
from app.services.exporting import ExportFormat, ExportOptions, export_file
from app.services.exporting import purchases as exporting
from app.services.importing.plan import ImportOptions
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.running import import_file
from app.services.ledger import Ledger, create_ledger
from app.services.purchases import get, prepared, set_field
from tests.helpers.generated import NASTY, purchases
from tests.helpers.ledgers import add_all, bought, contents, opened

NewLedger = Callable[[], Any]

EXAMPLES = min(settings.default.max_examples // 2, 300)
"""Each makes two ledgers and two files, so fewer do than elsewhere."""

SHAPES = {
    "csv": ExportOptions(exporting.PURCHASES, ExportFormat.CSV),
    "csv for a spreadsheet with decimal commas": ExportOptions(
        exporting.PURCHASES, ExportFormat.CSV, delimiter=";", decimal_mark=","
    ),
    "csv with tabs and no mark": ExportOptions(
        exporting.PURCHASES, ExportFormat.CSV, delimiter="\t", bom=False
    ),
    "json": ExportOptions(exporting.PURCHASES, ExportFormat.JSON),
    "pretty json": ExportOptions(exporting.PURCHASES, ExportFormat.JSON, pretty=True),
    "xlsx": ExportOptions(exporting.PURCHASES, ExportFormat.XLSX),
}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> NewLedger:
    """Opens a new ledger each time, without making its tables anew."""
    folder = tmp_path_factory.mktemp("ledgers")
    create_ledger(folder / "pattern", Profile(name="Ada", currency="EUR"))
    numbers = count()

    @contextmanager
    def make() -> Iterator[Ledger]:
        place = folder / str(next(numbers))
        shutil.copytree(folder / "pattern", place)
        with opened(place) as ledger:
            yield ledger
        shutil.rmtree(place)

    return make


def exported(ledger: Ledger, options: ExportOptions) -> bytes:
    """The file's bytes, without what tells when it was made."""
    target = BytesIO()
    export_file(ledger, target, options)
    if options.format is ExportFormat.XLSX:
        sheet = openpyxl.load_workbook(BytesIO(target.getvalue())).active
        cells = [
            [(cell.value, cell.number_format, cell.data_type) for cell in row] for row in sheet.iter_rows()
        ]
        return repr(cells).encode()
    return re.sub(rb'"exported_at": "[^"]*"', b"", target.getvalue())


def carried_over(source: Ledger, target: Ledger, options: ExportOptions, folder: Path) -> None:
    path = folder / f"purchases.{options.format.value}"
    export_file(source, path, options)
    report = import_file(target, path, ImportOptions(PURCHASES))
    assert report.errors == []
    assert (report.updated, report.skipped, report.failed) == (0, 0, 0)


@pytest.mark.parametrize("options", SHAPES.values(), ids=SHAPES.keys())
@settings(max_examples=EXAMPLES)
@given(batch=st.lists(purchases(), min_size=1, max_size=6))
def test_any_purchases_come_back_as_they_were(
    fresh: NewLedger, tmp_path_factory: pytest.TempPathFactory, options: ExportOptions, batch: list[Purchase]
) -> None:
    with fresh() as source, fresh() as target:
        source.run(add_all([batch]))
        carried_over(source, target, options, tmp_path_factory.mktemp("file"))
        assert exported(target, options) == exported(source, options)


@pytest.mark.parametrize("options", SHAPES.values(), ids=SHAPES.keys())
def test_nasty_texts_come_back_in_every_field(
    fresh: NewLedger, tmp_path: Path, options: ExportOptions
) -> None:
    batch = [
        prepared(
            bought(
                f"{text} {number}",
                retailer=text,
                order_number=text,
                notes=text,
                tags=(f"{number} {text}", "b"),
                refunds=(Refund(date(2026, 4, 1), 100, 0, text),),
            )
        )
        for number, text in enumerate(NASTY)
    ]
    with fresh() as source, fresh() as target:
        source.run(add_all([batch]))
        carried_over(source, target, options, tmp_path)
        assert exported(target, options) == exported(source, options)


@pytest.mark.parametrize("options", SHAPES.values(), ids=SHAPES.keys())
def test_importing_the_file_into_the_same_ledger_changes_nothing(
    fresh: NewLedger, tmp_path: Path, options: ExportOptions
) -> None:
    with fresh() as ledger:
        ledger.run(add_all([[bought("Kettle", tags=("a", "b")), bought("Lamp", notes="two\nlines")]]))
        before = contents(ledger)
        path = tmp_path / f"again.{options.format.value}"
        export_file(ledger, path, options)
        for duplicates in ("skip", "update"):
            report = import_file(ledger, path, ImportOptions(PURCHASES, duplicates=duplicates))
            assert (report.created, report.failed) == (0, 0)
        assert contents(ledger) == before


def test_texts_too_long_for_a_cell_go_on_beside_it(fresh: NewLedger, tmp_path: Path) -> None:
    notes = "".join(f"{number:07},\n" for number in range(11_000)) + "end"
    with fresh() as source, fresh() as target:
        source.run(add_all([[bought("Kettle", notes=notes), bought("Lamp", notes="short")]]))
        path = tmp_path / "long.xlsx"
        export_file(source, path, ExportOptions(exporting.PURCHASES, ExportFormat.XLSX))
        sheet = openpyxl.load_workbook(path).active
        headers = [cell.value for cell in sheet[1]]
        assert headers[-6:] == [f"Notes ({piece})" for piece in range(2, 8)][-6:]
        assert max(len(cell.value) for cell in sheet[2] if isinstance(cell.value, str)) < 32_768
        report = import_file(target, path, ImportOptions(PURCHASES))
        assert report.created == 2
        options = ExportOptions(exporting.PURCHASES, ExportFormat.JSON)
        assert exported(target, options) == exported(source, options)


@pytest.mark.parametrize("options", SHAPES.values(), ids=SHAPES.keys())
def test_the_debt_of_a_purchase_comes_back_where_the_ledger_has_it(
    fresh: NewLedger, tmp_path: Path, options: ExportOptions
) -> None:
    visa = Debt("Visa", "EUR", 100_000, date(2026, 1, 1), uuid=UUID("01890a5d-ac96-774b-bcce-b302099a8057"))
    path = tmp_path / f"bought.{options.format.value}"
    with fresh() as source, fresh() as target, fresh() as without:
        for ledger in (source, target):
            ledger.run(debts.add(visa))
        source.run(add_all([[bought("Kettle", debt=DebtReference("Visa")), bought("Lamp")]]))
        export_file(source, path, options)
        assert import_file(target, path, ImportOptions(PURCHASES)).created == 2
        assert exported(target, options) == exported(source, options)
        report = import_file(without, path, ImportOptions(PURCHASES))
        assert (report.created, report.failed) == (2, 0)
        assert report.warnings == [
            "1 row: the debt “Visa” is not in the ledger, and was left out; import the debts first to keep it."
        ]
        source.run(debts.remove([1]))
        source.run(debts.add(replace(visa, name="Card", uuid=None)))
        source.run(set_field(1, "debt", DebtReference("Card")))
        again = import_file(source, path, ImportOptions(PURCHASES, duplicates="update"))
        assert (again.updated, len(again.warnings)) == (2, 1)
        kept = get(source, 1)
        assert kept is not None
        assert kept.debt is not None
        assert kept.debt.name == "Card"
