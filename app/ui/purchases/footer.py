"""What the line below the table of purchases says: the totals of each currency."""

from app.services.purchases import Totals
from app.ui import formats
from app.ui.i18n import tr


def figures(totals: Totals, *, of_selection: bool) -> tuple[str, str]:
    """Return the label and the amounts of totals; several currencies stand side by side."""
    refunded = any(total.refunded for total in totals.by_currency)
    if of_selection:
        label = tr("Selected, refunds included") if refunded else tr("Selected")
    else:
        label = tr("Total, refunds included") if refunded else tr("Total")
    amounts = "   ".join(formats.money(total.net) for total in totals.by_currency)
    return (label, amounts) if amounts else ("", "")
