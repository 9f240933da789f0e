"""Spending figures of any purchases in any period equal an exact recount in plain Python."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.purchases import Purchase
from app.domain.spending import CoverCounts, Summary
from app.domain.text import fold
from app.domain.warranties import CoverStatus, cover_status
from app.services.ledger import Ledger
from app.services.spending import summary
from app.storage.purchases import reading
from tests.helpers.generated import purchases
from tests.helpers.ledgers import add_all, new_ledger

few = st.sampled_from(["", "Otto", "IKEA", "Äpfel"])
near = st.dates(date(2025, 11, 1), date(2026, 2, 28))


@st.composite
def batches(draw: st.DrawFn) -> list[Purchase]:
    """Purchases that meet in names, products, months and currencies."""
    drawn = draw(st.lists(purchases(), min_size=1, max_size=12))
    return [
        replace(
            purchase,
            name=draw(st.sampled_from(["Tee", "tee", "TÉE", "Lamp"])),
            purchased_on=draw(near),
            retailer=draw(few),
            brand=draw(few),
            category=draw(few),
        )
        for purchase in drawn
    ]


def half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def grouped(
    bought: Sequence[Purchase], key: Callable[[Purchase], Hashable]
) -> dict[Hashable, tuple[int, int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for purchase in bought:
        found[key(purchase)].append(purchase.net)
    return {group: (len(nets), sum(nets)) for group, nets in found.items()}


def check_currencies(figures: Summary, bought: Sequence[Purchase]) -> None:
    assert {found.currency for found in figures.currencies} == {purchase.currency for purchase in bought}
    for found in figures.currencies:
        of_it = [purchase for purchase in bought if purchase.currency == found.currency]
        nets = sorted(purchase.net for purchase in of_it)
        count = len(nets)
        assert (found.count, found.net, found.largest) == (count, sum(nets), nets[-1])
        assert found.gross == sum(purchase.price for purchase in of_it)
        assert found.average == half_up(Fraction(sum(nets), count))
        assert found.median == half_up(Fraction(nets[(count - 1) // 2] + nets[count // 2], 2))


def check_groups(figures: Summary, bought: Sequence[Purchase]) -> None:
    wholes = {found.currency: found.net for found in figures.currencies}
    for groups, key in (
        (figures.by_retailer, "retailer"),
        (figures.by_brand, "brand"),
        (figures.by_category, "category"),
    ):
        recount = grouped(bought, lambda purchase: (getattr(purchase, key), purchase.currency))  # noqa: B023
        told = {(group.name, group.total.currency): (group.count, group.total.minor) for group in groups}
        assert told == recount
        for group in groups:
            whole = wholes[group.total.currency]
            exact = Fraction(100 * 100 * group.total.minor, whole) if whole else Fraction(0)
            assert group.share * 100 == half_up(exact)


def check_products(figures: Summary, bought: Sequence[Purchase]) -> None:
    recount = grouped(bought, lambda purchase: (fold(purchase.name), purchase.currency))
    told = {
        (fold(product.name), product.total.currency): (product.count, product.total.minor)
        for product in figures.top_products
    }
    assert told == recount
    for product in figures.top_products:
        assert product.average.minor == half_up(Fraction(product.total.minor, product.count))


def check_months(figures: Summary, bought: Sequence[Purchase]) -> None:
    recount = grouped(bought, lambda purchase: (purchase.purchased_on.replace(day=1), purchase.currency))
    told = {
        (month.month, total.currency): total.minor for month in figures.by_month for total in month.totals
    }
    assert told == {group: net for group, (_, net) in recount.items()}
    counts = grouped(bought, lambda purchase: purchase.purchased_on.replace(day=1))
    assert {month.month: month.count for month in figures.by_month if month.count} == {
        month: count for month, (count, _) in counts.items()
    }


def check_covers(figures: Summary, bought: Sequence[Purchase], today: date) -> None:
    states = [cover_status(cover, today) for purchase in bought for cover in purchase.covers]
    assert figures.covers == CoverCounts(
        states.count(CoverStatus.ACTIVE),
        states.count(CoverStatus.EXPIRING),
        states.count(CoverStatus.EXPIRED),
        states.count(CoverStatus.VOIDED),
    )


def stored(ledger: Ledger, number: int) -> list[Purchase]:
    return ledger.read(lambda reader: list(reading.get_many(reader, range(1, number + 1))))


@settings(max_examples=min(settings.default.max_examples, 400))
@given(batch=batches(), days=st.tuples(near, near).map(sorted) | st.none())
def test_every_figure_equals_a_recount(
    tmp_path_factory: pytest.TempPathFactory, batch: list[Purchase], days: list[date] | None
) -> None:
    with new_ledger(tmp_path_factory.mktemp("spending") / "ledger") as ledger:
        ledger.run(add_all([batch]))
        first, last = days or (date(2025, 11, 1), date(2026, 2, 28))
        figures = summary(ledger, first, last)
        bought = [
            purchase for purchase in stored(ledger, len(batch)) if first <= purchase.purchased_on <= last
        ]
        assert figures.count == len(bought)
        check_currencies(figures, bought)
        check_groups(figures, bought)
        check_products(figures, bought)
        check_months(figures, bought)
        check_covers(figures, bought, ledger.today())
