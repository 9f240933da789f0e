"""Files of exchange rates, a row a rate: what they bring, and what of them is refused."""

from pathlib import Path

from app.services import exchange_rates
from app.services.importing.exchange_rates import RATES
from app.services.importing.plan import ImportOptions
from app.services.importing.running import import_file
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
