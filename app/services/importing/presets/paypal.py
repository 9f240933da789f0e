"""PayPal: the activity report. What was paid is negative; pending, reversed and internal movements are no purchases.

The report follows the language of the account: decimal mark and order of dates are those of its country.
"""

from dataclasses import replace

from app.domain.parsing import DateOrder, DecimalMark, ParsedAmount
from app.services.importing.presets.preset import Cells, Preset, Values

_NO_PURCHASE = (
    "withdrawal", "transfer", "deposit", "conversion", "hold", "authorization", "reserve", "refund", "reversal",
    "memo", "loan",
)  # fmt: skip


def _skips(cells: Cells) -> str:
    status, balance, kind = (
        cells("Status").casefold(),
        cells("Balance Impact").casefold(),
        cells("Type").casefold(),
    )
    if status and status != "completed":
        return status
    if balance and balance != "debit":
        return "memo" if balance == "memo" else "money received"
    if any(word in kind for word in _NO_PURCHASE):
        return "movement inside the account"
    amount = cells("Gross") or cells("Amount")
    return "" if amount.startswith(("-", "\u2212", "(")) or amount.endswith("-") else "money received"


def _adapts(values: Values, cells: Cells) -> None:
    price = values.get("price")
    if isinstance(price, ParsedAmount):
        values["price"] = replace(price, value=abs(price.value))
    if not values.get("name"):
        values["name"] = cells("Subject") or cells("Name") or cells("Type")
    values["paid_with"] = "PayPal"


def _usual_order(mark: DecimalMark | None) -> DateOrder | None:
    return "dmy" if mark == "," else None


PAYPAL = Preset(
    id="paypal",
    label="PayPal activity",
    source="PayPal",
    recognised_by=(
        frozenset({"Date", "Name", "Type", "Status", "Currency", "Gross", "Transaction ID"}),
        frozenset(
            {"Date", "Name", "Type", "Status", "Currency", "Amount", "Fees", "Total", "Transaction ID"}
        ),
    ),
    columns={
        "name": ("Item Title", "Subject", "Name"),
        "price": ("Gross", "Amount"),
        "currency": "Currency",
        "purchased_on": "Date",
        "retailer": "Name",
        "order_number": "Transaction ID",
        "notes": "Note",
    },
    skips=_skips,
    adapts=_adapts,
    usual_order=_usual_order,
)
