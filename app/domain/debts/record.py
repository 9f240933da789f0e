"""A debt as the ledger keeps it: what is owed to whom, at what rate, and what was paid so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.domain.dates import EARLIEST, LATEST, is_plausible
from app.domain.debts.minimum import NOTHING_DUE, FixedMinimum, PercentMinimum
from app.domain.money import CURRENCIES, MAX_MINOR, plain
from app.domain.problems import Problem
from app.domain.text import NAME_LIMIT, NOTE_LIMIT

MAX_APR = Decimal(1000)
"""The highest annual rate that is accepted, in per cent."""
RATE_DECIMALS = 3
MAX_TERM_MONTHS = 1200
MAX_RANK = 9999


class DebtKind(StrEnum):
    """What sort of debt it is."""

    CREDIT_CARD = "CREDIT_CARD"
    STUDENT = "STUDENT"
    CAR = "CAR"
    MORTGAGE = "MORTGAGE"
    PERSONAL = "PERSONAL"
    MEDICAL = "MEDICAL"
    TAX = "TAX"
    FAMILY = "FAMILY"
    OTHER = "OTHER"


class BalanceSource(StrEnum):
    """How a balance came to be known."""

    OPENING = "OPENING"
    PAYMENT = "PAYMENT"
    STATEMENT = "STATEMENT"
    ADJUSTMENT = "ADJUSTMENT"


@dataclass(frozen=True, slots=True)
class TermEnd:
    """The minimum of a fixed-term debt as the ledger keeps it: the level instalment until a last one on this day.

    A plan turns it into a `TermMinimum` of the months that are left when the plan starts.
    """

    last_instalment: date


LedgerMinimum = FixedMinimum | PercentMinimum | TermEnd


@dataclass(frozen=True, slots=True)
class Debt:
    """One debt. Money is in minor units of `currency`, rates are per cent a year with at most 3 decimals.

    `balance`, `balance_on` and `paid_off_on` follow from the balance entries and are not set by the user;
    a debt not yet saved has `id` 0.
    """

    name: str
    currency: str
    opening_balance: int
    opened_on: date
    apr: Decimal = Decimal(0)
    minimum: LedgerMinimum = NOTHING_DUE
    kind: DebtKind = DebtKind.OTHER
    creditor: str = ""
    promo_apr: Decimal | None = None
    promo_ends_on: date | None = None
    due_day: int | None = None
    credit_limit: int | None = None
    rank: int | None = None
    notes: str = ""
    balance: int = 0
    balance_on: date | None = None
    paid_off_on: date | None = None
    uuid: UUID | None = None
    id: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def paid(self) -> int:
        """How much less is owed than at first, in minor units; negative when it grew."""
        return self.opening_balance - self.balance

    @property
    def progress(self) -> Decimal:
        """The share of the opening balance that is paid, from 0 to 1."""
        if self.opening_balance <= 0:
            return Decimal(int(self.balance == 0))
        return min(max(Decimal(self.paid) / self.opening_balance, Decimal(0)), Decimal(1))

    @property
    def utilisation(self) -> Decimal | None:
        """The share of the credit limit that is used, None without a limit. Above 1 it is overdrawn."""
        return Decimal(self.balance) / self.credit_limit if self.credit_limit else None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money paid towards a debt, in minor units of the debt's currency."""

    debt_id: int
    paid_on: date
    amount: int
    note: str = ""
    uuid: UUID | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class BalanceEntry:
    """What was owed at the end of a day, in minor units of the debt's currency, and how that is known."""

    debt_id: int
    recorded_on: date
    balance: int
    source: BalanceSource
    payment_id: int | None = None
    uuid: UUID | None = None
    id: int = 0


def check(debt: Debt) -> list[Problem]:
    """Return what keeps a debt from being saved, one problem a field at most; empty when nothing does."""
    found: dict[str, Problem] = {}
    for problem in _problems(debt):
        found.setdefault(problem.field, problem)
    return list(found.values())


def _problems(debt: Debt) -> Iterator[Problem]:
    if not debt.name.strip():
        yield Problem("name", "Enter a name for the debt.")
    for field_name in ("name", "creditor"):
        if len(getattr(debt, field_name)) > NAME_LIMIT:
            yield Problem(field_name, f"The {field_name} is too long; use at most {NAME_LIMIT} characters.")
    if len(debt.notes) > NOTE_LIMIT:
        yield Problem("notes", f"The notes are too long; use at most {NOTE_LIMIT:,} characters.")
    if debt.currency not in CURRENCIES:
        yield Problem("currency", "Use a currency code such as EUR or USD.", debt.currency)
        return
    yield from amount_problems("opening_balance", debt.opening_balance, debt.currency)
    yield from amount_problems("credit_limit", debt.credit_limit, debt.currency)
    yield from date_problems("opened_on", debt.opened_on)
    yield from _rate_problems("apr", debt.apr)
    yield from _promotion_problems(debt)
    yield from _minimum_problems(debt)
    if debt.due_day is not None and not 1 <= debt.due_day <= 31:
        yield Problem("due_day", "Enter a day of the month from 1 to 31.", str(debt.due_day))
    if debt.rank is not None and not 1 <= debt.rank <= MAX_RANK:
        yield Problem("rank", f"Enter a rank from 1 to {MAX_RANK}.", str(debt.rank))


def amount_problems(field_name: str, amount: int | None, currency: str) -> Iterator[Problem]:
    """Give what is wrong with an amount that must be 0 or more."""
    if amount is None:
        return
    if amount < 0:
        yield Problem(field_name, "Enter an amount of 0 or more.", str(amount))
    if amount > MAX_MINOR:
        largest = f"{plain(MAX_MINOR, currency)} {currency}"
        yield Problem(field_name, f"This amount is too large; the limit is {largest}.", str(amount))


def date_problems(field_name: str, day: date | None) -> Iterator[Problem]:
    """Give what is wrong with a date."""
    if day is not None and not is_plausible(day):
        yield Problem(field_name, f"Enter a date between {EARLIEST.year} and {LATEST.year}.", day.isoformat())


def _rate_problems(field_name: str, rate: Decimal) -> Iterator[Problem]:
    if not rate.is_finite() or not 0 <= rate <= MAX_APR:
        yield Problem(field_name, f"Enter a rate from 0 to {MAX_APR} per cent a year.", str(rate)[:40])
    elif rate != round(rate, RATE_DECIMALS):
        yield Problem(field_name, f"Enter a rate with at most {RATE_DECIMALS} decimals.", str(rate)[:40])


def _promotion_problems(debt: Debt) -> Iterator[Problem]:
    if debt.promo_apr is not None:
        yield from _rate_problems("promo_apr", debt.promo_apr)
    if debt.promo_apr is not None and debt.promo_ends_on is None:
        yield Problem("promo_ends_on", "Enter the day on which the promotional rate ends.")
    if debt.promo_apr is None and debt.promo_ends_on is not None:
        yield Problem("promo_apr", "Enter the promotional rate, or take its end date away.")
    yield from date_problems("promo_ends_on", debt.promo_ends_on)


def _minimum_problems(debt: Debt) -> Iterator[Problem]:
    rule = debt.minimum
    if isinstance(rule, FixedMinimum):
        yield from amount_problems("minimum", rule.amount, debt.currency)
    elif isinstance(rule, PercentMinimum):
        yield from amount_problems("minimum", rule.floor, debt.currency)
        if not rule.percent.is_finite() or not 0 <= rule.percent <= 100:
            yield Problem("minimum", "Enter a share from 0 to 100 per cent.", str(rule.percent)[:40])
        elif rule.percent != round(rule.percent, RATE_DECIMALS):
            yield Problem("minimum", f"Enter a share with at most {RATE_DECIMALS} decimals.")
    else:
        yield from date_problems("minimum", rule.last_instalment)
        if rule.last_instalment < debt.opened_on:
            yield Problem("minimum", "The last instalment lies before the debt began; enter a later day.")


def check_payment(payment: Payment, currency: str) -> list[Problem]:
    """Return what keeps a payment from being saved."""
    found = [*amount_problems("amount", payment.amount, currency), *date_problems("paid_on", payment.paid_on)]
    if payment.amount == 0:
        found.append(Problem("amount", "Enter what was paid, an amount of more than 0."))
    if len(payment.note) > NAME_LIMIT:
        found.append(Problem("note", f"The note is too long; use at most {NAME_LIMIT} characters."))
    return found


def check_balance(entry: BalanceEntry, currency: str) -> list[Problem]:
    """Return what keeps a balance entry from being saved."""
    return [
        *amount_problems("balance", entry.balance, currency),
        *date_problems("recorded_on", entry.recorded_on),
    ]
