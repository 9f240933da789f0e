"""Debts, payments, balances and scenarios that are exported and imported into a fresh ledger export the same again."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.debts import (
    BalanceEntry,
    BalanceSource,
    Debt,
    DebtKind,
    FixedMinimum,
    LedgerMinimum,
    Payment,
    PercentMinimum,
    TermEnd,
)
from app.domain.debts.minimum import TermMinimum
from app.domain.debts.plan import Conventions, OneOff, Pause, PlanDebt, Rounding
from app.domain.debts.scenario import Consolidation, NewRate, Scenario, Transfer
from app.domain.months import Month
from app.domain.text import clean
from app.services import debts, kinds, scenarios
from app.services.exporting import ExportFormat, ExportOptions, export_file
from app.services.importing.plan import ImportOptions
from app.services.importing.running import import_file
from app.services.ledger import Ledger
from tests.helpers.generated import NASTY, currencies, instants, names, texts
from tests.helpers.ledgers import contents, damage, differences
from tests.services.exporting.test_round_trip import SHAPES, NewLedger, exported, fresh

__all__ = ["fresh"]

HISTORY = ("debts", "payments", "balances")
STYLES = {name: options for name, options in SHAPES.items() if "spreadsheet" not in name}
EXAMPLES = min(settings.default.max_examples // 10, 60)
"""Each makes two ledgers and up to six files."""

rates = st.integers(0, 99_999).map(lambda thousandths: Decimal(thousandths) / 1000)
days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
minimums = st.one_of(
    st.integers(0, 10**6).map(FixedMinimum),
    st.builds(PercentMinimum, rates, st.integers(0, 10**6), st.booleans()),
    st.dates(date(2027, 1, 1), date(2060, 1, 1)).map(TermEnd),
)


@st.composite
def debt_records(draw: st.DrawFn) -> Debt:
    """A valid debt that has not been paid yet."""
    promotion = draw(st.booleans())
    minimum: LedgerMinimum = draw(minimums)
    return Debt(
        name=draw(names.filter(clean)),
        currency=draw(currencies),
        opening_balance=draw(st.integers(1, 10**9)),
        opened_on=draw(days),
        apr=draw(rates),
        minimum=minimum,
        kind=draw(st.sampled_from(DebtKind)),
        creditor=draw(texts),
        promo_apr=draw(rates) if promotion else None,
        promo_ends_on=draw(days) if promotion else None,
        due_day=draw(st.none() | st.integers(1, 31)),
        credit_limit=draw(st.none() | st.integers(0, 10**9)),
        rank=draw(st.none() | st.integers(1, 9999)),
        notes=draw(texts),
        created_at=draw(instants),
        updated_at=draw(instants),
    )


def style(key: str, options: ExportOptions) -> ExportOptions:
    return ExportOptions(
        kinds.exporting(key),
        options.format,
        delimiter=options.delimiter,
        decimal_mark=options.decimal_mark,
        bom=options.bom,
        pretty=options.pretty,
    )


def carried(source: Ledger, target: Ledger, key: str, options: ExportOptions, folder: Path) -> None:
    path = folder / f"{key}.{options.format.value}"
    export_file(source, path, style(key, options))
    report = import_file(target, path, ImportOptions(kinds.importing(key)))
    assert (report.errors, report.updated, report.failed) == ([], 0, 0)


@pytest.mark.parametrize("options", SHAPES.values(), ids=SHAPES.keys())
@settings(max_examples=EXAMPLES)
@given(batch=st.lists(st.tuples(debt_records(), st.none() | st.integers(0, 10**9)), min_size=1, max_size=4))
def test_any_debts_come_back_as_they_were(
    fresh: NewLedger,
    tmp_path_factory: pytest.TempPathFactory,
    options: ExportOptions,
    batch: list[tuple[Debt, int | None]],
) -> None:
    with fresh() as source, fresh() as target:
        for debt, balance in batch:
            source.run(debts.add(debts.prepared(debt), balance, date(2027, 1, 31)))
        carried(source, target, "debts", options, tmp_path_factory.mktemp("file"))
        assert exported(target, style("debts", options)) == exported(source, style("debts", options))


@pytest.mark.parametrize("options", SHAPES.values(), ids=SHAPES.keys())
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_a_whole_history_comes_back_in_its_order(
    fresh: NewLedger,
    tmp_path_factory: pytest.TempPathFactory,
    options: ExportOptions,
    data: st.DataObject,
) -> None:
    """Payments and statements of the same day follow each other as they did, and so come to the same balance."""
    few = st.sampled_from([date(2027, 1, 1), date(2027, 1, 2), date(2027, 2, 1)])
    folder = tmp_path_factory.mktemp("file")
    with fresh() as source, fresh() as target:
        for number in range(data.draw(st.integers(1, 2))):
            debt = data.draw(debt_records())
            id = source.run(debts.add(debts.prepared(debt))).result
            for step in range(data.draw(st.integers(1, 5))):
                amount = data.draw(st.integers(1, 10**6))
                if step == 0 or data.draw(st.booleans()):
                    payment = Payment(id, data.draw(few), amount, f"{NASTY[number % len(NASTY)]}".strip())
                    source.run(debts.record_payment(payment))
                else:
                    kind = data.draw(st.sampled_from([BalanceSource.STATEMENT, BalanceSource.ADJUSTMENT]))
                    source.run(debts.record_balance(BalanceEntry(id, data.draw(few), amount, kind)))
        for key in HISTORY:
            carried(source, target, key, options, folder)
        for key in HISTORY:
            assert exported(target, style(key, options)) == exported(source, style(key, options)), key


WHOLE = Scenario(
    name="=Faster, \u65e5\u672c \u0639\u0631\u0628\u064a",
    currency="EUR",
    strategy="avalanche",
    start=Month(2027, 1),
    debts=(
        PlanDebt("Visa", 250_000, Decimal("19.99"), PercentMinimum(Decimal(2), 2500, True), key="a"),
        PlanDebt("Car", 900_000, Decimal("4.5"), TermMinimum(40), Decimal("0.9"), 6, None, 2, "b"),
        PlanDebt("-Aunt", 100_000, Decimal(0), FixedMinimum(5000), credit_limit=1, key="c"),
    ),
    extra=12_345,
    one_offs=(OneOff(Month(2027, 3), 50_000, "a"), OneOff(Month(2027, 4), 1)),
    pauses=(Pause(Month(2027, 5), 2),),
    what_ifs=(
        NewRate("a", Decimal("9.9")),
        Consolidation(("b", "c"), "Bank", Decimal("6.25"), 1000, FixedMinimum(20_000)),
        Transfer("a", "Card", Decimal(20), Decimal(0), 12, 300, PercentMinimum(Decimal(3)), 90_000),
    ),
    conventions=Conventions(rounding=Rounding.HALF_EVEN, rollover=False),
    custom=("c", "a", "b"),
    created_at=datetime(2026, 11, 1, 12, 0, 0, 5000, UTC),
)


@pytest.mark.parametrize("options", SHAPES.values(), ids=SHAPES.keys())
def test_scenarios_come_back_whole(
    fresh: NewLedger,
    tmp_path: Path,
    options: ExportOptions,
) -> None:
    with fresh() as source, fresh() as target:
        id = source.run(scenarios.save(WHOLE)).result
        source.run(scenarios.save_version(id, WHOLE.debts[:1], Month(2027, 6)))
        source.run(scenarios.put_in_use(id, date(2026, 11, 2)))
        carried(source, target, "scenarios", options, tmp_path)
        assert exported(target, style("scenarios", options)) == exported(source, style("scenarios", options))
        kept = scenarios.every_version(target)
        assert [(one.version, one.in_use_since) for one in kept] == [(1, date(2026, 11, 2)), (2, None)]
        again = tmp_path / f"scenarios.{options.format.value}"
        report = import_file(target, again, ImportOptions(kinds.importing("scenarios")))
        assert (report.created, report.skipped) == (0, 2)
        report = import_file(target, again, ImportOptions(kinds.importing("scenarios"), duplicates="add"))
        assert report.created == 2
        assert [one.name for one in scenarios.all_scenarios(target)] == [WHOLE.name, f"{WHOLE.name} 2"]


@pytest.mark.parametrize("key", HISTORY)
@pytest.mark.parametrize("policy", ["skip", "update"])
def test_importing_a_file_again_changes_nothing(
    fresh: NewLedger,
    tmp_path: Path,
    key: str,
    policy: str,
) -> None:
    visa = Debt("Visa", "EUR", 100_000, date(2026, 1, 1), Decimal("19.9"))
    with fresh() as ledger:
        id = ledger.run(debts.add(visa, 120_000, date(2026, 2, 1))).result
        ledger.run(debts.record_payment(Payment(id, date(2026, 3, 1), 5000, "=first")))
        options = style(key, SHAPES["json"])
        before = exported(ledger, options)
        path = tmp_path / f"{key}.json"
        export_file(ledger, path, options)
        report = import_file(ledger, path, ImportOptions(kinds.importing(key), duplicates=policy))
        assert (report.created, report.failed) == (0, 0)
        assert exported(ledger, options) == before


def test_a_sheet_holds_numbers_and_dates(fresh: NewLedger, tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "debts.xlsx"
    with fresh() as ledger:
        ledger.run(debts.add(Debt("=1+1", "EUR", 123_456, date(2026, 1, 31), Decimal("19.99"))))
        export_file(ledger, path, ExportOptions(kinds.exporting("debts"), ExportFormat.XLSX))
    sheet = openpyxl.load_workbook(path).active
    row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (row["Name"].value, row["Name"].data_type) == ("=1+1", "s")
    assert (row["Opening balance"].value, row["Opening balance"].data_type) == (1234.56, "n")
    assert (row["APR"].value, row["APR"].number_format) == (19.99, '0.###"%"')
    assert row["Opened on"].value == datetime(2026, 1, 31)  # noqa: DTZ001
    assert (sheet.freeze_panes, sheet.title) == ("B2", "Debts")


def test_one_undo_takes_an_import_back_and_redo_brings_it_again(fresh: NewLedger, tmp_path: Path) -> None:
    """Also where a day's balances were put into the order of the file, and a carried balance was replaced."""
    day = date(2026, 3, 1)
    with fresh() as source, fresh() as target:
        id = source.run(debts.add(Debt("Visa", "EUR", 100_000, date(2026, 1, 1)))).result
        source.run(debts.record_balance(BalanceEntry(id, day, 90_000, BalanceSource.STATEMENT)))
        source.run(debts.record_payment(Payment(id, day, 5000)))
        source.run(debts.record_balance(BalanceEntry(id, day, 86_000, BalanceSource.ADJUSTMENT)))
        for key in HISTORY:
            before = contents(target)
            carried(source, target, key, SHAPES["csv"], tmp_path)
            after = contents(target)
            target.undo().result()
            assert differences(before, contents(target)) == []
            target.redo().result()
            assert differences(after, contents(target)) == []
            assert damage(target) == []
        assert [debt.balance for debt in debts.all_debts(target)] == [86_000]
        assert [entry.balance for entry in debts.history(target, 1)] == [100_000, 90_000, 85_000, 86_000]
