"""Spending figures against a plain recount."""

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import pytest

from app.domain.problems import Refused
from app.domain.profile import Profile
from app.domain.purchases import Purchase, PurchaseFilter, Refund, SortBy
from app.domain.text import fold
from app.domain.warranties import CoverStatus, cover_status
from app.services import purchases
from app.services.ledger import Ledger, create_ledger, open_ledger
from app.services.sample import make_sample
from app.services.spending import summary


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spending") / "ledger"
    make_sample(path)
    return path


def everything(ledger: Ledger) -> list[Purchase]:
    found = [purchases.get(ledger, id) for id in purchases.ids(ledger, PurchaseFilter(), SortBy())]
    return [purchase for purchase in found if purchase is not None]


@pytest.mark.parametrize("days", [None, 200, 30])
def test_every_figure_equals_a_recount(sample: Path, days: int | None) -> None:
    ledger = open_ledger(sample, read_only=True)
    try:
        first = None if days is None else ledger.today() - timedelta(days=days)
        last = None if days is None else ledger.today() - timedelta(days=10)
        figures = summary(ledger, first, last)
        bought = [
            purchase
            for purchase in everything(ledger)
            if (first is None or purchase.purchased_on >= first)
            and (last is None or purchase.purchased_on <= last)
        ]
        today = ledger.today()
    finally:
        ledger.close()
    by_currency: dict[str, list[Purchase]] = defaultdict(list)
    for purchase in bought:
        by_currency[purchase.currency].append(purchase)
    assert figures.count == len(bought)
    assert {found.currency for found in figures.currencies} == set(by_currency)
    for found in figures.currencies:
        nets = [purchase.net for purchase in by_currency[found.currency]]
        assert found.net == sum(nets)
        assert found.gross == sum(purchase.price for purchase in by_currency[found.currency])
        assert abs(found.average - sum(nets) / len(nets)) <= 0.5
        assert abs(found.median - median(nets)) <= 0.5
        assert found.largest == max(nets)
    for groups, key in (
        (figures.by_retailer, "retailer"),
        (figures.by_brand, "brand"),
        (figures.by_category, "category"),
    ):
        recount: dict[tuple[str, str], list[int]] = defaultdict(list)
        for purchase in bought:
            recount[(getattr(purchase, key), purchase.currency)].append(purchase.net)
        assert {(group.name, group.total.currency): (group.count, group.total.minor) for group in groups} == {
            named: (len(nets), sum(nets)) for named, nets in recount.items()
        }
        for currency in by_currency:
            shares = sum(group.share for group in groups if group.total.currency == currency)
            assert abs(float(shares) - 100) < 0.01 * len(groups)
    products: dict[tuple[str, str], int] = defaultdict(int)
    for purchase in bought:
        products[(fold(purchase.name), purchase.currency)] += purchase.net
    main = figures.currencies[0].currency
    top = [product.total.minor for product in figures.top_products if product.total.currency == main]
    assert (
        top == sorted((net for (_, currency), net in products.items() if currency == main), reverse=True)[:10]
    )
    statuses = [cover_status(cover, today) for purchase in bought for cover in purchase.covers]
    assert figures.covers.active == statuses.count(CoverStatus.ACTIVE)
    assert figures.covers.expiring == statuses.count(CoverStatus.EXPIRING)
    assert figures.covers.expired == statuses.count(CoverStatus.EXPIRED)
    assert figures.covers.voided == statuses.count(CoverStatus.VOIDED)


def test_months_without_a_purchase_are_there(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    create_ledger(path, Profile(currency="EUR"))
    ledger = open_ledger(path)
    try:
        ledger.run(
            purchases.add(
                Purchase("Lamp", 1000, "EUR", date(2026, 1, 31), refunds=(Refund(date(2026, 3, 1), 400),))
            )
        )
        ledger.run(purchases.add(Purchase("Tea", 300, "JPY", date(2026, 3, 2))))
        months = summary(ledger, date(2025, 12, 1), date(2026, 3, 31)).by_month
    finally:
        ledger.close()
    assert [
        (f"{month.month:%Y-%m}", month.count, [str(total) for total in month.totals]) for month in months
    ] == [
        ("2025-12", 0, []),
        # A refund counts in the month of its purchase.
        ("2026-01", 1, ["6.00 EUR"]),
        ("2026-02", 0, []),
        ("2026-03", 1, ["300 JPY"]),
    ]


def test_without_a_period_the_months_are_the_last_twelve(sample: Path) -> None:
    ledger = open_ledger(sample, read_only=True)
    try:
        months = summary(ledger).by_month
        today = ledger.today()
    finally:
        ledger.close()
    assert len(months) == 12
    assert months[-1].month == today.replace(day=1)


def test_a_period_turned_around_is_refused(sample: Path) -> None:
    ledger = open_ledger(sample, read_only=True)
    try:
        with pytest.raises(Refused, match="turn the two around"):
            summary(ledger, date(2026, 2, 1), date(2026, 1, 1))
    finally:
        ledger.close()
