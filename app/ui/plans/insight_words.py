"""Insights as sentences with their figures and what they follow from."""

from app.domain.debts.insights import (
    AgainstPlan,
    Basis,
    BelowInterest,
    CostsMost,
    Insight,
    MoreEachMonth,
    PromotionEnds,
)
from app.ui import formats
from app.ui.i18n import tr
from app.ui.plans import words


def sentence(insight: Insight) -> str:
    """Return what an insight says."""
    currency = insight.currency
    if isinstance(insight, MoreEachMonth):
        return _more(insight)
    if isinstance(insight, PromotionEnds):
        return _promotion(insight)
    if isinstance(insight, CostsMost):
        return tr("“{name}” costs most: {interest} interest in the coming month, {share} of all.").format(
            name=insight.name,
            interest=words.money(insight.interest, currency),
            share=formats.share(insight.share),
        )
    if isinstance(insight, BelowInterest):
        return tr(
            "The minimum of “{name}” is {minimum} and its interest {interest} a month: by minimums it is never "
            "paid off. It takes {short} a month more."
        ).format(
            name=insight.name,
            minimum=words.money(insight.minimum, currency),
            interest=words.money(insight.interest, currency),
            short=words.money(insight.short_by, currency),
        )
    return _against(insight)


def icon(insight: Insight) -> tuple[str, str]:
    """Return the drawing and the colour that stand beside an insight."""
    if isinstance(insight, MoreEachMonth):
        return "lightbulb", "accent"
    if isinstance(insight, CostsMost):
        return "flame", "textSecondary"
    if isinstance(insight, AgainstPlan):
        return ("trending-up", "danger") if insight.ahead < 0 else ("check", "success")
    return "triangle-alert", "warning"


def source(basis: Basis) -> str:
    """Return what the figures of an insight follow from."""
    strategy = words.strategy_title(basis.strategy)
    plan = tr("“{name}”, {strategy}").format(name=basis.scenario, strategy=strategy)
    text = tr("By {plan} from {month}").format(
        plan=plan if basis.scenario else strategy, month=words.month(basis.start)
    )
    if basis.balances_of is None:
        return text
    return tr("{basis}; balances of {date}").format(basis=text, date=formats.date(basis.balances_of))


def _more(insight: MoreEachMonth) -> str:
    currency = insight.currency
    amount = words.round_money(insight.amount, currency)
    month = words.month(insight.debt_free)
    if insight.months_sooner is None or insight.interest_less is None:
        return tr("With {amount} more a month the plan ends, in {month}.").format(amount=amount, month=month)
    less = words.money(insight.interest_less, currency)
    if insight.months_sooner == 0:
        return tr("{amount} more a month saves {less} in interest; the end stays {month}.").format(
            amount=amount, less=less, month=month
        )
    return tr("{amount} more a month ends the debts in {month}, {months} sooner, and saves {less}.").format(
        amount=amount, month=month, months=words.months(insight.months_sooner), less=less
    )


def _against(insight: AgainstPlan) -> str:
    currency = insight.currency
    actual = words.money(insight.actual, currency)
    planned = words.money(insight.planned, currency)
    text = tr("In {month} {actual} is owed; “{scenario}” planned {planned}.").format(
        month=words.month(insight.month), actual=actual, scenario=insight.scenario, planned=planned
    )
    amount = words.money(abs(insight.ahead), currency)
    if insight.ahead > 0:
        return tr("{text} That is {amount} ahead of the plan.").format(text=text, amount=amount)
    if insight.ahead < 0:
        return tr("{text} That is {amount} behind the plan.").format(text=text, amount=amount)
    return tr("{text} That is as planned.").format(text=text)


def _promotion(insight: PromotionEnds) -> str:
    ends = tr(
        "The promotional rate of “{name}” ends with {month}: {balance} is then still owed, "
        "and a month costs {then} instead of {now}."
    ).format(
        name=insight.name,
        month=words.month(insight.ends),
        balance=words.money(insight.balance, insight.currency),
        then=words.money(insight.interest_then, insight.currency),
        now=words.money(insight.interest_now, insight.currency),
    )
    if insight.extra_in_time is None:
        return ends
    in_time = tr("Paid first, it is gone in time with {extra} a month on top of the minimums.").format(
        extra=words.money(insight.extra_in_time, insight.currency)
    )
    return f"{ends} {in_time}"
