"""What the overview shows is what the pages behind it show."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.debts import Debt, DebtFilter, DebtKind, FixedMinimum, Payment
from app.domain.exchange_rates import ExchangeRate
from app.domain.months import Month
from app.domain.purchases import Purchase, Refund
from app.domain.spending_periods import Preset, Question
from app.domain.warranties import Cover, CoverFilter
from app.services import debts, exchange_rates, overview, plans, spending, warranties
from app.services.ledger import Ledger
from tests.helpers.ledgers import add_all, bought

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _on_a_friday(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "today", lambda: TODAY)


def record(ledger: Ledger, *bought_things: Purchase) -> None:
    ledger.run(add_all([bought_things]))


def owe(ledger: Ledger, name: str = "Card", balance: int = 500_00, **changes: object) -> int:
    given: dict[str, object] = {
        "kind": DebtKind.CREDIT_CARD,
        "currency": "EUR",
        "opening_balance": balance,
        "opened_on": date(2026, 9, 3),
        "apr": Decimal("19.9"),
        "minimum": FixedMinimum(25_00),
    }
    return int(ledger.run(debts.add(Debt(name=name, **{**given, **changes}))).result)  # type: ignore[arg-type]


def test_a_month_is_compared_with_the_same_days_of_the_month_before(ledger: Ledger) -> None:
    record(
        ledger,
        bought("Kettle", 60_00, "EUR", purchased_on=date(2026, 11, 20)),
        bought(
            "Tea", 12_00, "EUR", purchased_on=date(2026, 10, 20), refunds=(Refund(date(2026, 11, 1), 2_00),)
        ),
        bought("Lamp", 99_00, "EUR", purchased_on=date(2026, 10, 21)),
    )
    (spent,) = overview.spent_this_month(ledger)
    assert (spent.net, spent.before) == (60_00, 10_00)
    assert spent.before_span == (date(2026, 10, 1), date(2026, 10, 20))
    assert spent.history[-2:] == (109_00, 60_00)
    assert len(spent.history) == 12


def test_a_whole_month_is_compared_with_a_whole_one(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "today", lambda: date(2026, 2, 28))
    record(ledger, bought("Kettle", 60_00, "EUR", purchased_on=date(2026, 1, 31)))
    (spent,) = overview.spent_this_month(ledger)
    assert (spent.net, spent.before) == (0, 60_00)


def test_what_was_spent_is_what_the_spending_page_and_the_summary_say(ledger: Ledger) -> None:
    record(
        ledger,
        bought("Kettle", 60_00, "EUR", purchased_on=date(2026, 11, 3)),
        bought("Sake", 4000, "JPY", purchased_on=date(2026, 11, 9)),
        bought("Tea", 12_00, "EUR", purchased_on=date(2026, 10, 2)),
        bought("Sofa", 900_00, "EUR", purchased_on=date(2025, 11, 2)),
    )
    months = overview.spent_this_month(ledger)
    assert [spent.currency for spent in months] == ["EUR", "JPY"]
    summary = spending.summary(ledger, date(2026, 11, 1), TODAY)
    assert {spent.currency: spent.net for spent in months} == {
        found.currency: found.net for found in summary.currencies
    }
    for spent in months:
        asked = Question(Preset.CUSTOM, spent.span.first, spent.span.last, spent.currency)
        page = spending.analysis(ledger, asked)
        assert (page.before_span, page.total.net if page.total else 0) == (spent.before_span, spent.net)
        assert spent.before == (page.before.net if page.before else 0)
        year = spending.analysis(ledger, Question(currency=spent.currency))
        assert spent.history == tuple(step.figures.net for step in year.steps)
    for spent in overview.spent_this_year(ledger):
        page = spending.analysis(ledger, Question(Preset.THIS_YEAR, currency=spent.currency))
        assert (page.span, page.before_span) == (spent.span, spent.before_span)
        assert spent.net == (page.total.net if page.total else 0)


def test_without_anything_before_there_is_nothing_to_compare_with(ledger: Ledger) -> None:
    assert overview.spent_this_month(ledger) == ()
    record(ledger, bought("Kettle", 60_00, "EUR", purchased_on=date(2026, 11, 3)))
    assert overview.spent_this_month(ledger)[0].before is None


def test_one_total_is_converted_by_the_rates_of_the_days_and_says_so(ledger: Ledger) -> None:
    record(
        ledger,
        bought("Kettle", 60_00, "EUR", purchased_on=date(2026, 11, 3)),
        bought("Sake", 4000, "JPY", purchased_on=date(2026, 11, 9)),
    )
    ledger.run(
        exchange_rates.save(ExchangeRate(on=date(2026, 11, 2), base="EUR", currency="JPY", rate=Decimal(160)))
    )
    (spent,) = overview.spent_this_month(ledger, one_total=True)
    assert (spent.currency, spent.net, spent.history[-1]) == ("EUR", 85_00, 85_00)
    assert spent.converted is not None
    assert spent.converted.converted == ("JPY",)


def test_one_total_of_one_currency_is_nothing_but_that(ledger: Ledger) -> None:
    record(ledger, bought("Kettle", 60_00, "EUR", purchased_on=date(2026, 11, 3)))
    assert overview.spent_this_month(ledger, one_total=True) == overview.spent_this_month(ledger)


def test_categories_add_up_to_every_step(ledger: Ledger) -> None:
    record(
        ledger,
        bought("Kettle", 60_00, "EUR", purchased_on=date(2026, 11, 3), category="Household"),
        bought("Saw", 20_00, "EUR", purchased_on=date(2026, 11, 5), category="Tools"),
        bought("Thing", 5_00, "EUR", purchased_on=date(2026, 8, 5)),
        bought("Sake", 4000, "JPY", purchased_on=date(2026, 11, 9), category="Household"),
    )
    found = spending.analysis(ledger, Question())
    parts = overview.by_category(ledger, found)
    assert [part.name for part in parts] == ["Household", "Tools", ""]
    sums = [sum(amounts) for amounts in zip(*(part.amounts for part in parts), strict=True)]
    assert sums == [step.figures.net for step in found.steps]


def test_what_is_owed_is_told_since_the_end_of_the_month_before(ledger: Ledger) -> None:
    first = owe(ledger, balance=500_00)
    owe(ledger, "Car", balance=100_00, opened_on=date(2026, 11, 2))
    ledger.run(debts.record_payment(Payment(first, date(2026, 10, 5), 40_00)))
    ledger.run(debts.record_payment(Payment(first, date(2026, 11, 5), 30_00)))
    (owed,) = overview.debts_and_plans(ledger).owed
    (total,) = debts.totals(ledger, DebtFilter())
    assert owed.balance == total.balance == 530_00
    assert (owed.month, owed.before) == (Month(2026, 10), 460_00)
    assert owed.history == (500_00, 460_00, 530_00)


def test_a_debt_of_this_month_has_nothing_before(ledger: Ledger) -> None:
    owe(ledger, opened_on=date(2026, 11, 2))
    (owed,) = overview.debts_and_plans(ledger).owed
    assert (owed.before, owed.history) == (None, (500_00,))


def test_the_outlook_is_the_plan_in_use_against_minimums_only(ledger: Ledger) -> None:
    owe(ledger)
    owe(ledger, "Car", balance=900_00, apr=Decimal("4.5"))
    (outlook,) = overview.debts_and_plans(ledger).outlooks
    assert outlook.plan == plans.plan_in_use(ledger, "EUR")
    assert [plan.strategy for plan in outlook.others] == ["snowball", "minimums"]
    assert outlook.plan is not None
    assert outlook.baseline == plans.compute(outlook.plan.input, ["minimums"])[0]
    assert outlook.baseline.months is not None
    assert outlook.months_saved == outlook.baseline.months - (outlook.plan.months or 0)
    assert (outlook.minimums, outlook.each_month, outlook.owed) == (50_00, 50_00, 1400_00)
    assert outlook.actual == ()


def test_currencies_of_debts_stay_apart_and_paid_off_ones_have_no_outlook(ledger: Ledger) -> None:
    paid = owe(ledger, "Loan", currency="USD")
    owe(ledger)
    ledger.run(debts.record_payment(Payment(paid, date(2026, 11, 5), 500_00)))
    found = overview.debts_and_plans(ledger)
    assert [(owed.currency, owed.balance) for owed in found.owed] == [("EUR", 500_00), ("USD", 0)]
    assert [outlook.currency for outlook in found.outlooks] == ["EUR"]


def test_warranties_in_force_and_those_that_end_soon(ledger: Ledger) -> None:
    record(
        ledger,
        bought(
            "Phone",
            500_00,
            "EUR",
            purchased_on=date(2025, 12, 1),
            covers=(
                Cover(date(2025, 12, 1), date(2026, 12, 1)),
                Cover(date(2026, 11, 2), None, kind="LIFETIME"),
                Cover(date(2025, 12, 1), date(2026, 12, 1), voided=True),
            ),
        ),
        bought(
            "Drill",
            90_00,
            "EUR",
            purchased_on=date(2025, 1, 1),
            covers=(Cover(date(2025, 1, 1), date(2026, 10, 31)), Cover(date(2026, 1, 1), date(2026, 11, 25))),
        ),
    )
    found = overview.covered(ledger)
    assert found.counts == warranties.counts(ledger)
    assert (found.in_force, found.recorded) == (3, 5)
    # On 31 October the phone's first cover and both of the drill's were in force.
    assert found.history[-2:] == (3, 3)
    assert [(row.product, row.cover.ends_on) for row in found.rows] == [
        ("Drill", date(2026, 11, 25)),
        ("Phone", date(2026, 12, 1)),
    ]
    assert found.ending == warranties.count(ledger, CoverFilter(expiring_days=overview.ENDING_DAYS)) == 2


def test_recent_purchases_are_the_latest_in_any_currency(ledger: Ledger) -> None:
    record(
        ledger,
        *(bought(f"Thing {day}", 100, "EUR", purchased_on=date(2026, 11, day)) for day in range(1, 9)),
        bought("Sake", 4000, "JPY", purchased_on=date(2026, 11, 20)),
    )
    names = [row.name for row in overview.recent_purchases(ledger)]
    assert names == ["Sake", "Thing 8", "Thing 7", "Thing 6", "Thing 5", "Thing 4"]
    assert overview.recorded(ledger) == overview.Recorded(9, 0)
