"""The figures of the Spending page equal those of `summary` and a plain recount, whatever is asked."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.problems import Refused
from app.domain.profile import Profile
from app.domain.purchases import Purchase, PurchaseFilter, SortBy
from app.domain.spending import Analysis, Figures, StepSpending
from app.domain.spending_periods import Preset, Question, Span, Step
from app.domain.warranties import Cover
from app.services import purchases
from app.services.ledger import Ledger, open_ledger
from app.services.sample import make_sample
from app.services.spending import analysis, recent_purchases, summary
from app.storage.purchases import reading
from tests.helpers.generated import purchases as any_purchase
from tests.helpers.ledgers import add_all, bought, new_ledger

TODAY = date(2026, 3, 20)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("analysis") / "ledger"
    make_sample(path)
    return path


def everything(ledger: Ledger) -> list[Purchase]:
    found = [purchases.get(ledger, id) for id in purchases.ids(ledger, PurchaseFilter(), SortBy())]
    return [purchase for purchase in found if purchase is not None]


def recount(bought: Sequence[Purchase], span: Span, currency: str) -> Figures:
    within = [
        purchase
        for purchase in bought
        if span.first <= purchase.purchased_on <= span.last and purchase.currency == currency
    ]
    gross = sum(purchase.price for purchase in within)
    return Figures(len(within), gross, gross - sum(purchase.net for purchase in within))


def check(ledger: Ledger, found: Analysis, bought: Sequence[Purchase], today: date) -> None:
    """Compare an analysis with the summary of its days and with a recount."""
    told = summary(ledger, found.span.first, found.span.last, top=1000)
    of_it = [each for each in told.currencies if each.currency == found.currency]
    assert list(found.figures.currencies) == of_it
    assert found.total == (of_it[0] if of_it else None)
    for one, other in (
        (found.figures.by_retailer, told.by_retailer),
        (found.figures.by_brand, told.by_brand),
        (found.figures.by_category, told.by_category),
    ):
        assert list(one) == [group for group in other if group.total.currency == found.currency]
    products = [each for each in told.top_products if each.total.currency == found.currency]
    assert list(found.figures.top_products) == products[:10]
    assert found.figures.covers == told.covers
    for step in found.steps:
        assert step.figures == recount(bought, step.span, found.currency)
        if step.before_span is not None:
            assert step.before == recount(bought, step.before_span, found.currency)
            assert step.change is not None
            assert step.change == step.figures.net - step.before.net
    check_days(found)
    check_covers(found, bought, today)
    if found.step is Step.MONTH:
        check_months(found, told.by_month)
    assert (found.before_span is None) == (found.steps[0].before is None)
    if found.before_span is not None:
        before = recount(bought, found.before_span, found.currency)
        assert (found.before.count if found.before else 0) == before.count
        assert (found.before.net if found.before else 0) == before.net
        assert sum((step.before for step in found.steps if step.before), Figures()) == before
    total = sum((step.figures for step in found.steps), Figures())
    assert total == recount(bought, found.span, found.currency)
    shown = recent_purchases(ledger, found.span, found.currency)
    assert [row.id for row in shown] == [
        purchase.id for purchase in bought if purchase.currency == found.currency and in_span(purchase, found)
    ][:10]


def in_span(purchase: Purchase, found: Analysis) -> bool:
    return found.span.first <= purchase.purchased_on <= found.span.last


def check_days(found: Analysis) -> None:
    """Every day of the period, and of the one before, is in exactly one step."""
    assert found.steps[0].span.first == found.span.first
    assert found.steps[-1].span.last == found.span.last
    for one, other in zip(found.steps, found.steps[1:], strict=False):
        assert other.span.first - one.span.last == timedelta(days=1)
        if one.before_span and other.before_span:
            assert other.before_span.first - one.before_span.last == timedelta(days=1)
    if found.before_span is not None:
        assert found.before_span.last < found.span.first
        assert found.steps[0].before_span
        assert found.steps[-1].before_span
        assert found.steps[0].before_span.first == found.before_span.first
        assert found.steps[-1].before_span.last == found.before_span.last


def check_months(found: Analysis, by_month: Sequence[object]) -> None:
    told = {month.month: month.totals for month in by_month}  # type: ignore[attr-defined]
    assert [step.span.first.replace(day=1) for step in found.steps] == list(told)
    for step in found.steps:
        totals = [total for total in told[step.span.first.replace(day=1)] if total.currency == found.currency]
        assert sum(total.minor for total in totals) == step.figures.net


def check_covers(found: Analysis, bought: Sequence[Purchase], today: date) -> None:
    covers = [cover for purchase in bought if in_span(purchase, found) for cover in purchase.covers]
    going = [cover for cover in covers if not cover.voided]
    assert len(found.cover_months) == 12
    assert found.cover_months[0].month == today.replace(day=1)
    for month in found.cover_months:
        last = month.month.replace(day=monthrange(month.month.year, month.month.month)[1])
        ends = [cover.last_day for cover in going]
        assert month.expired == sum(end < month.month for end in ends)
        assert month.expiring == sum(month.month <= end <= last for end in ends)
        assert month.active == sum(end > last for end in ends)
    starts = sorted((cover.starts_on for cover in covers), reverse=True)[:10]
    assert [cover.starts_on for cover in found.recent_covers] == starts


@pytest.mark.parametrize("preset", list(Preset))
@pytest.mark.parametrize("step", list(Step))
def test_the_sample_ledger_in_every_period(sample: Path, preset: Preset, step: Step) -> None:
    ledger = open_ledger(sample, read_only=True)
    try:
        today, bought = ledger.today(), everything(ledger)
        first, last = today - timedelta(days=75), today - timedelta(days=10)
        found = analysis(ledger, Question(preset, first, last, "", step))
        check(ledger, found, bought, today)
        assert found.total is not None
        assert found.step in found.possible_steps
    finally:
        ledger.close()


@st.composite
def batches(draw: st.DrawFn) -> list[Purchase]:
    drawn = draw(st.lists(any_purchase(), min_size=1, max_size=10))
    near = st.dates(date(2023, 12, 1), date(2026, 4, 10))
    few = st.sampled_from(["", "Otto", "IKEA"])
    return [
        replace(
            purchase,
            purchased_on=draw(near),
            retailer=draw(few),
            brand=draw(few),
            currency=draw(st.sampled_from(["EUR", "USD"])),
        )
        for purchase in drawn
    ]


@st.composite
def questions(draw: st.DrawFn) -> Question:
    days = sorted(draw(st.tuples(*[st.dates(date(2024, 1, 1), date(2026, 12, 31))] * 2)))
    return Question(
        draw(st.sampled_from(Preset)),
        days[0],
        days[1],
        draw(st.sampled_from(["", "EUR", "USD", "JPY"])),
        draw(st.sampled_from(Step)),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches(), st.lists(questions(), min_size=1, max_size=4))
def test_any_ledger_and_any_question(
    tmp_path_factory: pytest.TempPathFactory, batch: list[Purchase], asked: list[Question]
) -> None:
    with new_ledger(tmp_path_factory.mktemp("any") / "ledger") as ledger:
        ledger.today = lambda: TODAY  # type: ignore[method-assign]
        ledger.run(add_all([batch]))
        ids = purchases.ids(ledger, PurchaseFilter(), SortBy())
        bought = ledger.read(
            lambda reader: [purchase for id in ids if (purchase := reading.get(reader, id)) is not None]
        )
        for question in asked:
            check(ledger, analysis(ledger, question), bought, TODAY)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger", Profile(currency="USD")) as opened:
        opened.today = lambda: date(2026, 11, 20)  # type: ignore[method-assign]
        yield opened


def spans(steps: Sequence[StepSpending]) -> list[str]:
    return [f"{step.span.first}/{step.span.last} {step.before_span}" for step in steps]


def test_a_year_to_date_is_compared_with_the_same_days_of_the_year_before(ledger: Ledger) -> None:
    for preset, first in ((Preset.THIS_YEAR, date(2026, 1, 1)), (Preset.LAST_12_MONTHS, date(2025, 12, 1))):
        found = analysis(ledger, Question(preset))
        assert found.span == Span(first, date(2026, 11, 20))
        assert found.before_span == Span(first.replace(year=first.year - 1), date(2025, 11, 20))
        assert found.steps[-1].span == Span(date(2026, 11, 1), date(2026, 11, 20))
        assert found.steps[-1].before_span == Span(date(2025, 11, 1), date(2025, 11, 20))
    found = analysis(ledger, Question(Preset.LAST_YEAR))
    assert found.span == Span(date(2025, 1, 1), date(2025, 12, 31))
    assert found.before_span == Span(date(2024, 1, 1), date(2024, 12, 31))
    # The leap day of 2024 is in the February that it is compared with.
    assert found.steps[1].before_span == Span(date(2024, 2, 1), date(2024, 2, 29))


def test_a_period_of_ones_own_is_compared_with_what_came_right_before(ledger: Ledger) -> None:
    month = analysis(ledger, Question(Preset.CUSTOM, date(2026, 11, 1), date(2026, 11, 20)))
    assert month.before_span == Span(date(2026, 10, 1), date(2026, 10, 20))
    quarter = analysis(ledger, Question(Preset.CUSTOM, date(2026, 1, 1), date(2026, 2, 28)))
    assert quarter.before_span == Span(date(2025, 11, 1), date(2025, 12, 31))
    days = analysis(ledger, Question(Preset.CUSTOM, date(2026, 11, 10), date(2026, 11, 19)))
    assert days.before_span == Span(date(2026, 10, 31), date(2026, 11, 9))
    open_ended = analysis(ledger, Question(Preset.CUSTOM, None, date(1990, 1, 1)))
    assert open_ended.span.days == 1
    with pytest.raises(Refused, match="turn the two around"):
        analysis(ledger, Question(Preset.CUSTOM, date(2026, 2, 1), date(2026, 1, 1)))


def test_weeks_begin_on_monday_and_quarters_in_january(ledger: Ledger) -> None:
    asked = Question(Preset.CUSTOM, date(2026, 1, 2), date(2026, 4, 15))
    weeks = analysis(ledger, replace(asked, step=Step.WEEK)).steps
    assert weeks[0].span == Span(date(2026, 1, 2), date(2026, 1, 4))
    assert weeks[1].span == Span(date(2026, 1, 5), date(2026, 1, 11))
    quarters = analysis(ledger, replace(asked, step=Step.QUARTER)).steps
    assert [step.span.first for step in quarters] == [date(2026, 1, 2), date(2026, 4, 1)]


def test_too_many_steps_become_longer_ones(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought(purchased_on=date(1990, 5, 1), currency="USD")))
    found = analysis(ledger, Question(Preset.ALL, step=Step.DAY))
    assert found.step is Step.QUARTER
    assert found.possible_steps == (Step.QUARTER, Step.YEAR)
    assert found.before_span is None


def test_the_profiles_currency_comes_first_and_currencies_are_never_added(ledger: Ledger) -> None:
    for price in (100, 200):
        ledger.run(purchases.add(bought(price=price, currency="EUR", purchased_on=date(2026, 10, 1))))
    ledger.run(purchases.add(bought(price=700, currency="USD", purchased_on=date(2026, 10, 2))))
    found = analysis(ledger, Question())
    assert found.currencies == ("USD", "EUR")
    assert found.total is not None
    assert (found.currency, found.total.net) == ("USD", 700)
    euros = analysis(ledger, Question(currency="EUR")).total
    assert euros is not None
    assert (euros.net, euros.count) == (300, 2)
    assert analysis(ledger, Question(currency="CHF")).currency == "USD"


def test_voided_and_endless_warranties_in_the_months_to_come(ledger: Ledger) -> None:
    covers = (
        Cover(date(2026, 1, 1), date(2026, 12, 5)),
        Cover(date(2026, 1, 2), None, kind="LIFETIME"),
        Cover(date(2026, 1, 3), date(2027, 1, 5), voided=True),
    )
    ledger.run(purchases.add(bought(purchased_on=date(2026, 1, 1), currency="USD", covers=covers)))
    months = analysis(ledger, Question()).cover_months
    assert [(each.active, each.expiring, each.expired) for each in months[:3]] == [
        (2, 0, 0),
        (1, 1, 0),
        (1, 0, 1),
    ]


def test_an_empty_ledger_has_figures_of_nothing(ledger: Ledger) -> None:
    for preset in Preset:
        found = analysis(ledger, Question(preset, date(2026, 1, 1), date(2026, 1, 31)))
        assert (found.total, found.currency, found.currencies) == (None, "USD", ())
        assert all(step.figures == Figures() for step in found.steps)
