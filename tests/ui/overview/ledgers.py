"""What the ledgers of these tests hold; today is 20 November 2026."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from app.domain.debts import Debt, DebtKind, FixedMinimum
from app.domain.purchases import Purchase
from app.domain.warranties import Cover
from app.ui.overview.page import OverviewPage
from tests.helpers.ledgers import bought


class MakePage(Protocol):
    """Puts records into the ledger and shows the page with all its cards."""

    def __call__(
        self, bought: Sequence[Purchase] = ..., owed: Sequence[Debt] = ..., width: int = ...
    ) -> OverviewPage: ...


BOUGHT = (
    bought("Desk", 600_00, "USD", purchased_on=date(2026, 10, 3), retailer="Halden", category="Furniture"),
    bought("Lamp", 100_00, "USD", purchased_on=date(2026, 10, 25), retailer="Halden", category="Household"),
    bought(
        "Kettle",
        40_00,
        "USD",
        purchased_on=date(2026, 11, 18),
        retailer="Corner",
        category="Household",
        return_by=date(2026, 12, 2),
        covers=(
            Cover(date(2026, 11, 18), date(2026, 12, 4)),
            Cover(date(2026, 10, 1), None, kind="LIFETIME"),
        ),
    ),
    bought("Sofa", 900_00, "USD", purchased_on=date(2025, 12, 30), retailer="Corner"),
)

OWED = (
    Debt(
        name="Visa",
        kind=DebtKind.CREDIT_CARD,
        currency="USD",
        opening_balance=2000_00,
        opened_on=date(2026, 3, 2),
        apr=Decimal("24.9"),
        minimum=FixedMinimum(60_00),
        due_day=5,
    ),
    Debt(
        name="Car",
        kind=DebtKind.CAR,
        currency="USD",
        opening_balance=3000_00,
        opened_on=date(2026, 3, 2),
        apr=Decimal("4.5"),
        minimum=FixedMinimum(120_00),
    ),
)
