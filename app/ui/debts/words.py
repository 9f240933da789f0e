"""What debts, their rates and their minimum payments are called on the screen, in words and as pills."""

from datetime import date, timedelta

from app.domain.debts import BalanceSource, Debt, DebtKind, FixedMinimum, LedgerMinimum, PercentMinimum
from app.domain.money import Money
from app.domain.months import Month
from app.ui import formats
from app.ui.debts.figures import interest_of, rate_now
from app.ui.i18n import tr, tr_n
from app.ui.tables.cells import PillSpec
from app.ui.widgets.pill import PillKind

_PROMOTION_SOON = timedelta(days=60)


def kind_name(kind: DebtKind) -> str:
    """Return what a kind of debt is called."""
    names = {
        DebtKind.CREDIT_CARD: tr("Credit card"),
        DebtKind.STUDENT: tr("Student loan"),
        DebtKind.CAR: tr("Car loan"),
        DebtKind.MORTGAGE: tr("Mortgage"),
        DebtKind.PERSONAL: tr("Personal loan"),
        DebtKind.MEDICAL: tr("Medical"),
        DebtKind.TAX: tr("Tax"),
        DebtKind.FAMILY: tr("Family"),
        DebtKind.OTHER: tr("Other"),
    }
    return names[kind]


def kind_icon(kind: DebtKind) -> str:
    """Return the drawing of a kind of debt."""
    icons = {
        DebtKind.CREDIT_CARD: "credit-card",
        DebtKind.STUDENT: "graduation-cap",
        DebtKind.CAR: "car",
        DebtKind.MORTGAGE: "house",
        DebtKind.PERSONAL: "hand-coins",
        DebtKind.MEDICAL: "heart-pulse",
        DebtKind.TAX: "scroll-text",
        DebtKind.FAMILY: "users",
        DebtKind.OTHER: "landmark",
    }
    return icons[kind]


def source_name(source: BalanceSource) -> str:
    """Return how a balance came to be known, in a word or two."""
    names = {
        BalanceSource.OPENING: tr("Opening balance"),
        BalanceSource.PAYMENT: tr("Payment"),
        BalanceSource.STATEMENT: tr("Statement"),
        BalanceSource.ADJUSTMENT: tr("Adjustment"),
    }
    return names[source]


def amount(minor: int, debt: Debt) -> str:
    """Return an amount of a debt with its currency."""
    return formats.money(Money(minor, debt.currency))


def has_promotion(debt: Debt, today: date) -> bool:
    """Tell whether the promotional rate of a debt is in force."""
    return debt.promo_apr is not None and debt.promo_ends_on is not None and today <= debt.promo_ends_on


def rate_text(debt: Debt, today: date) -> str:
    """Return the rate of today: "24.90%", or "0% until Mar 2027" while it is a promotional one."""
    if debt.promo_apr is None or debt.promo_ends_on is None or today > debt.promo_ends_on:
        return formats.rate(debt.apr)
    words = tr("{rate} until {month}")
    return words.format(rate=formats.rate(debt.promo_apr, least=0), month=formats.month(debt.promo_ends_on))


def promotion_text(debt: Debt, today: date) -> str:
    """Return the promotional rate of a debt in full, with its last day; "" where it has none."""
    if debt.promo_apr is None or debt.promo_ends_on is None:
        return ""
    words = tr("{rate} until {date}") if today <= debt.promo_ends_on else tr("{rate}, ended on {date}")
    return words.format(rate=formats.rate(debt.promo_apr, least=0), date=formats.date(debt.promo_ends_on))


def minimum_text(rule: LedgerMinimum, currency: str) -> str:
    """Return the rule of a minimum payment in words."""
    if isinstance(rule, FixedMinimum):
        if not rule.amount:
            return tr("nothing is asked for")
        return tr("{amount} a month").format(amount=formats.money(Money(rule.amount, currency)))
    if isinstance(rule, PercentMinimum):
        part = (
            tr("interest and {share} of the balance") if rule.plus_interest else tr("{share} of the balance")
        )
        text = part.format(share=formats.rate(rule.percent, least=0))
        if rule.floor:
            floor = formats.money(Money(rule.floor, currency))
            text = tr("{rule}, at least {floor}").format(rule=text, floor=floor)
        return text
    last = formats.month(rule.last_instalment)
    return tr("level instalments until {month}").format(month=last)


def payoff_cell(debt: Debt, month: Month | None, *, known: bool) -> PillSpec | str | None:
    """Return what the list says of a debt's end: paid off, a month, never, or nothing while it is worked out."""
    if debt.paid_off_on is not None:
        return paid_off_pill()
    if not known:
        return None
    if month is None:
        return PillSpec(PillKind.BAD, tr("Never"), "triangle-alert")
    return formats.month(month.first_day)


def paid_off_pill() -> PillSpec:
    """Return the pill of a debt that is paid off."""
    return PillSpec(PillKind.OK, tr("Paid off"), "circle-check")


def pills(debt: Debt, today: date, minimum: int) -> list[PillSpec]:
    """Return what stands out about a debt: paid off, a promotional rate, too high a balance or too low a minimum."""
    found = []
    if debt.paid_off_on is not None:
        found.append(paid_off_pill())
    if has_promotion(debt, today) and debt.promo_ends_on is not None and debt.paid_off_on is None:
        soon = debt.promo_ends_on - today <= _PROMOTION_SOON
        text = tr("Promotion ends {date}").format(date=formats.date(debt.promo_ends_on))
        found.append(PillSpec(PillKind.WARN if soon else PillKind.NEUTRAL, text, "clock"))
    if debt.credit_limit is not None and debt.balance > debt.credit_limit:
        found.append(PillSpec(PillKind.BAD, tr("Over the limit"), "triangle-alert"))
    if minimum < interest_of(debt.balance, rate_now(debt, today)):
        found.append(PillSpec(PillKind.WARN, tr("Minimum below the interest"), "trending-up"))
    return found


def counted(number: int) -> str:
    """Return "4 debts"."""
    return tr_n("{n} debt", "{n} debts", number)
