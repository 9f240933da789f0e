"""How plans, strategies and what-ifs are put into words."""

from collections.abc import Sequence
from decimal import Decimal

from app.domain.debts.engine import BudgetTooLow
from app.domain.debts.plan import Compounding, Conventions, OneOff, Pause, Plan, PlanDebt, Rounding, Timing
from app.domain.debts.scenario import Consolidation, NewRate, Scenario, Transfer
from app.domain.debts.search import BestFound
from app.domain.money import Money, exponent
from app.domain.months import Month
from app.domain.problems import Refused
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.plans.model import Effect, PlanView


def strategy_title(key: str) -> str:
    """Return the name of a strategy."""
    return {
        "best": tr("Best found"),
        "avalanche": tr("Avalanche"),
        "snowball": tr("Snowball"),
        "hybrid": tr("Hybrid"),
        "cash-flow": tr("Cash flow"),
        "utilisation": tr("Utilisation"),
        "highest-payment": tr("Highest payment"),
        "shortest-term": tr("Shortest term"),
        "custom": tr("My order"),
        "minimums": tr("Minimums only"),
    }.get(key, key)


def strategy_words(key: str) -> str:
    """Return in a few words what a strategy does."""
    return {
        "best": tr("Found by a search"),
        "avalanche": tr("Highest rate first"),
        "snowball": tr("Smallest balance first"),
        "hybrid": tr("Small balances, then highest rate"),
        "cash-flow": tr("Balance against minimum"),
        "utilisation": tr("Fullest credit limit first"),
        "highest-payment": tr("Highest minimum first"),
        "shortest-term": tr("Soonest paid off first"),
        "custom": tr("Your own sequence"),
        "minimums": tr("No extra payment"),
    }.get(key, "")


def money(minor: int, currency: str) -> str:
    """Return an amount in full."""
    return formats.money(Money(minor, currency))


def round_money(minor: int, currency: str) -> str:
    """Return an amount without decimals where it has none that matter: "$240", "$240.50"."""
    units, rest = divmod(minor, 10 ** exponent(currency))
    return money(minor, currency) if rest else formats.whole_money(units, currency)


def rate(apr: Decimal) -> str:
    """Return an annual rate in per cent: "24.90%", "4.125%"."""
    return formats.rate(apr)


def month(value: Month) -> str:
    """Return a month: "Mar 2028"."""
    return formats.month(value.first_day)


def month_in_full(value: Month, seen_from: Month) -> str:
    """Return a month's name: "December", with the year where it is not one of the next twelve."""
    from PySide6.QtCore import QDate

    near = 0 <= seen_from.until(value) < 12
    return formats.locale().toString(QDate(value.year, value.month, 1), "MMMM" if near else "MMMM yyyy")


def months(count: int) -> str:
    """Return a number of months: "42 months"."""
    return tr_n("{n} month", "{n} months", count)


def debt_free(plan: Plan) -> str:
    """Return the month in which a plan ends: "Sep 2028", "never"."""
    return tr("never") if plan.debt_free is None else month(plan.debt_free)


def never_ends(plan: Plan, currency: str) -> str:
    """Return which debts a plan does not pay off, and what it would take."""
    parts = []
    for one in plan.never:
        name = plan.input.debts[one.debt].name
        if one.short_by > 0:
            amount = money(one.short_by, currency)
            parts.append(
                tr("“{name}” grows; it takes {amount} a month more.").format(name=name, amount=amount)
            )
        else:
            parts.append(tr("“{name}” is not paid off in 100 years.").format(name=name))
    return tr("Never ends. {why}").format(why=" ".join(parts))


def refusal(error: Refused, currency: str) -> str:
    """Return why there is no such plan."""
    if isinstance(error, BudgetTooLow):
        return tr("The minimum payments come to {amount} a month; enter at least that.").format(
            amount=money(error.needed, currency)
        )
    return str(error)


def best_found(found: BestFound, currency: str) -> str:
    """Return what a search found, and how far it is from avalanche and snowball."""
    tried = tr_n("Best of {n} plan tried", "Best of {n} plans tried", found.tried)
    gaps = [
        _gap(found.over_avalanche, currency, tr("avalanche")),
        _gap(found.over_snowball, currency, tr("snowball")),
    ]
    return f"{tried} · {', '.join(gaps)}"


def _gap(less: int, currency: str, strategy: str) -> str:
    if less == 0:
        return tr("as much interest as {strategy}").format(strategy=strategy)
    words = tr("{amount} less than {strategy}") if less > 0 else tr("{amount} more than {strategy}")
    return words.format(amount=money(abs(less), currency), strategy=strategy)


def best_tried(found: BestFound) -> str:
    """Return how many plans a search tried, for the row of the table."""
    return tr_n("Best of {n} plan tried", "Best of {n} plans tried", found.tried)


def scenario_title(scenario: Scenario, newest: Scenario) -> str:
    """Return the name of a scenario, and which version it is where there is a newer one."""
    if scenario.version >= newest.version:
        return scenario.name
    return tr("{name}, version {number} ({month})").format(
        name=scenario.name, number=formats.count(scenario.version), month=month(scenario.start)
    )


def owed_caption(view: PlanView, this_month: Month) -> str:
    """Return what is owed, what is paid each month and from when on."""
    currency = view.scenario.currency
    return tr("{owed} owed, {each} a month from {month}").format(
        owed=money(view.owed, currency),
        each=money(view.each_month, currency),
        month=month_in_full(view.given.start, this_month),
    )


def schedule_caption(view: PlanView) -> str:
    """Return how many payments the schedule has and where the extra goes first."""
    plan = view.chosen.plan
    title = strategy_title(plan.strategy)
    count = len(view.schedule)
    if plan.months is None:
        text = tr("{strategy}, never ends; the first {years} years").format(
            strategy=title, years=formats.count(count // 12)
        )
    else:
        payments = tr_n("{n} payment", "{n} payments", count)
        text = tr("{strategy}, {payments}").format(strategy=title, payments=payments)
    extra = view.each_month - view.minimums
    first = view.schedule[0].target if view.schedule else None
    if extra > 0 and first is not None:
        goes = tr("the extra {amount} goes to {debt} first").format(
            amount=round_money(extra, view.scenario.currency), debt=view.given.debts[first].name
        )
        text = f"{text} · {goes}"
    return text


def hint(view: PlanView) -> str:
    """Return what a little more each month would change, "" where that cannot be told."""
    plan, better = view.chosen.plan, view.with_more
    if better is None or plan.strategy != better.strategy:
        return ""
    currency = view.scenario.currency
    amount = round_money(view.more, currency)
    if better.debt_free is None:
        return ""
    if plan.months is None:
        return tr("With {amount} more: {month}.").format(amount=amount, month=month(better.debt_free))
    less = plan.total_interest - better.total_interest
    if less > 0:
        return tr("With {amount} more: {month}, and {less} less interest.").format(
            amount=amount, month=month(better.debt_free), less=money(less, currency)
        )
    return tr("With {amount} more: {month}, and no less interest.").format(
        amount=amount, month=month(better.debt_free)
    )


# -- what-ifs


def item_title(item: object, scenario: Scenario) -> str:
    """Return the heading of a what-if's card."""
    if isinstance(item, OneOff):
        return tr("One-off payment in {month}").format(month=month(item.month))
    if isinstance(item, Pause):
        return tr("Pause of {months}").format(months=months(item.months))
    if isinstance(item, NewRate):
        return tr("New rate for {debt}").format(debt=name_of(item.debt, scenario.debts))
    if isinstance(item, Consolidation):
        return tr("Consolidation into {name}").format(name=item.name)
    if isinstance(item, Transfer):
        return tr("Balance transfer to {name}").format(name=item.name)
    return ""


def item_facts(item: object, scenario: Scenario) -> str:
    """Return what a what-if says, in a line."""
    currency = scenario.currency
    if isinstance(item, OneOff):
        amount = money(item.amount, currency)
        if item.debt is None:
            return tr("{amount}, by the plan's order").format(amount=amount)
        return tr("{amount} to {debt}").format(amount=amount, debt=name_of(item.debt, scenario.debts))
    if isinstance(item, Pause):
        return tr("Minimums only from {month}").format(month=month(item.first))
    if isinstance(item, NewRate):
        return tr("{rate} a year").format(rate=rate(item.apr))
    if isinstance(item, Consolidation):
        parts = [
            tr_n("{n} debt", "{n} debts", len(item.debts)),
            tr("{rate} a year").format(rate=rate(item.apr)),
            tr("fee {amount}").format(amount=money(item.fee, currency)),
        ]
        return " · ".join(parts)
    if isinstance(item, Transfer):
        promotion = tr("{rate} for {months}").format(
            rate=rate(item.promo_apr), months=months(item.promo_months)
        )
        parts = [
            name_of(item.debt, scenario.debts)
            if item.amount is None
            else tr("{amount} of {debt}").format(
                amount=money(item.amount, currency), debt=name_of(item.debt, scenario.debts)
            ),
            tr("{promotion}, then {rate}").format(promotion=promotion, rate=rate(item.apr)),
            tr("fee {amount}").format(amount=money(item.fee, currency)),
        ]
        return " · ".join(parts)
    return ""


def effect_words(effect: Effect, currency: str) -> tuple[str, bool | None]:
    """Return what a what-if changes, and whether that is for the better (None: no difference)."""
    if not effect.ends_with:
        return (
            (tr("The plan would not end because of it"), False)
            if effect.ends_without
            else (tr("The plan never ends, with it or without"), None)
        )
    if not effect.ends_without:
        return tr("The plan ends because of it"), True
    gained, saved = effect.months or 0, effect.money or 0
    parts = []
    if gained:
        words = tr("{months} sooner") if gained > 0 else tr("{months} later")
        parts.append(words.format(months=months(abs(gained))))
    if saved:
        parts.append(_money_words(saved, currency, with_fee=effect.fee > 0))
    if not parts:
        return tr("No difference"), None
    return ", ".join(parts), saved > 0 if saved else gained > 0


def _money_words(saved: int, currency: str, *, with_fee: bool) -> str:
    amount = money(abs(saved), currency)
    if with_fee:
        words = tr("{amount} less interest and fee") if saved > 0 else tr("{amount} more interest and fee")
    else:
        words = tr("{amount} less interest") if saved > 0 else tr("{amount} more interest")
    return words.format(amount=amount)


def name_of(identity: str, debts: Sequence[PlanDebt]) -> str:
    """Return the name of the debt that an identity stands for."""
    return next(
        (debt.name for debt in debts if debt.identity == identity), tr("a debt no longer in the plan")
    )


# -- assumptions


def assumptions(conventions: Conventions, currency: str) -> str:
    """Return by which conventions the figures of a page in a currency were worked out."""
    compounding = {
        Compounding.MONTHLY: tr("Interest monthly"),
        Compounding.DAILY: tr("Interest daily"),
    }[conventions.compounding]
    rounding = {
        Rounding.HALF_UP: tr("rounded to the nearest cent")
        if exponent(currency) == 2
        else tr("rounded half up"),
        Rounding.HALF_EVEN: tr("rounded half to even"),
        Rounding.NONE: tr("not rounded month by month"),
    }[conventions.rounding]
    timing = {
        Timing.INTEREST_FIRST: tr("before the payment"),
        Timing.PAYMENT_FIRST: tr("after the payment"),
    }[conventions.timing]
    rollover = (
        tr("freed money goes to the next debt") if conventions.rollover else tr("freed money is not used")
    )
    return tr(
        "{compounding}, {rounding}, {timing}; {rollover}; order fixed at the start; "
        "compared with minimums only, without rollover."
    ).format(compounding=compounding, rounding=rounding, timing=timing, rollover=rollover)
