"""Warranties and claims that are exported and imported into a fresh ledger export the same again."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.claims import Claim, ClaimOutcome, ClaimState
from app.domain.exchange import ExchangeField
from app.domain.purchases.exchange import EXCHANGE_FIELDS
from app.domain.text import clean, clean_note
from app.domain.warranties import Cover, Duration, cover_for
from app.services import claims, kinds, purchases, warranties
from app.services.exporting import ExportOptions, export_file
from app.services.importing.plan import ImportOptions
from app.services.importing.report import ImportReport
from app.services.importing.running import import_file
from app.services.ledger import Ledger
from tests.helpers import generated
from tests.helpers.generated import NASTY, texts
from tests.helpers.ledgers import add_all, bought, contents, damage, differences
from tests.services.exporting.test_debt_round_trip import style
from tests.services.exporting.test_round_trip import SHAPES, NewLedger, exported, fresh

__all__ = ["fresh"]

STYLES = {name: options for name, options in SHAPES.items() if "spreadsheet" not in name}
EXAMPLES = min(settings.default.max_examples // 10, 60)
"""Each makes two ledgers and four files."""

ALL_OF_IT = tuple(field.attribute for field in EXCHANGE_FIELDS)
WITHOUT_COVERS = tuple(name for name in ALL_OF_IT if name not in ("covers", "covered_until"))

days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@st.composite
def claim_records(draw: st.DrawFn) -> Claim:
    """A valid claim."""
    opened = draw(days)
    claim = Claim(
        opened, clean(draw(texts)), draw(st.sampled_from(ClaimState)), notes=clean_note(draw(texts))
    )
    if claim.is_open:
        return claim
    closed = opened + timedelta(days=draw(st.integers(0, 90)))
    return replace(claim, outcome=draw(st.sampled_from(ClaimOutcome)), closed_on=closed)


def written(ledger: Ledger, key: str, options: ExportOptions, folder: Path, columns: tuple[str, ...]) -> Path:
    path = folder / f"{key}.{options.format.value}"
    export_file(ledger, path, replace(style(key, options), columns=columns))
    return path


def taken_in(ledger: Ledger, key: str, path: Path, duplicates: str = "skip") -> ImportReport:
    report = import_file(ledger, path, ImportOptions(kinds.importing(key), duplicates=duplicates))
    assert (report.errors, report.failed) == ([], 0)
    return report


@pytest.mark.parametrize("along", [True, False], ids=["with the purchases", "alone"])
@pytest.mark.parametrize("options", STYLES.values(), ids=STYLES.keys())
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_any_warranties_come_back_with_their_claims(
    fresh: NewLedger,
    tmp_path_factory: pytest.TempPathFactory,
    options: ExportOptions,
    along: bool,
    data: st.DataObject,
) -> None:
    """Whether they came along with the purchases or not, and whatever order they were entered in."""
    folder = tmp_path_factory.mktemp("file")
    with fresh() as source, fresh() as target:
        bought_ones = data.draw(st.lists(generated.purchases(), min_size=1, max_size=3))
        source.run(add_all([[replace(one, covers=()) for one in bought_ones]]))
        for cover in data.draw(st.lists(generated.covers(), min_size=1, max_size=5)):
            purchase = data.draw(st.integers(1, len(bought_ones)))
            id = source.run(warranties.add(purchase, cover)).result
            for claim in data.draw(st.lists(claim_records(), max_size=2)):
                made = source.run(claims.open_claim(replace(claim, cover_id=id))).result
                if claim.is_open and data.draw(st.booleans()):
                    on = claim.opened_on + timedelta(days=1)
                    new = cover_for(on, Duration(months=6), "PARTS")
                    source.run(claims.close(made, ClaimOutcome.REPLACED, on, new_cover=new))
        taken_in(
            target,
            "purchases",
            written(source, "purchases", options, folder, ALL_OF_IT if along else WITHOUT_COVERS),
        )
        path = written(source, "warranties", options, folder, ())
        taken_in(target, "warranties", path)
        again = style("warranties", options)
        assert exported(target, again) == exported(source, again)
        before = contents(target)
        for policy in ("skip", "update"):
            assert taken_in(target, "warranties", path, policy).created == 0
        assert differences(before, contents(target)) == []
        assert damage(target) == []


@pytest.mark.parametrize("options", STYLES.values(), ids=STYLES.keys())
def test_nasty_texts_come_back_in_every_field(
    fresh: NewLedger, tmp_path: Path, options: ExportOptions
) -> None:
    with fresh() as source, fresh() as target:
        source.run(add_all([[bought("Kettle")]]))
        for text in NASTY:
            cover = Cover(date(2026, 1, 1), date(2027, 1, 1), None, clean(text) or "x", text, text, text)
            id = source.run(warranties.add(1, cover)).result
            source.run(claims.open_claim(Claim(date(2026, 2, 1), text, notes=text, cover_id=id)))
        taken_in(target, "purchases", written(source, "purchases", options, tmp_path, WITHOUT_COVERS))
        report = taken_in(target, "warranties", written(source, "warranties", options, tmp_path, ()))
        assert report.created == len(NASTY)
        again = style("warranties", options)
        assert exported(target, again) == exported(source, again)


def test_claims_complete_the_warranties_that_came_with_the_purchases_and_one_undo_takes_them_back(
    fresh: NewLedger, tmp_path: Path
) -> None:
    options = SHAPES["json"]
    with fresh() as source, fresh() as target:
        source.run(purchases.add(bought(covers=(cover_for(date(2026, 3, 14), Duration(2)),))))
        source.run(claims.open_claim(Claim(date(2026, 5, 1), "R-1", cover_id=1)))
        taken_in(target, "purchases", written(source, "purchases", options, tmp_path, ALL_OF_IT))
        before = contents(target)
        path = written(source, "warranties", options, tmp_path, ())
        report = taken_in(target, "warranties", path)
        assert (report.created, report.updated, report.skipped) == (0, 1, 0)
        assert claims.open_count(target) == 1
        target.undo().result()
        assert differences(before, contents(target)) == []
        target.redo().result()
        copied = taken_in(target, "warranties", path, "add")
        assert copied.created == 1
        assert (warranties.count(target), claims.open_count(target)) == (2, 2)


def test_the_columns_have_names_of_their_own() -> None:
    fields: tuple[ExchangeField, ...] = kinds.exporting("warranties").fields
    assert len({field.header.casefold() for field in fields}) == len(fields)
    assert {target.key for target in kinds.importing("warranties").targets} >= {
        field.attribute for field in fields if not field.derived
    }


def with_a_replacement(ledger: Ledger) -> None:
    """A kettle whose warranty was claimed, which started another one."""
    ledger.run(purchases.add(bought(covers=(cover_for(date(2026, 3, 14), Duration(2)),))))
    ledger.run(claims.open_claim(Claim(date(2026, 5, 1), "R-1", cover_id=1)))
    new = cover_for(date(2026, 5, 20), Duration(1), "PARTS")
    ledger.run(claims.close(1, ClaimOutcome.REPLACED, date(2026, 5, 20), new_cover=new))


def test_copies_refer_to_copies(fresh: NewLedger, tmp_path: Path) -> None:
    with fresh() as ledger:
        with_a_replacement(ledger)
        path = written(ledger, "warranties", SHAPES["csv"], tmp_path, ())
        assert taken_in(ledger, "warranties", path, "add").created == 2
        copied, started = claims.of_purchase(ledger, 1)[1], warranties.of_purchase(ledger, 1)[-1]
        assert (copied.cover_id, copied.new_cover_id) == (3, started.id) == (3, 4)
        assert len({claim.uuid for claim in claims.of_purchase(ledger, 1)}) == 2


def test_an_update_brings_covers_and_claims_back_to_what_the_file_says(
    fresh: NewLedger, tmp_path: Path
) -> None:
    options = style("warranties", SHAPES["json"])
    with fresh() as ledger:
        with_a_replacement(ledger)
        ledger.run(warranties.bulk_edit([1, 2], {"provider": "Acme"}))
        before = exported(ledger, options)
        path = written(ledger, "warranties", options, tmp_path, ())
        claim = claims.get(ledger, 1)
        assert claim is not None
        reopened = replace(claim, state=ClaimState.OPEN, outcome=None, closed_on=None)
        ledger.run(claims.change(reopened))
        ledger.run(warranties.bulk_edit([1, 2], {"provider": "Other", "voided": True}))
        ledger.run(warranties.set_field(2, "duration", Duration(5)))
        assert exported(ledger, options) != before
        assert taken_in(ledger, "warranties", path, "update").updated == 2
        assert exported(ledger, options) == before
