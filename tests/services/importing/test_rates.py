"""Files of exchange rates, a row a rate: what they bring, and what of them is refused."""

from pathlib import Path

from app.services import exchange_rates
from app.services.importing.exchange_rates import RATES
from app.services.importing.plan import ImportOptions
from app.services.importing.running import import_file
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from tests.helpers.files import written

HEADERS = "Date,Base,Currency,Rate\n"


def test_a_file_with_both_decimal_marks_multiplies_no_rate_by_a_thousand(
    ledger: Ledger, tmp_path: Path
) -> None:
    rows = '2026-11-20,EUR,USD,1.1\n2026-11-19,EUR,USD,1.25\n2026-11-18,EUR,USD,1.205\n2026-11-17,EUR,USD,"0,9"\n'
    report = import_file(
        ledger, written(tmp_path / "r.csv", f"{HEADERS}{rows}".encode()), ImportOptions(RATES)
    )
    assert (report.created, report.failed) == (3, 1)
    assert report.errors[0].value == "1.205"
    assert sorted(str(rate.rate) for rate in exchange_rates.listing(ledger)) == ["0.9", "1.1", "1.25"]


def test_a_file_with_one_decimal_mark_is_read_whole(ledger: Ledger, tmp_path: Path) -> None:
    rows = '2026-11-20,EUR,USD,"1,205"\n2026-11-20,EUR,JPY,"163"\n'
    report = import_file(
        ledger, written(tmp_path / "r.csv", f"{HEADERS}{rows}".encode()), ImportOptions(RATES)
    )
    assert (report.created, report.failed) == (2, 0)
    assert sorted(str(rate.rate) for rate in exchange_rates.listing(ledger)) == ["1.205", "163"]


BANKS_DAY = "Date, USD, JPY, CYP, \n20 November 2026, 1.0823, 163.45, N/A, \n"
BANKS_HISTORY = "Date,USD,JPY,CYP,\n2026-11-20,1.0823,163.45,N/A,\n2026-11-19,1.08,abc,0.5,\n"


def test_the_central_banks_day_is_imported_like_any_file_of_rates(ledger: Ledger, tmp_path: Path) -> None:
    path = written(tmp_path / "eurofxref.csv", BANKS_DAY.encode())
    rehearsed = import_file(ledger, path, ImportOptions(RATES, dry_run=True))
    assert (rehearsed.created, exchange_rates.count(ledger)) == (2, 0)
    report = import_file(ledger, path, ImportOptions(RATES))
    assert (report.created, report.failed) == (2, 0)
    assert report.warnings == ["The rates of CYP were left out: these currencies are not known."]
    found = [
        (rate.base, rate.currency, str(rate.rate), rate.source) for rate in exchange_rates.listing(ledger)
    ]
    assert found == [("EUR", "JPY", "163.45", "ECB"), ("EUR", "USD", "1.0823", "ECB")]
    again = import_file(ledger, path, ImportOptions(RATES))
    assert (again.created, again.skipped) == (0, 2)


def test_what_is_no_rate_in_the_banks_history_is_told_at_its_line(ledger: Ledger, tmp_path: Path) -> None:
    path = written(tmp_path / "eurofxref-hist.csv", BANKS_HISTORY.encode())
    report = import_file(ledger, path, ImportOptions(RATES))
    assert (report.created, report.failed) == (3, 1)
    assert [(error.line, error.column, error.value) for error in report.errors] == [(3, "Rate", "abc")]


def test_the_dialog_and_the_import_read_the_same_of_a_file(ledger: Ledger, tmp_path: Path) -> None:
    path = written(tmp_path / "eurofxref-hist.csv", BANKS_HISTORY.encode())
    import_file(ledger, path, ImportOptions(RATES))
    report = exchange_rates.import_rates(ledger, path, JobContext())
    assert (report.added, report.changed, report.same, report.failed) == (0, 0, 3, 1)
