"""What the line below the table of debts says: what is owed in each currency, and what that asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.debts import Debt, DebtFilter
from app.domain.money import Money
from app.services import debts
from app.services.ledger import Ledger
from app.ui import formats
from app.ui.debts.figures import minimums
from app.ui.i18n import tr


@dataclass(frozen=True, slots=True)
class Owed:
    """What debts of one currency come to, in minor units; `limited` is what is owed on those with a limit."""

    currency: str
    count: int
    balance: int
    minimums: int
    limited: int
    limit: int


def owed_by(ledger: Ledger, wanted: DebtFilter, chosen: Sequence[int] | None) -> list[Owed]:
    """Return what debts come to, one figure a currency: those chosen, or all that a filter lets through."""
    found = debts.all_debts(ledger, wanted) if chosen is None else debts.rows(ledger, chosen)
    return add_up(found, ledger.today())


def add_up(found: Sequence[Debt], today: date) -> list[Owed]:
    """Add debts up by their currencies, the most frequent first."""
    by_currency: dict[str, list[Debt]] = {}
    for debt in found:
        by_currency.setdefault(debt.currency, []).append(debt)
    owed = [_sum(currency, group, today) for currency, group in by_currency.items()]
    return sorted(owed, key=lambda total: (-total.count, total.currency))


def _sum(currency: str, group: Sequence[Debt], today: date) -> Owed:
    limited = [debt for debt in group if debt.credit_limit]
    return Owed(
        currency,
        len(group),
        sum(debt.balance for debt in group),
        sum(minimums([debt for debt in group if debt.balance > 0], today)),
        sum(debt.balance for debt in limited),
        sum(debt.credit_limit or 0 for debt in limited),
    )


def figures(totals: Sequence[Owed], *, of_selection: bool) -> tuple[str, str]:
    """Return the label and the amounts of the footer; several currencies stand side by side."""
    if not totals:
        return "", ""
    asked = " + ".join(
        formats.money(Money(total.minimums, total.currency)) for total in totals if total.minimums
    )
    parts = [tr("Minimums {amounts} a month").format(amounts=asked)] if asked else []
    used = "/".join(share for total in totals if (share := used_text(total)))
    if used:
        parts.append(tr("{share} of limits used").format(share=used))
    parts.append(tr("Selected") if of_selection else tr("Owed"))
    amounts = "   ".join(formats.money(Money(total.balance, total.currency)) for total in totals)
    return "  ·  ".join(parts), amounts


def used_text(total: Owed) -> str:
    """Return which share of the credit limits is used, "" without one."""
    return formats.share(Decimal(total.limited) / total.limit) if total.limit else ""
