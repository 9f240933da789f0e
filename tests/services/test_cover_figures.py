"""Every place that tells of warranties tells the same: lists, the summary, the timeline, what is due, the purchases."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.due_kinds import DueKind
from app.domain.months import Month
from app.domain.purchases import Purchase, PurchaseFilter
from app.domain.reminder_settings import ReminderSettings
from app.domain.spending import CoverCounts
from app.domain.spending_periods import Preset, Question
from app.domain.warranties import Cover, CoverFilter, CoverStatus, cover_status, furthest, status_until
from app.services import kinds, listing, purchases, reminders, spending, warranties
from app.services.due import due
from app.services.ledger import Ledger
from tests.helpers.ledgers import add_all, bought, new_ledger

TODAY = date(2026, 11, 20)


@st.composite
def shopping(draw: st.DrawFn) -> list[Purchase]:
    """Purchases of this year and the last with covers that end about now."""
    chance = Random(draw(st.integers(0, 2**32)))

    def cover() -> Cover:
        starts_on = TODAY - timedelta(days=chance.randint(0, 800))
        if chance.random() < 0.1:
            return Cover(starts_on, kind="LIFETIME", voided=chance.random() < 0.3)
        edges = [-400, -1, 0, 1, 6, 7, 8, 29, 30, 31, 60, 61, 90, 200, 364, 365, 366, 800]
        ends_on = max(starts_on, TODAY + timedelta(days=chance.choice(edges)))
        return Cover(starts_on, ends_on, voided=chance.random() < 0.2)

    return [
        bought(
            f"Thing {number}",
            purchased_on=TODAY - timedelta(days=chance.randint(0, 600)),
            currency=chance.choice(["EUR", "USD"]),
            covers=tuple(cover() for _ in range(chance.choice([0, 1, 1, 2, 3]))),
        )
        for number in range(draw(st.integers(1, 25)))
    ]


@given(batch=shopping(), window=st.sampled_from([0, 1, 7, 30, 60, 365]))
@settings(max_examples=min(60, settings.default.max_examples))
def test_all_figures_agree(
    tmp_path_factory: pytest.TempPathFactory, batch: list[Purchase], window: int
) -> None:
    with (
        new_ledger(tmp_path_factory.mktemp("figures") / "ledger") as ledger,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(Ledger, "today", lambda _self: TODAY)
        ledger.run(reminders.save(ReminderSettings(days=(window,))))
        ledger.run(add_all([batch]))
        covers = [cover for purchase in batch for cover in purchase.covers]
        states = Counter(cover_status(cover, TODAY, window) for cover in covers)
        counts = CoverCounts(*(states[status] for status in CoverStatus))

        assert warranties.counts(ledger) == counts
        assert spending.summary(ledger).covers == counts
        question = Question(preset=Preset.ALL)
        assert spending.analysis(ledger, question).figures.covers == counts
        assert spending.analysis(ledger, question).cover_months == warranties.timeline(ledger)
        _check_lists(ledger, states)
        _check_purchases(ledger, batch, window)
        _check_timeline(ledger, covers)
        _check_due(ledger, covers)
        _check_period(ledger, batch, window)


def _check_lists(ledger: Ledger, states: Counter[CoverStatus]) -> None:
    kind = kinds.exporting("warranties")
    for status in CoverStatus:
        wanted = CoverFilter(statuses=frozenset({status}))
        total, items = listing.list_records(ledger, kind, wanted, kind.usual_order)
        assert total == len(items) == states[status] == warranties.count(ledger, wanted)
        assert {item["status"] for item in items} <= {status.value}


def _check_purchases(ledger: Ledger, batch: list[Purchase], window: int) -> None:
    of_each = Counter(
        CoverStatus.VOIDED
        if (until := furthest(purchase.covers)) is None
        else status_until(until, TODAY, window)
        for purchase in batch
        if purchase.covers
    )
    for status in CoverStatus:
        wanted = PurchaseFilter(warranty=frozenset({status}))
        assert purchases.count(ledger, wanted) == of_each[status]


def _check_timeline(ledger: Ledger, covers: list[Cover]) -> None:
    ends = [Month.of(cover.last_day) for cover in covers if not cover.voided]
    found = warranties.timeline(ledger)
    assert [month.month for month in found] == [Month.of(TODAY).plus(n).first_day for n in range(12)]
    for month in found:
        at = Month.of(month.month)
        assert month.expired == sum(end < at for end in ends)
        assert month.expiring == sum(end == at for end in ends)
        assert month.active == sum(end > at for end in ends)


def _check_due(ledger: Ledger, covers: list[Cover]) -> None:
    for days in (0, 30, 90):
        ahead = TODAY + timedelta(days=days)
        expected = sum(not cover.voided and TODAY <= cover.last_day <= ahead for cover in covers)
        told = [item for item in due(ledger, days) if item.kind is DueKind.WARRANTY_END]
        assert len([item for item in told if item.on >= TODAY]) == expected
        assert warranties.count(ledger, CoverFilter(expiring_days=days)) == expected


def _check_period(ledger: Ledger, batch: list[Purchase], window: int) -> None:
    """What Spending tells of a period is what the warranties of its purchases come to."""
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    states = Counter(
        cover_status(cover, TODAY, window)
        for purchase in batch
        if first <= purchase.purchased_on <= last
        for cover in purchase.covers
    )
    counts = CoverCounts(*(states[status] for status in CoverStatus))
    assert spending.summary(ledger, first, last).covers == counts
    assert warranties.counts(ledger, CoverFilter(bought_from=first, bought_to=last)) == counts


def test_a_shorter_window_is_heeded_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ledger, "today", lambda _self: TODAY)
    with new_ledger(tmp_path / "ledger") as ledger:
        soon = Cover(date(2026, 1, 1), TODAY + timedelta(days=20))
        ledger.run(purchases.add(bought(covers=(soon,))))
        assert warranties.counts(ledger).expiring == 1
        ledger.run(reminders.save(ReminderSettings(days=(14, 1))))
        assert warranties.counts(ledger) == CoverCounts(active=1)
        expiring = PurchaseFilter(warranty=frozenset({CoverStatus.EXPIRING}))
        assert purchases.count(ledger, expiring) == 0
        assert purchases.first_ids(ledger, expiring, purchases.SortBy(), 5) == []
