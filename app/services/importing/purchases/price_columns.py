"""Which of several columns with amounts is the price of the line, and which are its parts."""

from collections.abc import Sequence
from decimal import Decimal

from app.domain.parsing import NotUnderstood, guess_decimal_mark, parse_money
from app.services.importing.purchases.header_words import HEADER_WORDS
from app.services.importing.samples import HeaderIndex, Samples

HEADERS = HeaderIndex(HEADER_WORDS)
"""What the columns of purchases are called."""


def settle_price(columns: dict[str, str], headers: Sequence[str], samples: Samples) -> None:
    """Decide which of several prices is the one of the line, and keep the parts only where they add up to it."""
    if "price" not in columns and "unit_price" in columns and "quantity" not in columns:
        columns["price"] = columns.pop("unit_price")
    if "unit_price" not in columns and "quantity" in columns:
        used = set(columns.values())
        others = [header for header in headers if HEADERS.field(header) == "price" and header not in used]
        if others:
            columns["unit_price"] = others[0]
    if "unit_price" in columns and "price" in columns and not _adds_up(columns, samples):
        del columns["unit_price"]


def _adds_up(columns: dict[str, str], samples: Samples) -> bool:
    """Tell whether the parts of the price make up the price in all rows but a few (one in ten)."""
    mark = guess_decimal_mark(samples.texts(columns["price"]))
    right = wrong = 0
    for row in samples.rows(columns[key] for key in (*_PARTS, "price") if key in columns):
        cells = dict(zip((key for key in (*_PARTS, "price") if key in columns), row, strict=True))
        try:
            amounts = {key: parse_money(str(cell), mark).value for key, cell in cells.items() if cell != ""}
        except NotUnderstood:
            continue
        if {"unit_price", "price"} <= amounts.keys():
            total = amounts["unit_price"] * amounts.get("quantity", Decimal(1))
            total += amounts.get("tax", Decimal(0)) + amounts.get("shipping", Decimal(0))
            total -= abs(amounts.get("discount", Decimal(0)))
            right, wrong = right + (total == amounts["price"]), wrong + (total != amounts["price"])
    return right > 10 * wrong


_PARTS = ("unit_price", "quantity", "tax", "shipping", "discount")
