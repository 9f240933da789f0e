"""Rates entered, imported from the European Central Bank's files, exported, and used for one total."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.exchange_rates import ECB, ExchangeRate, RateTable
from app.domain.money import Money
from app.domain.problems import Refused
from app.services import exchange_rates, kinds
from app.services.exchange_rates import RateReport, import_rates, one_total, save
from app.services.exporting import ExportFormat, ExportOptions, export_file
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import Ledger
from app.services.rate_files import is_rates
from tests.helpers.ledgers import contents, new_ledger

DATA = Path(__file__).parent.parent / "data" / "rates"
FRIDAY = date(2026, 11, 20)


def usd(rate: str, on: date = FRIDAY, id: int = 0) -> ExchangeRate:
    return ExchangeRate(on, "EUR", "USD", Decimal(rate), id=id)


def brought_in(ledger: Ledger, path: Path) -> RateReport:
    return import_rates(ledger, path, JobContext())


def written(tmp_path: Path, text: str, name: str = "rates.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


# -- one's own


def test_an_own_rate_is_added_changed_and_deleted_and_all_of_it_can_be_undone(ledger: Ledger) -> None:
    added = ledger.run(save(usd("1.0823")))
    assert added.label == "Add a rate of EUR in USD"
    ledger.run(save(usd("1.09", id=added.result)))
    assert [str(rate.rate) for rate in exchange_rates.listing(ledger)] == ["1.09"]
    ledger.undo().result()
    assert [str(rate.rate) for rate in exchange_rates.listing(ledger)] == ["1.0823"]
    removed = ledger.run(exchange_rates.remove([added.result]))
    assert removed.label == "Delete 1 exchange rate"
    assert not exchange_rates.count(ledger)
    ledger.undo().result()
    assert exchange_rates.listing(ledger) == [usd("1.0823", id=added.result)]


def test_a_pair_has_one_own_rate_a_day(ledger: Ledger) -> None:
    first = ledger.run(save(usd("1.1"))).result
    with pytest.raises(Refused) as refused:
        ledger.run(save(usd("1.2")))
    assert refused.value.problems[0].field == "on"
    other = ledger.run(save(usd("1.2", FRIDAY - timedelta(1)))).result
    with pytest.raises(Refused):
        ledger.run(save(usd("1.2", id=other)))
    ledger.run(save(usd("1.3", id=first)))


def test_a_rate_that_cannot_be_is_refused_before_anything_runs() -> None:
    with pytest.raises(Refused) as refused:
        save(ExchangeRate(FRIDAY, "EUR", "EUR", Decimal(0)))
    assert {problem.field for problem in refused.value.problems} == {"currency", "rate"}


def test_a_rate_that_is_gone_or_imported_is_not_changed(ledger: Ledger) -> None:
    brought_in(ledger, DATA / "eurofxref.csv")
    imported = exchange_rates.listing(ledger)[0]
    for id in (imported.id, 9999):
        with pytest.raises(Refused, match="deleted meanwhile"):
            ledger.run(save(usd("1.2", date(2020, 1, 1), id=id)))


# -- the bank's files


def test_the_file_of_one_day_is_imported_as_it_is_published(ledger: Ledger) -> None:
    report = brought_in(ledger, DATA / "eurofxref.csv")
    assert (report.added, report.skipped, report.failed) == (7, 0, 0)
    assert (report.first, report.last) == (FRIDAY, FRIDAY)
    found = {rate.currency: rate for rate in exchange_rates.listing(ledger)}
    assert found["JPY"] == ExchangeRate(FRIDAY, "EUR", "JPY", Decimal("171.35"), ECB, found["JPY"].id)


def test_the_history_skips_what_was_not_quoted_and_tells_of_currencies_that_are_gone(ledger: Ledger) -> None:
    report = brought_in(ledger, DATA / "eurofxref-hist.csv")
    assert report.unknown == ("CYP", "SKK", "TRL")
    assert (report.added, report.skipped, report.failed) == (27, 3, 0)
    assert (report.first, report.last) == (date(2004, 12, 31), FRIDAY)
    assert report.currencies == ("EUR", "GBP", "JPY", "KRW", "USD")


def test_importing_again_adds_nothing_and_a_corrected_rate_is_changed(ledger: Ledger, tmp_path: Path) -> None:
    brought_in(ledger, DATA / "eurofxref-hist.csv")
    before = contents(ledger)
    again = brought_in(ledger, DATA / "eurofxref-hist.csv")
    assert (again.added, again.changed, again.same) == (0, 0, 27)
    assert contents(ledger) == before
    path = written(tmp_path, "Date,USD,JPY\n2026-11-20,1.1200,171.350\n")
    mended = brought_in(ledger, path)
    assert (mended.added, mended.changed, mended.same) == (0, 1, 1)
    assert ledger.undo_label == "Import 1 exchange rate"
    ledger.undo().result()
    assert contents(ledger) == before


def test_one_undo_takes_a_whole_import_back(ledger: Ledger) -> None:
    brought_in(ledger, DATA / "eurofxref-hist.csv")
    assert ledger.undo_label == "Import 27 exchange rates"
    ledger.undo().result()
    assert exchange_rates.count(ledger) == 0


def test_imported_rates_are_deleted_together_and_own_ones_stay(ledger: Ledger) -> None:
    ledger.run(save(usd("1.1")))
    brought_in(ledger, DATA / "eurofxref-hist.csv")
    assert ledger.run(exchange_rates.remove_imported()).result == 27
    assert [rate.source for rate in exchange_rates.listing(ledger)] == [""]


def test_every_wrong_cell_is_told_with_its_place_and_the_right_ones_are_kept(
    ledger: Ledger, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        "Date, USD, JPY, \n"
        "2026-11-20, 1.1, one hundred, \n"
        "31 February 2026, 1.1, 160, \n"
        "2026-11-18, -1.1, 0.00, \n"
        '2026-11-17,"1,1", 160, \n'
        "2026-11-16, 1.1, 1e999, \n"
        "2026-11-15, NaN, 160, \n"
        "2026-11-20, 1.3, 161, \n"
        "0000-11-20, 1.3, 161, \n"
        "2026-11-13, 1.2\n",
    )
    report = brought_in(ledger, path)
    places = [(error.line, error.column, error.value) for error in report.errors]
    assert places == [
        (2, "JPY", "one hundred"),
        (3, "Date", "31 February 2026"),
        (4, "USD", "-1.1"),
        (4, "JPY", "0.00"),
        (5, "USD", "1,1"),
        (6, "JPY", "1e999"),
        (7, "USD", "NaN"),
        (8, "Date", "2026-11-20"),
        (9, "Date", "0000-11-20"),
        (10, "", "2026-11-13,  1.2"),
    ]
    assert report.failed == 10
    assert all(error.reason.endswith(".") for error in report.errors)
    assert report.added == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("Date,USD\n", "no rows"),
        ("Date,Product,Price\n2026-11-20,Kettle,49\n", "has no exchange rates"),
        ("Time,USD\n2026-11-20,1.1\n", "has no exchange rates"),
        ("Date,ZZZ\n2026-11-20,1.1\n", "has no exchange rates"),
        ("Date,USD,USD\n2026-11-20,1.1,1.2\n", "Two columns are called USD"),
    ],
)
def test_a_file_without_rates_is_refused_in_one_sentence(
    ledger: Ledger, tmp_path: Path, text: str, words: str
) -> None:
    before = contents(ledger)
    with pytest.raises(Refused, match=words):
        brought_in(ledger, written(tmp_path, text))
    assert contents(ledger) == before


def test_a_folder_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is a folder"):
        brought_in(ledger, tmp_path)


def test_a_cancelled_import_leaves_nothing(ledger: Ledger) -> None:
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        import_rates(ledger, DATA / "eurofxref-hist.csv", context)
    assert exchange_rates.count(ledger) == 0


def test_files_of_rates_are_told_from_others_by_their_first_line(tmp_path: Path) -> None:
    assert is_rates(DATA / "eurofxref.csv")
    assert is_rates(DATA / "eurofxref-hist.csv")
    assert is_rates(written(tmp_path, "\ufeffDate,Base,Currency,Rate,Source\n", "own.csv"))
    assert not is_rates(written(tmp_path, "Date,Payee,USD\n", "others.csv"))
    assert not is_rates(written(tmp_path, "", "empty.csv"))
    assert not is_rates(DATA)
    assert not is_rates(tmp_path / "none.csv")


# -- our own file


def test_rates_come_back_without_loss(ledger: Ledger, tmp_path: Path) -> None:
    brought_in(ledger, DATA / "eurofxref-hist.csv")
    ledger.run(save(usd("1.00000100")))
    ledger.run(save(ExchangeRate(date(1999, 1, 4), "USD", "KWD", Decimal("0.0000000001"))))
    path = tmp_path / "out.csv"
    options = ExportOptions(kinds.exporting("rates"), ExportFormat.CSV)
    assert export_file(ledger, path, options).rows == 29
    assert is_rates(path)
    with new_ledger(tmp_path / "other") as other:
        report = brought_in(other, path)
        assert (report.added, report.failed) == (29, 0)
        again = tmp_path / "again.csv"
        export_file(other, again, options)
        assert again.read_bytes() == path.read_bytes()


def test_wrong_rows_of_our_own_file_are_told(ledger: Ledger, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Date,Base,Currency,Rate,Source\n"
        "2026-11-20,EUR,USD,1.1,\n"
        "2026-11-20,eur,usd,1.2,\n"
        "2026-11-20,EUR,XYZ,1.2,\n"
        "2026-11-20,EUR,USD,1_000,\n"
        "2026-11-20,EUR,EUR,1,\n"
        '2026-11-20,EUR,JPY,160,"=1+1"\n'
        "someday,EUR,JPY,160,\n",
    )
    report = brought_in(ledger, path)
    assert [(error.line, error.column) for error in report.errors] == [
        (3, "Date"),
        (4, "Currency"),
        (5, "Rate"),
        (6, "Currency"),
        (7, "Source"),
        (8, "Date"),
    ]
    assert report.added == 1


# -- what they are for


def test_the_list_has_every_own_rate_and_the_latest_of_those_imported(ledger: Ledger) -> None:
    brought_in(ledger, DATA / "eurofxref-hist.csv")
    ledger.run(save(usd("1.5")))
    ledger.run(save(usd("1.4", date(2020, 1, 1))))
    found = [(rate.currency, str(rate.rate)) for rate in exchange_rates.listing(ledger)]
    assert found == [
        ("GBP", "0.86420"),
        ("JPY", "171.35"),
        ("KRW", "1612.40"),
        ("USD", "1.5"),
        ("USD", "1.1125"),
        ("USD", "1.4"),
    ]


def test_one_total_is_by_the_rate_of_each_day_and_names_what_is_missing(ledger: Ledger) -> None:
    brought_in(ledger, DATA / "eurofxref-hist.csv")
    total = one_total(
        ledger,
        [
            (Money(10000, "USD"), FRIDAY),
            (Money(10000, "EUR"), FRIDAY),
            (Money(10000, "EUR"), date(2025, 6, 1)),
            (Money(100000, "SEK"), FRIDAY),
        ],
        "USD",
    )
    assert str(total.total) == "314.24 USD"
    assert total.converted == ("EUR",)
    assert total.missing == (Money(100000, "SEK"),)
    assert (total.first, total.last, total.early) == (date(2025, 1, 3), FRIDAY, 0)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**8), st.sampled_from(["EUR", "USD", "JPY", "GBP", "SEK"]), st.integers(0, 9000)
        ),
        max_size=12,
    ),
    st.sampled_from(["EUR", "USD", "JPY"]),
)
def test_reading_only_what_is_needed_changes_no_total(
    rates_ledger: Ledger, amounts: list[tuple[int, str, int]], currency: str
) -> None:
    wanted = [(Money(minor, code), FRIDAY - timedelta(days)) for minor, code, days in amounts]
    whole = exchange_rates.table(rates_ledger)
    assert isinstance(whole, RateTable)
    assert one_total(rates_ledger, wanted, currency) == whole.total(wanted, currency)


@pytest.fixture
def rates_ledger(ledger: Ledger) -> Ledger:
    brought_in(ledger, DATA / "eurofxref-hist.csv")
    ledger.run(save(ExchangeRate(date(2026, 11, 18), "USD", "EUR", Decimal("0.9"))))
    ledger.run(save(ExchangeRate(date(2015, 5, 5), "GBP", "SEK", Decimal("12.5"))))
    return ledger
