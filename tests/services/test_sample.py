"""The sample ledger: believable, the same for a seed and a day, and whole or not there."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.purchases import PurchaseFilter, PurchaseStatus, SortBy, check
from app.domain.warranties import CoverStatus, cover_status
from app.services import attachments, claims, exchange_rates, names, purchases
from app.services import check as checking
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import LedgerExists
from app.services.names import NameKind
from app.services.sample import make_sample
from app.services.sample.many_purchases import many_purchases
from app.services.sample.purchases import sample_purchases
from tests.helpers.ledgers import contents, damage, differences, opened

TODAY = date(2025, 11, 20)
LEAP_DAY = date(2028, 2, 29)


def test_the_same_seed_and_day_give_the_same_ledger(tmp_path: Path) -> None:
    made = []
    for number, seed in enumerate((1, 1, 2)):
        make_sample(tmp_path / str(number), seed=seed, today=TODAY)
        with opened(tmp_path / str(number)) as ledger:
            made.append(contents(ledger))
            assert damage(ledger) == []
    assert differences(made[0], made[1]) == []
    assert "purchases" in " ".join(differences(made[0], made[2]))


def test_the_small_sample_is_what_the_pictures_show(tmp_path: Path) -> None:
    make_sample(tmp_path / "sample", today=TODAY)
    with opened(tmp_path / "sample") as ledger:
        electronics = names.find(ledger, NameKind.CATEGORY, "Electronics")
        assert electronics is not None
        wanted = PurchaseFilter(categories=frozenset({electronics}), bought_from=date(2025, 1, 1))
        rows = purchases.rows(ledger, purchases.ids(ledger, wanted, SortBy()))
        assert purchases.count(ledger) == 66
        assert [row.name for row in rows][:3] == ["Smart plugs, 4", "Keyboard and mouse", "Webcam, 1080p"]
        assert [str(total.net) for total in purchases.totals(ledger, wanted).by_currency] == ["2772.00 USD"]
        (monitor,) = [row for row in rows if row.name == "27-inch 4K monitor"]
        assert (monitor.retailer, str(monitor.money)) == ("Brightwell Electronics", "567.00 USD")


@pytest.mark.parametrize("today", [TODAY, LEAP_DAY, date(2026, 1, 1), date(2031, 3, 31)])
def test_the_small_sample_is_alive_on_any_day(today: date) -> None:
    shown = sample_purchases(today)
    assert [problem for purchase in shown for problem in check(purchase)] == []
    assert all(purchase.purchased_on <= today for purchase in shown)
    assert today - shown[0].purchased_on < timedelta(days=550)
    covers = [cover for purchase in shown for cover in purchase.covers]
    states = Counter(cover_status(cover, today) for cover in covers)
    assert set(states) == set(CoverStatus)
    soon = sorted(
        cover.last_day - today for cover in covers if cover_status(cover, today) is CoverStatus.EXPIRING
    )
    assert soon == [timedelta(days=5), timedelta(days=13)]
    assert any(cover.ends_on is None for cover in covers)
    assert any(len(purchase.covers) > 1 for purchase in shown)
    assert any(purchase.refunds and purchase.status is PurchaseStatus.RETURNED for purchase in shown)
    assert any(purchase.refunds and purchase.net for purchase in shown)
    assert any(purchase.price_from_parts is not None for purchase in shown)
    assert {purchase.status for purchase in shown} == set(PurchaseStatus)
    assert {purchase.currency for purchase in shown} == {"USD", "EUR", "GBP"}


def test_many_purchases_are_all_ones_that_can_be_saved() -> None:
    made = list(many_purchases(3_000, 5, TODAY))
    assert [problem for purchase in made for problem in check(purchase)] == []
    assert [purchase.purchased_on for purchase in made] == sorted(purchase.purchased_on for purchase in made)
    assert made[-1].purchased_on <= TODAY
    assert {cover_status(cover, TODAY) for purchase in made for cover in purchase.covers} == set(CoverStatus)
    (_, most), *_ = Counter(purchase.retailer for purchase in made).most_common(1)
    assert most > 3_000 // len({purchase.retailer for purchase in made}) * 5


def test_a_sample_is_never_made_over_a_ledger(tmp_path: Path) -> None:
    make_sample(tmp_path, today=TODAY)
    before = (tmp_path / "counterfoil.db").read_bytes()
    with pytest.raises(LedgerExists):
        make_sample(tmp_path, today=TODAY, seed=2)
    assert (tmp_path / "counterfoil.db").read_bytes() == before


def test_a_large_sample_that_is_cancelled_is_not_there(tmp_path: Path) -> None:
    context = JobContext(lambda running: running.cancel() if running.done >= 4_000 else None)
    with pytest.raises(Cancelled):
        make_sample(tmp_path / "sample", "large", today=TODAY, context=context)
    assert 4_000 <= context.done < 100_000
    assert context.total == 100_000
    assert not list(tmp_path.rglob("counterfoil*"))
    assert not list(tmp_path.rglob(".counterfoil*"))
    make_sample(tmp_path / "sample", today=TODAY)


@pytest.mark.long
def test_the_large_sample_is_large_and_sound(tmp_path: Path) -> None:
    make_sample(tmp_path / "sample", "large", today=TODAY)
    with opened(tmp_path / "sample") as ledger:
        assert purchases.count(ledger) == 100_000
        assert damage(ledger) == []


def test_the_small_sample_has_receipts_claims_and_rates(tmp_path: Path) -> None:
    make_sample(tmp_path / "sample", today=date(2026, 11, 20))
    with opened(tmp_path / "sample") as ledger:
        found = purchases.ids(ledger, PurchaseFilter(receipt=True), SortBy())
        assert len(found) == 46
        # Two things were ordered together, and have one receipt.
        count, size = attachments.total(ledger)
        assert (count, size > 50_000) == (45, True)
        assert claims.open_count(ledger) == 1
        assert exchange_rates.count(ledger) == 6
        assert checking.find(ledger) == []
        words = purchases.ids(ledger, PurchaseFilter(text="total usd"), SortBy())
        assert len(words) == 44


def test_a_sample_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        make_sample(tmp_path / "sample", context=context)
    assert list(tmp_path.iterdir()) == []
