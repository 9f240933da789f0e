"""Four debts as plain values, one that grows, and how a page of plans is made."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from app.domain.debts import Debt, DebtKind, FixedMinimum
from app.domain.debts.plan import PlanDebt
from app.domain.debts.scenario import Scenario
from app.domain.months import Month
from app.ui.plans.page import PlansPage

MakePage = Callable[..., PlansPage]
START = Month(2026, 12)
OPENED = date(2026, 1, 5)


def debt(name: str, balance: int, apr: str, minimum: int, **values: object) -> Debt:
    return Debt(
        name,
        "USD",
        balance,
        OPENED,
        Decimal(apr),
        FixedMinimum(minimum),
        DebtKind.CREDIT_CARD,
        **values,  # type: ignore[arg-type]
    )


VISA = debt("Visa card", 1124018, "24.9", 33000)
EQUIPMENT = debt("Equipment loan", 386000, "9.75", 16400)
CAR = debt("Car loan", 641855, "6.4", 21200)
STUDENT = debt("Student loan", 976000, "4.53", 14800)
GROWING = debt("Store card", 500000, "29.9", 5000)
FOUR = (VISA, EQUIPMENT, CAR, STUDENT)


def plan_debts(debts: Sequence[Debt] = FOUR) -> tuple[PlanDebt, ...]:
    return tuple(
        PlanDebt(one.name, one.opening_balance, one.apr, one.minimum, key=one.name)  # type: ignore[arg-type]
        for one in debts
    )


def scenario(debts: Sequence[Debt] = FOUR, **values: object) -> Scenario:
    given: dict[str, object] = {"strategy": "avalanche", "extra": 24000} | values
    return Scenario(
        name="Main plan",
        currency="USD",
        start=START,
        debts=plan_debts(debts),
        **given,  # type: ignore[arg-type]
    )
