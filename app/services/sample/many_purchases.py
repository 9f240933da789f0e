"""Purchases by the hundred thousand, with the spread of shops, prices and dates that a long life would give."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, islice
from typing import TypeVar

from app.domain.purchases import Purchase, PurchaseStatus, Refund
from app.domain.warranties import LIFETIME, Cover, Duration, cover_for
from app.services.changes import Write
from app.services.jobs import JobContext
from app.services.sample.catalogue import Item, catalogue
from app.storage.purchases import writing

YEARS = 15
_BATCH = 2_000
_ON_THE_WAY = timedelta(days=6)
_LASTING = (Duration(months=12), Duration(2), Duration(2), Duration(3), Duration(5), Duration(10))
_MINOR_UNITS_A_DOLLAR = {"USD": 100, "EUR": 92, "GBP": 79, "JPY": 150}
"""Near enough for a sample."""
_SHARES = (930, 40, 20, 10)
T = TypeVar("T")


def plant_many_purchases(write: Write, number: int, seed: int, today: date, job: JobContext) -> None:
    """Add purchases that lie before a day. Raises `Cancelled` when the job was."""
    purchases = many_purchases(number, seed, today)
    for done in range(0, number, _BATCH):
        job.progress(done, number, "Adding purchases")
        writing.insert(write, list(islice(purchases, _BATCH)))
    job.progress(number, number, "Building the search index")


def many_purchases(number: int, seed: int, today: date) -> Iterator[Purchase]:
    """Give purchases that lie before a day, the oldest first; the same ones for a seed and a day."""
    source = random.Random(seed)  # noqa: S311 - a sample is nobody's secret
    # More and more over the years, as with most people.
    ages = sorted((int(YEARS * 365 * source.random() ** 1.4) for _ in range(number)), reverse=True)
    items = _ranked(source, catalogue().items, number)
    retailers = _ranked(source, catalogue().retailers, number)
    brands = _ranked(source, catalogue().brands, number)
    currencies = source.choices(list(_MINOR_UNITS_A_DOLLAR), _SHARES, k=number)
    for age, item, retailer, brand, currency in zip(ages, items, retailers, brands, currencies, strict=True):
        yield _purchase(source, today - timedelta(days=age), today, item, retailer, brand, currency)


def _ranked(source: random.Random, choices: Sequence[T], number: int) -> list[T]:
    """Choose so that the first is the most frequent, and each further one rarer (Zipf's law)."""
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(choices))))
    return source.choices(choices, cum_weights=weights, k=number)


def _purchase(
    source: random.Random, bought: date, today: date, item: Item, retailer: str, brand: str, currency: str
) -> Purchase:
    known = catalogue()
    quantity = 1 if source.random() < 0.8 else source.randint(2, 12)
    unit_price = max(1, _MINOR_UNITS_A_DOLLAR[currency] * source.randint(item.lowest, item.highest) // 100)
    tax = unit_price * quantity * 8 // 100
    in_parts = source.random() < 0.3
    returned = source.random() < 0.03
    ordered = source.random() < 0.7
    recorded_at = datetime.combine(bought, time(source.randint(7, 21), source.randint(0, 59)), UTC)
    return Purchase(
        name=f"{source.choice(known.kinds)} {item.name}",
        price=unit_price * quantity + tax,
        currency=currency,
        purchased_on=bought,
        quantity=quantity,
        unit_price=unit_price if in_parts else None,
        tax=tax if in_parts else None,
        retailer=retailer,
        brand=brand if item.branded else "",
        category=item.category,
        tags=tuple(source.sample(known.tags, source.randint(1, 2))) if source.random() < 0.3 else (),
        status=_status(bought, today, returned=returned),
        return_by=bought + timedelta(days=30) if source.random() < 0.2 else None,
        order_number=f"{retailer[:2].upper()}-{source.randint(0, 9_999_999):07}" if ordered else "",
        serial_number=f"{brand[:3].upper()}{source.randint(0, 99_999_999):08}" if item.branded else "",
        paid_with=source.choice(known.ways_to_pay),
        kept_at=source.choice(known.places),
        notes=source.choice(known.notes) if source.random() < 0.12 else "",
        covers=tuple(_covers(source, bought, retailer, brand)) if item.branded else (),
        refunds=tuple(
            _refunds(source, bought, today, unit_price * quantity + tax, quantity, returned=returned)
        ),
        created_at=recorded_at,
        updated_at=recorded_at,
    )


def _status(bought: date, today: date, *, returned: bool) -> PurchaseStatus:
    if returned:
        return PurchaseStatus.RETURNED
    return PurchaseStatus.ORDERED if today - bought < _ON_THE_WAY else PurchaseStatus.RECEIVED


def _covers(source: random.Random, bought: date, retailer: str, brand: str) -> Iterator[Cover]:
    chance = source.random()
    if chance < 0.02:
        yield Cover(bought, None, kind=LIFETIME, provider=brand)
    elif chance < 0.75:
        made = cover_for(bought, source.choice(_LASTING))
        yield Cover(bought, made.ends_on, made.duration, provider=brand, voided=chance < 0.05)
    if 0.05 <= chance < 0.12:
        made = cover_for(bought, Duration(5))
        policy_number = f"P-{source.randint(0, 999_999):06}"
        yield Cover(bought, made.ends_on, made.duration, "EXTENDED", f"{retailer} Care", policy_number)


def _refunds(
    source: random.Random, bought: date, today: date, price: int, quantity: int, *, returned: bool
) -> Iterator[Refund]:
    day = min(today, bought + timedelta(days=source.randint(1, 30)))
    if returned:
        yield Refund(day, price, quantity)
    elif quantity > 1 and source.random() < 0.03:
        yield Refund(day, price // quantity, 1)
