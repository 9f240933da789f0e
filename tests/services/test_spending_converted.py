"""Spending in one total: every purchase by the rate of its day, against a plain recount."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.exchange_rates import ExchangeRate
from app.domain.money import CURRENCIES, Money
from app.domain.profile import Profile
from app.domain.purchases import Purchase, Refund
from app.domain.spending import Analysis
from app.domain.spending_periods import ONE_TOTAL, Preset, Question, Step
from app.services.exchange_rates import import_rates, one_total, save
from app.services.jobs import JobContext
from app.services.ledger import Interrupt, Interrupted, Ledger
from app.services.spending import analysis, summary
from tests.helpers.ledgers import add_all, bought, new_ledger

DATA = Path(__file__).parent.parent / "data" / "rates"
RATES = {
    date(2026, 1, 5): {"USD": "1.1042", "JPY": "169.74"},
    date(2026, 2, 2): {"USD": "1.1101", "JPY": "170.80"},
    date(2026, 3, 2): {"USD": "1.1125", "JPY": "171.35"},
}
PERIOD = Question(Preset.CUSTOM, date(2026, 1, 1), date(2026, 4, 30), ONE_TOTAL)


def with_rates(ledger: Ledger) -> None:
    for day, rates in RATES.items():
        for code, rate in rates.items():
            ledger.run(save(ExchangeRate(day, "EUR", code, Decimal(rate))))


def in_euros(minor: int, currency: str, day: date) -> int | None:
    """Convert as one would with paper and pencil: the last table up to the day, or else the first."""
    if currency == "EUR":
        return minor
    table = RATES[max((known for known in RATES if known <= day), default=min(RATES))]
    if currency not in table:
        return None
    with localcontext(prec=200):
        amount = Decimal(minor).scaleb(-CURRENCIES[currency]) / Decimal(table[currency])
        return int(amount.scaleb(2).quantize(Decimal(1), ROUND_HALF_UP))


def recount(found: Analysis, records: Sequence[Purchase]) -> None:
    """Compare every figure in one total with those of a loop over the purchases."""
    within = [each for each in records if found.span.first <= each.purchased_on <= found.span.last]
    amounts = []
    for each in within:
        gross = in_euros(each.price, each.currency, each.purchased_on)
        net = in_euros(each.net, each.currency, each.purchased_on)
        if gross is not None and net is not None:
            amounts.append((each, gross, net))
    nets = [net for _, _, net in amounts]
    assert found.currency == "EUR"
    assert found.converted is not None
    assert found.converted.total == Money(sum(nets), "EUR")
    total = found.total
    if total is None:
        assert not amounts
        return
    assert (total.count, total.net, total.gross) == (
        len(amounts),
        sum(nets),
        sum(gross for _, gross, _ in amounts),
    )
    assert total.largest == max(nets)
    assert total.median == int(Decimal(median(map(Decimal, nets))).quantize(Decimal(1), ROUND_HALF_UP))
    for step in found.steps:
        of_it = [net for each, _, net in amounts if step.span.first <= each.purchased_on <= step.span.last]
        assert (step.figures.count, step.figures.net) == (len(of_it), sum(of_it))
    shops: dict[str, int] = {}
    for each, _, net in amounts:
        shops[each.retailer] = shops.get(each.retailer, 0) + net
    assert {named.name: named.total.minor for named in found.figures.by_retailer} == shops
    left_out: dict[str, int] = {}
    for each in within:
        if in_euros(each.net, each.currency, each.purchased_on) is None:
            left_out[each.currency] = left_out.get(each.currency, 0) + each.net
    assert {money.currency: money.minor for money in found.converted.missing} == left_out


any_purchase = st.builds(
    lambda name, price, currency, days, shop, part: bought(
        name,
        price,
        currency,
        purchased_on=date(2026, 1, 1) + timedelta(days),
        retailer=shop,
        refunds=(Refund(date(2026, 5, 1), price // part),) if part and price // part else (),
    ),
    st.sampled_from(["Kettle", "Tea", "Desk"]),
    st.integers(0, 10**7),
    st.sampled_from(["EUR", "USD", "JPY", "CHF"]),
    st.integers(-200, 119),
    st.sampled_from(["Halden", "Otto", ""]),
    st.integers(0, 4),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(any_purchase, min_size=1, max_size=25), st.sampled_from([Step.MONTH, Step.WEEK]))
def test_one_total_is_a_plain_recount(
    tmp_path_factory: pytest.TempPathFactory, records: list[Purchase], step: Step
) -> None:
    with new_ledger(tmp_path_factory.mktemp("ledger") / "ledger") as ledger:
        with_rates(ledger)
        ledger.run(add_all([records]))
        found = analysis(ledger, replace(PERIOD, step=step))
        if found.converted is not None:
            recount(found, records)
            before = found.before.net if found.before else 0
            assert found.before_span is not None
            assert sum(each.before.net for each in found.steps if each.before) == before
        else:
            assert all(each.currency == "EUR" for each in records)


def test_the_total_says_by_which_rates_and_agrees_with_other_pages(ledger: Ledger) -> None:
    with_rates(ledger)
    records = [
        bought("Tea", 1000, "EUR", purchased_on=date(2026, 3, 1)),
        bought("Lamp", 9999, "USD", purchased_on=date(2026, 2, 20)),
        bought("Vase", 12345, "JPY", purchased_on=date(2026, 1, 2), refunds=(Refund(date(2026, 2, 1), 345),)),
        bought("Watch", 120000, "CHF", purchased_on=date(2026, 3, 3)),
    ]
    ledger.run(add_all([records]))
    found = analysis(ledger, PERIOD)
    assert found.own_currency == "EUR"
    told = found.converted
    assert told is not None
    assert told.converted == ("JPY", "USD")
    assert (told.first, told.last, told.early) == (date(2026, 1, 5), date(2026, 2, 2), 1)
    assert told.missing == (Money(120000, "CHF"),)
    nets = [(Money(each.net, each.currency), each.purchased_on) for each in records]
    assert one_total(ledger, nets, "EUR") == told


def test_without_being_asked_nothing_is_converted(ledger: Ledger) -> None:
    with_rates(ledger)
    ledger.run(add_all([[bought("Lamp", 9999, "USD"), bought("Tea", 1000)]]))
    found = analysis(ledger, replace(PERIOD, currency=""))
    assert found.converted is None
    assert found.total is not None
    assert (found.total.net, found.currency, found.own_currency) == (1000, "EUR", "EUR")
    assert [each.currency for each in summary(ledger).currencies] == ["EUR", "USD"]


def test_a_ledger_in_its_own_currency_has_one_total_already(ledger: Ledger) -> None:
    ledger.run(add_all([[bought("Tea", 1000, purchased_on=date(2026, 3, 1))]]))
    found = analysis(ledger, PERIOD)
    assert (found.converted, found.own_currency) == (None, "")
    assert found.total is not None
    assert found.total.net == 1000


def test_without_rates_what_is_foreign_is_left_out_and_told(ledger: Ledger) -> None:
    ledger.run(add_all([[bought("Lamp", 9999, "USD", purchased_on=date(2026, 3, 1))]]))
    found = analysis(ledger, PERIOD)
    assert found.total is None
    assert found.converted is not None
    assert found.converted.missing == (Money(9999, "USD"),)
    assert (found.converted.first, found.converted.converted) == (None, ())


def test_the_period_before_is_converted_by_its_own_rates(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger", Profile(currency="USD")) as ledger:
        import_rates(ledger, DATA / "eurofxref-hist.csv", JobContext())
        ledger.run(
            add_all(
                [
                    [
                        bought("Now", 10000, "EUR", purchased_on=date(2026, 11, 20)),
                        bought("Then", 10000, "EUR", purchased_on=date(2025, 11, 20)),
                        bought("Krona", 500, "SEK", purchased_on=date(2025, 11, 20)),
                    ]
                ]
            )
        )
        asked = Question(Preset.CUSTOM, date(2026, 11, 1), date(2026, 11, 30), ONE_TOTAL)
        asked = replace(asked, first=date(2025, 12, 1))
        found = analysis(ledger, asked)
        assert found.total is not None
        assert found.before is not None
        assert (found.total.net, found.before.net) == (11125, 10299)
        assert found.before_converted is not None
        assert found.before_converted.first == date(2025, 1, 3)
        assert found.before_converted.missing == (Money(500, "SEK"),)
        assert found.converted is not None
        assert found.converted.missing == ()


def test_a_cancelled_question_leaves_the_readers_as_they_were(ledger: Ledger) -> None:
    with_rates(ledger)
    ledger.run(add_all([[bought("Lamp", 9999, "USD", purchased_on=date(2026, 3, 1))]]))
    stopped = Interrupt()
    stopped.cancel()
    with pytest.raises(Interrupted):
        analysis(ledger, PERIOD, stopped)
    found = [analysis(ledger, PERIOD) for _ in range(3)]
    assert found[0] == found[1] == found[2]

    def state(reader: object) -> tuple[int, int]:
        run = reader.exec_driver_sql  # type: ignore[attr-defined]
        left = run("SELECT count(*) FROM sqlite_temp_master").scalar_one()
        return run("PRAGMA query_only").scalar_one(), left

    assert ledger.read(state) == (1, 0)
