"""What states, warranties and filters are called."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.purchases import PurchaseFilter, PurchaseStatus
from app.domain.warranties import Cover, CoverStatus, Duration
from app.services import names
from app.services.ledger import Ledger
from app.services.names import NameKind
from app.ui.purchases.detail.warranty_bar import WarrantyBar, title_of
from app.ui.purchases.filters.chips import chips_of, without
from app.ui.purchases.filters.ranges import presets
from app.ui.purchases.lists import NameBook
from app.ui.purchases.words import (
    category_icon,
    cover_kind_of,
    cover_pill,
    duration_text,
    warranty_pill,
)
from app.ui.records.ranges import months_back
from app.ui.theme import lucide
from app.ui.theme.theme import Theme
from app.ui.widgets.pill import PillKind
from tests.ui.purchases.conftest import TODAY


@pytest.mark.parametrize(
    ("days", "kind", "text"),
    [
        (-1, PillKind.BAD, "Ended Nov 2026"),
        (-400, PillKind.BAD, "Ended Oct 2025"),
        (0, PillKind.BAD, "Ends today"),
        (7, PillKind.BAD, "7 days left"),
        (8, PillKind.WARN, "8 days left"),
        (30, PillKind.WARN, "30 days left"),
        (31, PillKind.NEUTRAL, "31 days left"),
        (90, PillKind.NEUTRAL, "90 days left"),
        (91, PillKind.OK, "3 months left"),
        (823, PillKind.OK, "27 months left"),
    ],
)
def test_the_pill_of_a_warranty(look: Theme, days: int, kind: PillKind, text: str) -> None:
    pill = warranty_pill(TODAY + timedelta(days=days), has_covers=True, today=TODAY)
    assert pill is not None
    assert (pill.kind, pill.text) == (kind, text)
    assert lucide.svg(pill.icon)


def test_a_lifetime_a_voided_warranty_and_none(look: Theme) -> None:
    lifetime = warranty_pill(date.max, has_covers=True, today=TODAY)
    voided = warranty_pill(None, has_covers=True, today=TODAY)
    assert lifetime is not None
    assert voided is not None
    assert (lifetime.kind, lifetime.text) == (PillKind.OK, "Lifetime")
    assert (voided.kind, voided.text) == (PillKind.NEUTRAL, "Voided")
    assert warranty_pill(None, has_covers=False, today=TODAY) is None
    assert cover_pill(Cover(TODAY, voided=True), TODAY).text == "Voided"


def test_every_category_has_a_drawing() -> None:
    for category in ("Electronics", "groceries", "Something of my own", ""):
        assert lucide.svg(category_icon(category))


def test_kinds_of_warranty(look: Theme) -> None:
    assert cover_kind_of("accidental damage") == "ACCIDENTAL"
    assert cover_kind_of("limited") == "LIMITED"
    assert cover_kind_of(" Upholstery ") == "Upholstery"
    assert title_of(Cover(TODAY)) == "Warranty"
    assert title_of(Cover(TODAY, kind="Upholstery")) == "Warranty, upholstery"
    assert duration_text(Duration(2, 6, 1)) == "2 years 6 months 1 day"


def test_the_bar_of_a_warranty(look: Theme) -> None:
    half = WarrantyBar(Cover(TODAY - timedelta(100), TODAY + timedelta(100)), TODAY)
    assert (half.elapsed, half.has_today) == (0.5, True)
    ended = WarrantyBar(Cover(date(2020, 1, 1), date(2021, 1, 1)), TODAY)
    assert (ended.elapsed, ended.has_today) == (1.0, False)
    ahead = WarrantyBar(Cover(date(2030, 1, 1), date(2031, 1, 1)), TODAY)
    assert (ahead.elapsed, ahead.has_today) == (0.0, False)
    assert WarrantyBar(Cover(TODAY, TODAY), TODAY).has_today


def _said(wanted: PurchaseFilter, book: NameBook) -> list[str]:
    return [f"{chip.label} {chip.value}" for chip in chips_of(wanted, book)]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (PurchaseFilter(text="lamp"), []),
        (PurchaseFilter(statuses=frozenset({PurchaseStatus.ORDERED})), ["Status is Ordered"]),
        (
            PurchaseFilter(statuses=frozenset({PurchaseStatus.RETURNED, PurchaseStatus.ORDERED})),
            ["Status is Ordered or Returned"],
        ),
        (PurchaseFilter(bought_from=date(2025, 1, 1), bought_to=date(2025, 12, 31)), ["Bought in 2025"]),
        (PurchaseFilter(bought_from=date(2024, 2, 1), bought_to=date(2024, 2, 29)), ["Bought in Feb 2024"]),
        (
            PurchaseFilter(bought_from=date(2025, 11, 13), bought_to=date(2025, 11, 19)),
            ["Bought 13–19 Nov 2025"],
        ),
        (PurchaseFilter(bought_from=date(2025, 1, 2)), ["Bought since 2 Jan 2025"]),
        (PurchaseFilter(bought_to=date(2025, 1, 2)), ["Bought until 2 Jan 2025"]),
        (PurchaseFilter(price_from=Decimal(100)), ["Price from 100"]),
        (PurchaseFilter(price_to=Decimal("49.50"), currency="EUR"), ["Price up to €49.50"]),
        (
            PurchaseFilter(price_from=Decimal(5), price_to=Decimal(9), currency="USD"),
            ["Price is $5.00–$9.00"],
        ),
        (PurchaseFilter(currency="CHF"), ["Currency is CHF"]),
        (PurchaseFilter(warranty=frozenset({CoverStatus.EXPIRED})), ["Warranty is Ended"]),
        (PurchaseFilter(expiring_days=1), ["Warranty ends within 1 day"]),
        (PurchaseFilter(categories=frozenset({0})), ["Category is No category"]),
        (PurchaseFilter(tags=frozenset({999_999})), ["Tag is 1 deleted"]),
    ],
)
def test_filters_in_words(book: NameBook, wanted: PurchaseFilter, said: list[str]) -> None:
    assert _said(wanted, book) == said
    for chip in chips_of(wanted, book):
        assert without(wanted, chip.key) == PurchaseFilter()


def test_names_of_a_filter(ledger: Ledger, book: NameBook) -> None:
    ids = [names.find(ledger, NameKind.RETAILER, name) for name in ("Amazon", "Apple", "eBay", "Etsy")]
    wanted = PurchaseFilter(retailers=frozenset(id for id in ids if id is not None))
    assert _said(wanted, book) == ["Retailer is Amazon, Apple or 2 more"]


def test_usual_spans_of_days() -> None:
    spans = dict(presets(date(2026, 3, 31), (date(2024, 5, 1), date(2026, 3, 1))))
    assert spans["This month"] == (date(2026, 3, 1), date(2026, 3, 31))
    assert spans["Last month"] == (date(2026, 2, 1), date(2026, 2, 28))
    assert spans["Last 12 months"] == (date(2025, 4, 1), date(2026, 3, 31))
    assert spans["This year"] == (date(2026, 1, 1), date(2026, 12, 31))
    assert spans["2024"] == (date(2024, 1, 1), date(2024, 12, 31))
    assert "2026" not in spans
    assert months_back(date(2024, 3, 31), 1) == date(2024, 2, 29)
