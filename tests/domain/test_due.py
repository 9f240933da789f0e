"""What is due: days that fall where the calendar has them, and an order that nothing but the items decides."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import LATEST
from app.domain.debts import Debt, FixedMinimum, TermEnd
from app.domain.due import DueItem, Span, in_order, instalment_days, payment_days, payments_due, promotion_end
from app.domain.due_kinds import DueKind, DueRecord
from app.domain.months import Month

days = st.dates(date(1990, 1, 1), date(2150, 12, 31))
DEBT = Debt(
    name="Visa",
    currency="EUR",
    opening_balance=100_000,
    opened_on=date(2020, 1, 15),
    balance=50_000,
    minimum=FixedMinimum(2_500),
    due_day=31,
    creditor="Harbour Bank",
    apr=Decimal("24.9"),
    uuid=UUID(int=7),
    id=3,
)


def item(on: date = date(2026, 3, 1), title: str = "Kettle", **fields: object) -> DueItem:
    plain = DueItem(
        DueKind.WARRANTY_END, on, title, DueRecord.WARRANTY, 1, UUID(int=1), belongs_to=1, currency="EUR"
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def test_a_31st_is_the_last_day_of_a_shorter_month() -> None:
    span = Span(date(2028, 1, 31), date(2028, 6, 30))
    assert [day.isoformat() for day in payment_days(31, span)] == [
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
        "2028-04-30",
        "2028-05-31",
        "2028-06-30",
    ]


@pytest.mark.parametrize(("year", "last"), [(2027, 28), (2028, 29), (2100, 28), (2000, 29)])
@pytest.mark.parametrize("due_day", [29, 30, 31])
def test_february_has_the_days_that_it_has(year: int, last: int, due_day: int) -> None:
    span = Span(date(year, 2, 1), date(year, 2, last))
    assert list(payment_days(due_day, span)) == [date(year, 2, last)]


def test_both_ends_of_a_span_belong_to_it() -> None:
    assert list(payment_days(10, Span(date(2026, 3, 10), date(2026, 4, 10)))) == [
        date(2026, 3, 10),
        date(2026, 4, 10),
    ]
    assert list(payment_days(10, Span(date(2026, 3, 11), date(2026, 4, 9)))) == []


@given(st.integers(1, 31), days, st.integers(0, 1500))
def test_payment_days_are_those_that_a_calendar_shows(due_day: int, today: date, ahead: int) -> None:
    span = Span.ahead(today, ahead)
    shown = [today + timedelta(days=number) for number in range(ahead + 1)]
    assert list(payment_days(due_day, span)) == [
        day for day in shown if day.day == min(due_day, monthrange(day.year, day.month)[1])
    ]


def test_a_span_ends_where_dates_do() -> None:
    assert Span.ahead(date(2026, 1, 1), 10**12).last == LATEST
    assert Span.ahead(date(2026, 1, 1), 0) == Span(date(2026, 1, 1), date(2026, 1, 1))
    assert Span.ahead(date(9999, 12, 31), 5) == Span(date(9999, 12, 31), date(9999, 12, 31))
    assert date(2026, 1, 1) in Span.ahead(date(2026, 1, 1), 0)
    assert "2026-01-01" not in Span.ahead(date(2026, 1, 1), 0)


def test_a_payment_of_each_month_with_its_minimum() -> None:
    span = Span(date(2026, 1, 31), date(2026, 4, 29))
    found = list(payments_due(DEBT, span, Month(2026, 1), [2_500, 2_400, 900]))
    assert [(one.kind, one.on, one.amount) for one in found] == [
        (DueKind.PAYMENT, date(2026, 1, 31), 2_500),
        (DueKind.PAYMENT, date(2026, 2, 28), 2_400),
        (DueKind.PAYMENT, date(2026, 3, 31), 900),
    ]
    assert {(one.title, one.party, one.currency, one.uuid, one.belongs_to) for one in found} == {
        ("Visa", "Harbour Bank", "EUR", UUID(int=7), 3)
    }


def test_nothing_is_asked_for_once_a_debt_is_paid_off() -> None:
    span = Span(date(2026, 1, 1), date(2026, 12, 31))
    assert [one.on.month for one in payments_due(DEBT, span, Month(2026, 1), [2_500, 10])] == [1, 2]


def test_a_month_that_asks_for_nothing_in_particular_has_no_amount() -> None:
    span = Span(date(2026, 1, 1), date(2026, 2, 28))
    assert [one.amount for one in payments_due(DEBT, span, Month(2026, 1), [0, 0])] == [None, None]


def test_a_debt_asks_for_nothing_before_it_begins() -> None:
    debt = replace(DEBT, opened_on=date(2026, 2, 10), due_day=5)
    span = Span(date(2026, 1, 1), date(2026, 3, 31))
    assert [day for _, day in instalment_days(debt, span)] == [date(2026, 3, 5)]


def test_the_last_instalment_has_its_own_day_and_is_the_last() -> None:
    debt = replace(DEBT, minimum=TermEnd(date(2026, 3, 12)))
    span = Span(date(2026, 1, 1), date(2026, 12, 31))
    assert list(instalment_days(debt, span)) == [
        (DueKind.PAYMENT, date(2026, 1, 31)),
        (DueKind.PAYMENT, date(2026, 2, 28)),
        (DueKind.LAST_INSTALMENT, date(2026, 3, 12)),
    ]
    assert list(instalment_days(replace(debt, due_day=None), span)) == [
        (DueKind.LAST_INSTALMENT, date(2026, 3, 12))
    ]


def test_after_the_last_instalment_the_due_day_counts_again() -> None:
    debt = replace(DEBT, minimum=TermEnd(date(2026, 3, 12)), due_day=20)
    span = Span(date(2026, 3, 13), date(2026, 4, 30))
    assert [day for _, day in instalment_days(debt, span)] == [date(2026, 3, 20), date(2026, 4, 20)]


def test_a_promotion_ends_on_its_last_day() -> None:
    debt = replace(DEBT, promo_apr=Decimal(0), promo_ends_on=date(2026, 2, 28))
    found = promotion_end(debt, Span.ahead(date(2026, 2, 28), 0))
    assert found is not None
    assert (found.kind, found.on, found.amount, found.rate) == (
        DueKind.PROMOTION_END,
        date(2026, 2, 28),
        50_000,
        Decimal("24.9"),
    )
    assert promotion_end(debt, Span.ahead(date(2026, 3, 1), 90)) is None
    assert promotion_end(DEBT, Span.ahead(date(2026, 3, 1), 90)) is None


def test_a_debt_that_is_not_kept_has_nothing_due() -> None:
    debt = replace(DEBT, uuid=None, promo_apr=Decimal(0), promo_ends_on=date(2026, 2, 28))
    with pytest.raises(ValueError, match="debt of the ledger"):
        promotion_end(debt, Span.ahead(date(2026, 2, 28), 0))


def test_sorted_by_day_then_kind_then_name() -> None:
    wanted = [
        item(date(2026, 2, 28), "zebra"),
        item(kind=DueKind.RETURN_BY, title="Zebra"),
        item(title="apple"),
        item(title="Éclair"),
        item(title="zoo", uuid=UUID(int=1)),
        item(title="zoo", uuid=UUID(int=2)),
        item(kind=DueKind.PAYMENT, title="Aa"),
        item(kind=DueKind.LAST_INSTALMENT, title="Aa"),
        item(kind=DueKind.PROMOTION_END, title="Aa"),
        item(date(2026, 3, 2), "a"),
    ]
    assert in_order(reversed(wanted)) == wanted


@given(
    st.permutations(
        [item(title=title, uuid=UUID(int=n)) for n, title in enumerate(["a", "A", "á", "b", "b"])]
    )
)
def test_the_order_never_depends_on_where_items_come_from(items: list[DueItem]) -> None:
    assert in_order(items) == in_order(sorted(items, key=lambda one: one.uuid.int))


def test_an_item_is_told_from_all_others_and_stays_the_same() -> None:
    one = item()
    assert one.identity == item(title="Renamed", amount=5, party="Shop").identity
    others = [item(uuid=UUID(int=2)), item(kind=DueKind.RETURN_BY), item(date(2026, 3, 2))]
    assert len({one.identity, *(other.identity for other in others)}) == 4
    # Calendars out there know it: it must never change.
    assert one.identity == UUID("9b04b63d-18b8-514d-8802-46c40a832656")


def test_days_left() -> None:
    # The clocks go forward on 29 March 2026 in Europe and on 8 March in America: days are days all the same.
    assert item(date(2026, 4, 1)).days_from(date(2026, 3, 1)) == 31
    assert item(date(2026, 3, 1)).days_from(date(2026, 3, 1)) == 0
