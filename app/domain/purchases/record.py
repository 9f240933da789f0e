"""A purchase: what was bought, for how much, from whom, and what covers it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.domain.dates import EARLIEST, LATEST, is_plausible
from app.domain.money import CURRENCIES, MAX_MINOR, plain
from app.domain.problems import Problem
from app.domain.text import NAME_LIMIT, NOTE_LIMIT
from app.domain.warranties import Cover, check_cover

MAX_QUANTITY = 1_000_000


class PurchaseStatus(StrEnum):
    """Where a purchase stands."""

    ORDERED = "ORDERED"
    RECEIVED = "RECEIVED"
    RETURNED = "RETURNED"


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that came back: the day, the amount in minor units of the purchase's currency, how many were returned."""

    on: date
    amount: int
    quantity: int = 0
    note: str = ""
    uuid: UUID | None = None


@dataclass(frozen=True, slots=True)
class DebtReference:
    """The debt that something was bought on. Its id counts before its UUID, and that before its name."""

    name: str
    uuid: UUID | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Purchase:
    """One line of shopping. Money is in minor units of `currency`; `price` is what was paid for the line in all.

    The parts are optional; where a unit price is given they make up the price:
    unit price x quantity + tax + shipping - discount. A purchase not yet saved has `id` 0.
    `order_line` numbers equal lines inside one order; `source` names what it was imported from.
    `debt` may be in another currency than the purchase, as when a card is used abroad.
    """

    name: str
    price: int
    currency: str
    purchased_on: date
    quantity: int = 1
    unit_price: int | None = None
    tax: int | None = None
    shipping: int | None = None
    discount: int | None = None
    retailer: str = ""
    brand: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    status: PurchaseStatus = PurchaseStatus.RECEIVED
    return_by: date | None = None
    order_number: str = ""
    order_line: int | None = None
    model_number: str = ""
    serial_number: str = ""
    paid_with: str = ""
    kept_at: str = ""
    notes: str = ""
    covers: tuple[Cover, ...] = ()
    refunds: tuple[Refund, ...] = ()
    debt: DebtReference | None = None
    source: str = ""
    uuid: UUID | None = None
    id: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def refunded(self) -> int:
        """What came back of the price, in minor units."""
        return sum(refund.amount for refund in self.refunds)

    @property
    def net(self) -> int:
        """The price less what came back, in minor units."""
        return self.price - self.refunded

    @property
    def price_from_parts(self) -> int | None:
        """What the parts add up to, in minor units, or None where no unit price is given."""
        if self.unit_price is None:
            return None
        extras = (self.tax or 0) + (self.shipping or 0) - (self.discount or 0)
        return self.unit_price * self.quantity + extras


TEXT_FIELDS = {
    "name": "name",
    "retailer": "retailer",
    "brand": "brand",
    "category": "category",
    "order_number": "order number",
    "model_number": "model number",
    "serial_number": "serial number",
    "paid_with": "way of payment",
    "kept_at": "place",
    "source": "source",
}
"""The fields of one line of text, and what a sentence calls them."""


def check(purchase: Purchase) -> list[Problem]:
    """Return what keeps a purchase from being saved, one problem a field at most; empty when nothing does."""
    found: dict[str, Problem] = {}
    for problem in _problems(purchase):
        found.setdefault(problem.field, problem)
    return list(found.values())


def _problems(purchase: Purchase) -> Iterator[Problem]:
    yield from _text_problems(purchase)
    if purchase.currency not in CURRENCIES:
        yield Problem("currency", "Use a currency code such as EUR or USD.", purchase.currency)
        return
    yield from _money_problems(purchase)
    if not is_plausible(purchase.purchased_on):
        yield Problem("purchased_on", f"Enter a date between {EARLIEST.year} and {LATEST.year}.")
    if purchase.return_by is not None and not is_plausible(purchase.return_by):
        yield Problem("return_by", f"Enter a date between {EARLIEST.year} and {LATEST.year}.")
    for cover in purchase.covers:
        for problem in check_cover(cover):
            yield Problem("covers", problem.reason, problem.value)
    yield from _refund_problems(purchase)


def _text_problems(purchase: Purchase) -> Iterator[Problem]:
    if not purchase.name.strip():
        yield Problem("name", "Enter what was bought.")
    for field, words in TEXT_FIELDS.items():
        value = getattr(purchase, field)
        if len(value) > NAME_LIMIT:
            yield Problem(field, f"The {words} is too long; use at most {NAME_LIMIT} characters.", value[:80])
    for tag in purchase.tags:
        if len(tag) > NAME_LIMIT:
            yield Problem("tags", f"A tag is too long; use at most {NAME_LIMIT} characters.", tag[:80])
    if len(purchase.notes) > NOTE_LIMIT:
        yield Problem(
            "notes", f"The notes are too long; use at most {NOTE_LIMIT:,} characters.", purchase.notes[:80]
        )


def _money_problems(purchase: Purchase) -> Iterator[Problem]:
    if not 1 <= purchase.quantity <= MAX_QUANTITY:
        yield Problem("quantity", f"Enter a quantity from 1 to {MAX_QUANTITY:,}.", str(purchase.quantity))
    for field in ("price", "unit_price", "tax", "shipping", "discount"):
        amount = getattr(purchase, field)
        if amount is None:
            continue
        if amount < 0:
            yield Problem(
                field, "Enter an amount of 0 or more; money that came back is a refund.", str(amount)
            )
        if amount > MAX_MINOR:
            largest = plain(MAX_MINOR, purchase.currency)
            yield Problem(
                field, f"This amount is too large; the limit is {largest} {purchase.currency}.", str(amount)
            )
    parts = purchase.price_from_parts
    if parts is not None and parts != purchase.price:
        total = f"{plain(parts, purchase.currency)} {purchase.currency}"
        yield Problem(
            "price",
            f"The parts add up to {total}; change the price or one of the parts.",
            plain(purchase.price, purchase.currency),
        )


def _refund_problems(purchase: Purchase) -> Iterator[Problem]:
    for refund in purchase.refunds:
        if refund.amount <= 0:
            yield Problem("refunds", "Enter a refund of more than 0.")
        if not is_plausible(refund.on):
            yield Problem("refunds", f"Enter a refund date between {EARLIEST.year} and {LATEST.year}.")
        if refund.quantity < 0:
            yield Problem("refunds", "Enter a returned quantity of 0 or more.")
    if not purchase.refunds:
        return
    if purchase.refunded > purchase.price:
        price = f"{plain(purchase.price, purchase.currency)} {purchase.currency}"
        yield Problem("refunds", f"The refunds are more than the price of {price}; lower one of them.")
    if sum(refund.quantity for refund in purchase.refunds) > purchase.quantity:
        yield Problem("refunds", f"More was returned than the {purchase.quantity} bought; lower a quantity.")
