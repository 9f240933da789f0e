"""Values read from text: amounts, dates, instants, whole numbers, currencies, yes and no.

Each parser returns an exact value or raises `NotUnderstood`, whose text is one sentence for the user.
"""

from app.domain.parsing.amounts import (
    MAX_DIGITS,
    DecimalMark,
    ParsedAmount,
    guess_decimal_mark,
    parse_amount,
    parse_money,
    parse_whole_number,
)
from app.domain.parsing.answers import parse_boolean
from app.domain.parsing.currencies import parse_currency
from app.domain.parsing.dates import DateOrder, guess_date_order, parse_date, parse_instant
from app.domain.parsing.trouble import LONGEST_VALUE, NotUnderstood, printable, shown

__all__ = [
    "LONGEST_VALUE",
    "MAX_DIGITS",
    "DateOrder",
    "DecimalMark",
    "NotUnderstood",
    "ParsedAmount",
    "guess_date_order",
    "guess_decimal_mark",
    "parse_amount",
    "parse_boolean",
    "parse_currency",
    "parse_date",
    "parse_instant",
    "parse_money",
    "parse_whole_number",
    "printable",
    "shown",
]
