"""Purchases of two years in two currencies, and how a page that shows them is made."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from app.domain.purchases import Purchase, Refund
from app.domain.warranties import Cover
from app.ui.spending.page import SpendingPage
from tests.helpers.ledgers import bought


class MakePage(Protocol):
    """Puts purchases into the ledger and shows the page."""

    def __call__(self, records: Sequence[Purchase] = ..., width: int = ...) -> SpendingPage: ...


BOUGHT = (
    bought("Desk", 60000, "USD", purchased_on=date(2026, 10, 3), retailer="Halden", brand="Sit"),
    bought(
        "Lamp",
        10000,
        "USD",
        purchased_on=date(2026, 10, 20),
        retailer="Halden",
        refunds=(Refund(date(2026, 11, 2), 2500),),
    ),
    bought(
        "Kettle",
        4000,
        "USD",
        purchased_on=date(2026, 11, 18),
        retailer="Corner",
        covers=(
            Cover(date(2026, 11, 18), date(2026, 12, 4)),
            Cover(date(2026, 11, 18), None, kind="LIFETIME"),
        ),
    ),
    bought("Chair", 30000, "USD", purchased_on=date(2025, 10, 9), retailer="Halden"),
    bought("Sofa", 90000, "USD", purchased_on=date(2025, 11, 30), retailer="Corner"),
    bought("Tea", 1500, "EUR", purchased_on=date(2026, 10, 9), retailer="Otto"),
)
