"""What is due, counted again in plain Python from the records as they are read one by one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.debts import Debt, FixedMinimum, PercentMinimum, TermEnd
from app.domain.debts.engine import schedule
from app.domain.profile import Profile
from app.domain.purchases import Purchase, PurchaseFilter, PurchaseStatus, Refund, SortBy
from app.domain.warranties import LIFETIME, Cover, Duration, cover_for
from app.services import debts, plans, purchases
from app.services.due import DueItem, DueKind, due
from app.services.ledger import Ledger
from app.services.sample import make_sample
from tests.helpers import generated
from tests.helpers.ledgers import add_all, bought, new_ledger, opened

TODAY = date(2025, 11, 20)
Told = tuple[date, str, str, int | None, str]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("due") / "ledger"
    make_sample(path, today=TODAY)
    with opened(path, read_only=True) as ledger:
        yield ledger


def told(items: list[DueItem]) -> list[Told]:
    return [(item.on, item.kind.value, item.title, item.amount, item.party) for item in items]


def everything(ledger: Ledger) -> list[Purchase]:
    found = [purchases.get(ledger, id) for id in purchases.ids(ledger, PurchaseFilter(), SortBy())]
    return [purchase for purchase in found if purchase is not None]


def recounted_purchases(found: list[Purchase], today: date, days: int) -> list[Told]:
    last = today + timedelta(days=days)
    again: list[Told] = [
        (cover.ends_on, "WARRANTY_END", purchase.name, purchase.net, cover.provider)
        for purchase in found
        for cover in purchase.covers
        if cover.ends_on is not None and not cover.voided and today <= cover.ends_on <= last
    ]
    again += [
        (purchase.return_by, "RETURN_BY", purchase.name, purchase.net, purchase.retailer)
        for purchase in found
        if purchase.return_by is not None
        and today <= purchase.return_by <= last
        and purchase.status is not PurchaseStatus.RETURNED
    ]
    return again


def recounted_debt(debt: Debt, today: date, days: int) -> Iterator[Told]:
    """Go through the days one by one and pay a fixed minimum on each due day, with interest by the month."""
    assert isinstance(debt.minimum, FixedMinimum)
    balance = debt.balance
    for ahead in range(days + 1):
        day = today + timedelta(days=ahead)
        if day == debt.promo_ends_on:
            yield day, "PROMOTION_END", debt.name, debt.balance, debt.creditor
        tomorrow = day + timedelta(days=1)
        if balance and (
            day.day == debt.due_day or (tomorrow.day == 1 and debt.due_day and day.day < debt.due_day)
        ):
            month_end = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
            promoted = debt.promo_ends_on is not None and month_end <= debt.promo_ends_on
            rate = debt.promo_apr if promoted and debt.promo_apr is not None else debt.apr
            interest = int((balance * rate / 1200).quantize(Decimal(1), ROUND_HALF_UP))
            payment = min(debt.minimum.amount, balance + interest)
            balance += interest - payment
            yield day, "PAYMENT", debt.name, payment, debt.creditor


@pytest.mark.parametrize("days", [0, 7, 90, 365, 2000])
@pytest.mark.parametrize("later", [0, 11, 40])
def test_the_sample_counted_again(sample: Ledger, days: int, later: int) -> None:
    today = TODAY + timedelta(days=later)
    found = due(sample, days, today)
    again = recounted_purchases(everything(sample), today, days)
    for debt in debts.all_debts(sample):
        again += recounted_debt(debt, today, days)
    assert sorted(told(found), key=str) == sorted(again, key=str)
    assert [item.on for item in found] == sorted(item.on for item in found)
    if days >= 365 and later < 40:
        assert {item.kind for item in found} == set(DueKind) - {DueKind.LAST_INSTALMENT}


def test_every_item_is_told_from_the_others(sample: Ledger) -> None:
    found = due(sample, 2000, TODAY)
    assert len({item.identity for item in found}) == len(found) > 100


def test_what_it_belongs_to(sample: Ledger) -> None:
    for item in due(sample, 365, TODAY):
        if item.record == "DEBT":
            debt = debts.get(sample, item.belongs_to)
            assert debt is not None
            assert (debt.name, debt.uuid, debt.id) == (item.title, item.uuid, item.id)
            continue
        purchase = purchases.get(sample, item.belongs_to)
        assert purchase is not None
        assert purchase.name == item.title
        if item.record == "WARRANTY":
            cover = next(cover for cover in purchase.covers if cover.id == item.id)
            assert (cover.uuid, cover.ends_on, cover.kind) == (item.uuid, item.on, item.warranty_kind)
        else:
            assert (purchase.uuid, purchase.id) == (item.uuid, item.id)


@given(
    st.lists(generated.purchases(), max_size=6),
    st.dates(date(1995, 1, 1), date(2110, 12, 31)) | st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.integers(0, 40_000),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_purchases_counted_again(ledger: Ledger, made: list[Purchase], today: date, days: int) -> None:
    ledger.run(add_all([made]))
    try:
        assert sorted(told(due(ledger, days, today)), key=str) == sorted(
            recounted_purchases(made, today, days), key=str
        )
    finally:
        ledger.run(purchases.remove(purchases.ids(ledger, PurchaseFilter(), SortBy())))


def debt(name: str = "Visa", **fields: object) -> Debt:
    plain = Debt(
        name=name,
        currency="EUR",
        opening_balance=100_000,
        opened_on=date(2025, 1, 1),
        apr=Decimal(12),
        minimum=FixedMinimum(5_000),
        due_day=15,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def test_what_ends_today_is_due_and_what_ended_is_not(ledger: Ledger) -> None:
    for name, day in (("Yesterday", TODAY - timedelta(days=1)), ("Today", TODAY)):
        ledger.run(
            purchases.add(
                bought(
                    name, purchased_on=date(2025, 1, 1), return_by=day, covers=(Cover(date(2025, 1, 1), day),)
                )
            )
        )
    assert [(item.kind, item.title) for item in due(ledger, 0, TODAY)] == [
        (DueKind.RETURN_BY, "Today"),
        (DueKind.WARRANTY_END, "Today"),
    ]
    assert due(ledger, 90, TODAY + timedelta(days=1)) == []


def test_each_cover_of_a_purchase_has_its_own_end(ledger: Ledger) -> None:
    start = date(2024, 2, 29)
    covers = (
        cover_for(start, Duration(years=1)),
        cover_for(start, Duration(years=2), "EXTENDED"),
        replace(cover_for(start, Duration(years=1)), voided=True),
        Cover(start, None, kind=LIFETIME),
        Cover(start, date(2025, 2, 28), kind="Shop's own", provider="Shop"),
    )
    ledger.run(purchases.add(bought(purchased_on=start, covers=covers)))
    # A year after a 29 February is a 28 February.
    found = due(ledger, 730, date(2025, 1, 1))
    assert sorted((item.on.isoformat(), item.warranty_kind) for item in found) == [
        ("2025-02-28", "LIMITED"),
        ("2025-02-28", "Shop's own"),
        ("2026-02-28", "EXTENDED"),
    ]
    assert len({item.identity for item in found}) == 3


def test_what_was_sent_back_need_not_be_sent_back(ledger: Ledger) -> None:
    day = date(2025, 12, 1)
    refund = (Refund(date(2025, 11, 5), 1_000),)
    ledger.run(purchases.add(bought("Gone", return_by=day, status=PurchaseStatus.RETURNED)))
    ledger.run(purchases.add(bought("Coming", return_by=day, status=PurchaseStatus.ORDERED)))
    ledger.run(purchases.add(bought("Partly", 4_900, return_by=day, refunds=refund, retailer="Shop")))
    assert [(item.title, item.amount, item.party) for item in due(ledger, 90, TODAY)] == [
        ("Coming", 4_900, ""),
        ("Partly", 3_900, "Shop"),
    ]


def test_a_payment_on_the_31st_in_every_month(ledger: Ledger) -> None:
    ledger.run(debts.add(debt(due_day=31)))
    assert [item.on.isoformat() for item in due(ledger, 150, date(2027, 12, 31))] == [
        "2027-12-31",
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
        "2028-04-30",
    ]


def test_a_paid_off_debt_and_one_without_a_due_day_ask_for_nothing(ledger: Ledger) -> None:
    ledger.run(debts.add(debt("Paid off"), balance=0, on=date(2025, 11, 1)))
    ledger.run(debts.add(debt("No day", due_day=None)))
    assert due(ledger, 365, TODAY) == []


def test_no_minimum_entered_is_no_amount(ledger: Ledger) -> None:
    ledger.run(debts.add(debt(minimum=FixedMinimum(0))))
    assert [item.amount for item in due(ledger, 60, TODAY)] == [None, None]


@pytest.mark.parametrize(
    "rule",
    [
        FixedMinimum(30_000),
        PercentMinimum(Decimal(3), 2_500, plus_interest=True),
        TermEnd(date(2026, 8, 10)),
    ],
)
@pytest.mark.parametrize("due_day", [10, 25])
def test_amounts_are_those_of_a_plan_of_bare_minimums(
    ledger: Ledger, rule: FixedMinimum | PercentMinimum | TermEnd, due_day: int
) -> None:
    kept = debt(minimum=rule, due_day=due_day, promo_apr=Decimal("1.9"), promo_ends_on=date(2026, 2, 28))
    ledger.run(debts.add(kept))
    found = [item for item in due(ledger, 500, TODAY) if item.kind is not DueKind.PROMOTION_END]
    given = plans.todays_input(ledger, "EUR", extra=0, start=plans.Month.of(found[0].on))
    rows = schedule(plans.compute(given, ["minimums"])[0])
    planned = [(row.month, row.payment) for row in rows]
    shown = [(plans.Month.of(item.on), item.amount) for item in found]
    assert shown == planned[: len(shown)]
    assert len(shown) == min(len(planned), {10: 16, 25: 17}[due_day])


def test_the_last_instalment_takes_what_is_left(ledger: Ledger) -> None:
    ledger.run(debts.add(debt("Loan", minimum=TermEnd(date(2026, 1, 20)), apr=Decimal(0), due_day=5)))
    assert told(due(ledger, 365, TODAY)) == [
        (date(2025, 12, 5), "PAYMENT", "Loan", 50_000, ""),
        (date(2026, 1, 20), "LAST_INSTALMENT", "Loan", 50_000, ""),
    ]
    # Its day has passed and it is still owed: all of it is due next.
    assert told(due(ledger, 365, date(2026, 1, 21))) == [
        (date(2026, 2, 5), "PAYMENT", "Loan", 100_000, ""),
    ]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago", "Asia/Gaza"])
def test_days_never_shift_with_a_timezone(tmp_path: Path, zone: str) -> None:
    day = date(2026, 3, 29)
    with new_ledger(tmp_path / "ledger", Profile(currency="EUR", timezone=zone)) as ledger:
        ledger.run(purchases.add(bought(return_by=day, covers=(Cover(date(2026, 3, 14), day),))))
        ledger.run(debts.add(debt(due_day=29)))
        found = due(ledger, 10, date(2026, 3, 20))
    assert [(item.on, item.days_from(date(2026, 3, 20))) for item in found] == [(day, 9)] * 3


def test_days_beyond_the_calendar(sample: Ledger) -> None:
    assert len(due(sample, 10**12, TODAY)) >= len(due(sample, 20_000, TODAY)) > 0


def test_today_is_that_of_the_profile(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought(return_by=ledger.today() + timedelta(days=90))))
    ledger.run(purchases.add(bought(return_by=ledger.today() + timedelta(days=91))))
    assert len(due(ledger)) == 1
