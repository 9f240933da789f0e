"""Programs that keep a household's money: YNAB, Firefly III and HomeBank.

Each line is a payment: the payee is the retailer, the memo says what was bought, or else the payee does.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.parsing import ParsedAmount
from app.services.importing.guessing import is_data
from app.services.importing.presets.preset import Cells, Preset, Values


def _spent(values: Values) -> None:
    price = values.get("price")
    if isinstance(price, ParsedAmount):
        values["price"] = replace(price, value=abs(price.value))


def _is_zero(text: str) -> bool:
    return not any(letter.isdigit() and letter != "0" for letter in text)


def _is_negative(text: str) -> bool:
    return text.startswith(("-", "\u2212", "(")) or text.endswith("-")


def _ynab_skips(cells: Cells) -> str:
    if cells("Payee").startswith(("Transfer :", "Transfer:")):
        return "transfer between accounts"
    if cells("Payee") in (
        "Starting Balance",
        "Manual Balance Adjustment",
        "Reconciliation Balance Adjustment",
    ):
        return "balance"
    return "money received" if _is_zero(cells("Outflow")) else ""


def _ynab_adapts(values: Values, cells: Cells) -> None:
    values["name"] = cells("Memo") or cells("Payee")
    if cells("Flag"):
        values["tags"] = (cells("Flag"),)


YNAB = Preset(
    id="ynab",
    label="YNAB register",
    source="YNAB",
    recognised_by=(frozenset({"Account", "Date", "Payee", "Memo", "Outflow", "Inflow"}),),
    columns={
        "name": "Memo",
        "price": "Outflow",
        "purchased_on": "Date",
        "retailer": "Payee",
        "category": ("Category", "Sub Category"),
        "paid_with": "Account",
    },
    skips=_ynab_skips,
    adapts=_ynab_adapts,
)


def _firefly_skips(cells: Cells) -> str:
    return "" if cells("type").casefold() == "withdrawal" else "no withdrawal"


def _firefly_adapts(values: Values, _cells: Cells) -> None:
    _spent(values)


FIREFLY = Preset(
    id="firefly",
    label="Firefly III transactions",
    source="Firefly III",
    recognised_by=(
        frozenset(
            {"journal_id", "type", "currency_code", "amount", "description", "date", "destination_name"}
        ),
    ),
    columns={
        "name": "description",
        "price": "amount",
        "currency": "currency_code",
        "purchased_on": "date",
        "retailer": "destination_name",
        "category": "category",
        "tags": "tags",
        "paid_with": "source_name",
        "notes": "notes",
    },
    decimal_mark=".",
    date_order="ymd",
    skips=_firefly_skips,
    adapts=_firefly_adapts,
)

_HOMEBANK_MODES = {
    "1": "Credit card", "2": "Cheque", "3": "Cash", "4": "Bank transfer", "6": "Debit card",
    "7": "Standing order", "8": "Electronic payment", "11": "Direct debit",
}  # fmt: skip


def _homebank_skips(cells: Cells) -> str:
    if cells("paymode") == "5":
        return "transfer between accounts"
    return "" if _is_negative(cells("amount")) else "money received"


def _homebank_adapts(values: Values, cells: Cells) -> None:
    _spent(values)
    values["name"] = cells("memo") or cells("wording") or cells("payee") or cells("category")
    values["paid_with"] = _HOMEBANK_MODES.get(cells("paymode"), "")


_HOMEBANK_COLUMNS = ("date", "paymode", "info", "payee", "memo", "amount", "category", "tags")


def _begins_homebank(cells: Sequence[str]) -> bool:
    """Tell whether a first line is of HomeBank: eight cells, a date, a mode of payment, an amount."""
    if len(cells) != len(_HOMEBANK_COLUMNS):
        return False
    mode = cells[1] if not cells[1].startswith("Column") else ""
    return mode.isdigit() and int(mode) <= 11 and is_data(cells[0]) and is_data(cells[5])


HOMEBANK = Preset(
    id="homebank",
    label="HomeBank transactions",
    source="HomeBank",
    recognised_by=(frozenset({"date", "paymode", "info", "payee", "amount", "category", "tags"}),),
    columns={
        "name": ("memo", "wording"),
        "price": "amount",
        "purchased_on": "date",
        "retailer": "payee",
        "category": "category",
        "tags": "tags",
        "notes": "info",
    },
    tag_separator=" ",
    skips=_homebank_skips,
    adapts=_homebank_adapts,
    headerless=_HOMEBANK_COLUMNS,
    begins=_begins_homebank,
)
