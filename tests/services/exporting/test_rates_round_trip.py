"""Exchange rates that are exported and imported into a fresh ledger export the same again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.exchange_rates import ECB, OWN, ExchangeRate, check_rate
from app.domain.money import CURRENCIES
from app.services import exchange_rates, kinds
from app.services.changes import Command
from app.services.exporting import ExportOptions, export_file
from app.services.importing.plan import ImportOptions
from app.services.importing.readers import ReadOptions
from app.services.importing.recognition import recognised_kind
from app.services.importing.running import import_file
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage import exchange_rates as stored
from tests.helpers.ledgers import contents
from tests.services.exporting.test_round_trip import SHAPES, NewLedger, exported, fresh

__all__ = ["fresh"]

DATA = Path(__file__).parents[2] / "data" / "rates"
FORMATS = {name: replace(options, kind=kinds.exporting("rates")) for name, options in SHAPES.items()}
EXAMPLES = 10

any_rates = st.lists(
    st.builds(
        ExchangeRate,
        st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        st.sampled_from(sorted(CURRENCIES)),
        st.sampled_from(sorted(CURRENCIES)),
        # A number of a sheet has 15 digits.
        st.integers(1, 10**12).map(lambda millionths: Decimal(millionths).scaleb(-6).normalize()),
        st.sampled_from([OWN, ECB, "Bank of Japan"]),
    ).filter(lambda rate: not check_rate(rate)),
    unique_by=lambda rate: (rate.on, rate.base, rate.currency, rate.source),
    max_size=12,
    min_size=1,
)


def planted(ledger: Ledger, rates: list[ExchangeRate]) -> None:
    ledger.run(Command("Add rates", lambda write: stored.insert(write, map(stored.stored, rates))))


def carried(source: Ledger, target: Ledger, options: ExportOptions, folder: Path) -> None:
    path = folder / f"rates.{options.format.value}"
    export_file(source, path, options)
    assert recognised_kind(kinds.imported(), path, ReadOptions()).key == "rates"
    report = import_file(target, path, ImportOptions(kinds.importing("rates")))
    assert report.failed == 0, report.errors
    assert report.created == exchange_rates.count(source)


@pytest.mark.parametrize("options", FORMATS.values(), ids=FORMATS.keys())
@settings(max_examples=EXAMPLES, deadline=None)
@given(rates=any_rates)
def test_all_rates_come_back(
    fresh: NewLedger,
    tmp_path_factory: pytest.TempPathFactory,
    options: ExportOptions,
    rates: list[ExchangeRate],
) -> None:
    with fresh() as source, fresh() as target:
        planted(source, rates)
        carried(source, target, options, tmp_path_factory.mktemp("file"))
        assert exported(target, options) == exported(source, options)
        there = [replace(rate, id=0) for rate in source.read(lambda reader: list(stored.stream(reader)))]
        assert [
            replace(rate, id=0) for rate in target.read(lambda reader: list(stored.stream(reader)))
        ] == there


@pytest.mark.parametrize("policy", ["skip", "update", "add"])
def test_importing_again_keeps_one_rate_of_a_day(fresh: NewLedger, tmp_path: Path, policy: str) -> None:
    options = FORMATS["csv"]
    with fresh() as ledger:
        exchange_rates.import_rates(ledger, DATA / "eurofxref-hist.csv", JobContext())
        path = tmp_path / "rates.csv"
        export_file(ledger, path, options)
        before = contents(ledger)["exchange_rates"]
        import_file(ledger, path, ImportOptions(kinds.importing("rates"), duplicates=policy))  # type: ignore[arg-type]
        assert contents(ledger)["exchange_rates"] == before
        path.write_text(
            "Date,Base,Currency,Rate,Source\n2026-11-20,EUR,USD,1.5,ECB\n2026-11-20,EUR,USD,1.6,ECB\n"
        )
        report = import_file(ledger, path, ImportOptions(kinds.importing("rates"), duplicates="update"))
        assert (report.updated, report.failed) == (1, 1)
        assert "earlier row" in report.errors[0].reason
        ledger.undo().result()
        assert contents(ledger)["exchange_rates"] == before


def test_wrong_rows_are_told(fresh: NewLedger, tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(
        "Date,Base,Currency,Rate,Source\n"
        "2026-11-20,EUR,USD,1.5,\n"
        "2026-11-20,EUR,EUR,1,\n"
        "2026-11-20,EUR,XXX,1,\n"
        "2026-11-20,EUR,JPY,0,\n"
        "2026-11-20,EUR,JPY,,\n"
        "2026-11-20,EUR,JPY,1,=1+1\n"
    )
    with fresh() as ledger:
        report = import_file(ledger, path, ImportOptions(kinds.importing("rates")))
        assert report.created == 1
        assert [(error.line, error.column) for error in report.errors] == [
            (3, "Currency"),
            (4, "Currency"),
            (5, "Rate"),
            (6, "Rate"),
            (7, "Source"),
        ]


def test_rates_are_listed_by_currency_and_days(ledger: Ledger) -> None:
    exchange_rates.import_rates(ledger, DATA / "eurofxref-hist.csv", JobContext())
    kind = kinds.exporting("rates")
    wanted = kind.conditions(ledger, [("currency", "jpy")])
    assert kind.count(ledger, wanted) == 7
    assert kind.between is not None
    assert kind.count(ledger, kind.between(wanted, date(2026, 11, 18), None)) == 3
    assert kind.count(ledger, kind.everything) == 27
    assert exchange_rates.listing(ledger)[0].rate == Decimal("0.86420")
