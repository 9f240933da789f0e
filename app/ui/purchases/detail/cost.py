"""What a purchase on a debt really costs, in words."""

from typing import TYPE_CHECKING

from app.ui import formats
from app.ui.i18n import tr

if TYPE_CHECKING:
    from app.services.real_cost import RealCost


def cost_text(cost: "RealCost") -> str:
    """Return price and interest together, or why nobody can tell."""
    source = cost.source
    plan = source.scenario or tr("the avalanche plan from today’s balances")
    if source.paid_off:
        text = tr("{price}, as the debt is paid off")
        return text.format(price=formats.money(cost.price))
    if cost.interest is not None and cost.total is not None:
        text = tr("{total} with {interest} interest under {plan}")
        return text.format(total=formats.money(cost.total), interest=formats.money(cost.interest), plan=plan)
    if source.never:
        return tr("Not known: {plan} never pays the debt off").format(plan=plan)
    if source.left_out:
        return tr("Not known: {plan} is without this debt").format(plan=plan)
    return tr("Not known: {reason}").format(reason=source.refusal)


def cost_explanation(cost: "RealCost") -> str:
    """Return what the figures assume."""
    if cost.source.paid_off:
        return tr("Interest that was paid before is not counted.")
    if cost.interest is None:
        return tr("The price is {price}.").format(price=formats.money(cost.price))
    return tr(
        "Every unit owed on the debt is taken to bear the same interest until the debt is paid off. "
        "Interest that was paid before is not counted."
    )
