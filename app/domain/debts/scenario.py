"""A scenario: a plan that the user keeps, with the debts as they stood when it was made."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from app.domain.debts.minimum import Minimum
from app.domain.debts.plan import USUAL, Conventions, OneOff, Pause, PlanDebt
from app.domain.months import Month


@dataclass(frozen=True, slots=True)
class NewRate:
    """What if a debt's annual rate were another one, in per cent."""

    debt: str
    apr: Decimal


@dataclass(frozen=True, slots=True)
class Consolidation:
    """What if one new loan paid some debts off; its fee, in minor units, is added to what it lends."""

    debts: tuple[str, ...]
    name: str
    apr: Decimal
    fee: int
    minimum: Minimum


@dataclass(frozen=True, slots=True)
class Transfer:
    """What if a debt, or `amount` minor units of it, moved to a card with a promotional rate.

    `fee` is in minor units and is added to what moves; `apr` is what the card takes after `promo_months`.
    """

    debt: str
    name: str
    apr: Decimal
    promo_apr: Decimal
    promo_months: int
    fee: int
    minimum: Minimum
    amount: int | None = None


WhatIf = NewRate | Consolidation | Transfer


@dataclass(frozen=True, slots=True)
class Scenario:
    """A saved plan. Money is in minor units of `currency`.

    `debts` is the snapshot: it never changes after the scenario was saved. A newer version of the same scenario
    has the same `series` and a higher `version`. `custom` is the user's own order, by the identities of debts.
    `in_use_since` is set on the one scenario of a currency that the user follows.
    """

    name: str
    currency: str
    strategy: str
    start: Month
    debts: tuple[PlanDebt, ...]
    extra: int = 0
    budget: int | None = None
    one_offs: tuple[OneOff, ...] = ()
    pauses: tuple[Pause, ...] = ()
    what_ifs: tuple[WhatIf, ...] = ()
    conventions: Conventions = USUAL
    custom: tuple[str, ...] = ()
    in_use_since: date | None = None
    series: UUID | None = None
    version: int = 1
    uuid: UUID | None = None
    id: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None
