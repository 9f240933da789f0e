"""Amounts and whole numbers as people and programs write them, read exactly or refused in words."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from app.domain.parsing.currencies import is_currency, parse_currency
from app.domain.parsing.trouble import NotUnderstood, shown, simplify

DecimalMark = Literal[".", ","]

MAX_DIGITS = 20
"""The most digits that an amount may have; what money can hold is checked afterwards."""

_PLAIN: dict[str, re.Pattern[str]] = {
    ".": re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,4})?"),
    ",": re.compile(r"-?[0-9]{1,15}(?:,[0-9]{1,4})?"),
}
_OTHER: dict[str, DecimalMark] = {".": ",", ",": "."}
_EDGES = re.compile(
    r"([^\W\d_]+\.|[^0-9.,'()+\- ]*) ?([+-]?) ?([0-9.,' ]*?[0-9][.,]?) ?([+-]?) ?([^0-9'()+\- ]*)"
)
_BRACKETS = re.compile(r"([^()0-9]*)\(([^()]*)\)([^()0-9]*)")
_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:([,.' ])[0-9]{3})(?:\1[0-9]{3})*")
_LAKHS = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")
_EXPONENT = re.compile(r"[+-]?[0-9.,]+e[+-]?[0-9]+", re.IGNORECASE)
_NO_CENTS = re.compile(r"(?<=[0-9])[.,] ?-+(?= |[^0-9]*$)")


@dataclass(frozen=True, slots=True)
class ParsedAmount:
    """An amount and the currency that was written beside it, empty where none was."""

    value: Decimal
    currency: str


def parse_amount(text: str, decimal_mark: DecimalMark | None = None) -> Decimal:
    """Return the amount that a text says, exactly. Raises `NotUnderstood`.

    Digits may be grouped in thousands (or lakhs) by blanks, apostrophes or the other mark, a currency's code
    or sign may stand on either side, and a minus before, behind, or as brackets. Without a decimal mark only
    what can be read in one way is: `1,234` is refused, `12,50` is not.
    """
    return parse_money(text, decimal_mark).value


def parse_money(
    text: str, decimal_mark: DecimalMark | None = None, default_currency: str = ""
) -> ParsedAmount:
    """Return the amount and the currency that a text says, as `parse_amount` does. Raises `NotUnderstood`.

    `default_currency` settles what a shared sign such as `$` means; it is not filled in where no sign stands.
    """
    if decimal_mark is not None and _PLAIN[decimal_mark].fullmatch(text):
        return ParsedAmount(Decimal(text if decimal_mark == "." else text.replace(",", ".")), "")
    return _parse(text, decimal_mark, default_currency)


@lru_cache(maxsize=1024)
def _parse(text: str, mark: DecimalMark | None, default_currency: str) -> ParsedAmount:
    if "\u066b" in text:
        # Arabic has marks of its own, which leave no doubt.
        mark = mark or ","
    negative, number, sign_of_currency = _take_apart(text, mark)
    if sum(letter.isdigit() for letter in number) > MAX_DIGITS:
        raise NotUnderstood(f"{shown(text)} has too many digits; an amount may have at most {MAX_DIGITS}.")
    mark = mark or _mark_of(number, text)
    whole, _, part = number.rpartition(mark) if mark in number else (number, "", "")
    if mark in whole or not (part.isdigit() or part == ""):
        raise _odd_marks(text, mark)
    if not (whole == "" or whole.isdigit() or _GROUPS.fullmatch(whole) or _LAKHS.fullmatch(whole)):
        raise _odd_marks(text, mark)
    digits = re.sub("[,.' ]", "", whole) or "0"
    value = Decimal(f"{digits}.{part}" if part else digits)
    currency = parse_currency(sign_of_currency, default_currency) if sign_of_currency else ""
    return ParsedAmount(-value if negative and value else value, currency)


def _take_apart(text: str, mark: DecimalMark | None = None) -> tuple[bool, str, str]:
    """Return whether an amount is negative, its digits with their marks, and the currency beside it."""
    plain = simplify(text).replace("\u066c", "'").replace("\u066b", mark or ",")
    plain = _NO_CENTS.sub("", " ".join(plain.strip("'").split()))
    brackets = _BRACKETS.fullmatch(plain)
    if brackets is not None:
        plain = " ".join("".join(brackets.groups()).split())
    match = _EDGES.fullmatch(plain) or _EDGES.fullmatch(_sign_inside(plain))
    if match is None:
        raise _not_an_amount(text)
    before, sign, number, sign_behind, behind = match.groups()
    currencies = [word for word in (before.strip(), behind.strip()) if word]
    if len(currencies) > 1 or not all(is_currency(word) for word in currencies):
        raise _not_an_amount(text)
    signs = [mark for mark in (sign, sign_behind, "-" if brackets else "") if mark]
    if len(signs) > 1:
        raise NotUnderstood(f"{shown(text)} has more than one sign; write one minus at most.")
    return "-" in signs, number, currencies[0] if currencies else ""


def _sign_inside(plain: str) -> str:
    """Return `-€ 12` and `12 € -` with the sign beside the digits, where the pattern expects it."""
    if plain.startswith(("+", "-")):
        head = re.match(r"[+-] ?([^0-9.,'()+\- ]+) ?", plain)
        return plain if head is None else f"{head[1]} {plain[0]}{plain[head.end() :]}"
    if plain.endswith(("+", "-")):
        return f"{plain[-1]}{plain[:-1].rstrip()}"
    return plain


def _mark_of(number: str, text: str) -> DecimalMark:
    """Return the decimal mark of one amount that stands alone. Raises `NotUnderstood` for two readings."""
    mark = _evident_mark(number)
    if mark == "?":
        whole, part = re.split("[.,]", number)
        raise NotUnderstood(
            f"{shown(text)} may mean {whole}{part} or {whole}.{part}; say which mark separates the decimals."
        )
    return "," if mark == "," else "."


def _evident_mark(number: str) -> str:
    """Return the decimal mark that a number shows, "?" where it has two readings, "" where it shows none."""
    marks = [letter for letter in number if letter in ".,"]
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return _OTHER[marks[0]]
    whole, _, part = number.partition(marks[0])
    if len(part) == 3 and re.fullmatch("[1-9][0-9]{0,2}", whole):
        return "?"
    return marks[0]


def guess_decimal_mark(samples: Iterable[str]) -> DecimalMark | None:
    """Return the decimal mark of a column, or None where its amounts leave it open, as `1,234` alone does.

    What is not an amount has no say. A column without any marks is read with a point. A few slips against
    many witnesses (one in ten) do not make it ambiguous.
    """
    seen: Counter[str] = Counter()
    for text in samples:
        try:
            seen[_evident_mark(_take_apart(text)[1])] += 1
        except NotUnderstood:
            continue
    points, commas = seen["."], seen[","]
    if points > 10 * commas or (points and not commas):
        return "."
    if commas > 10 * points or (commas and not points):
        return ","
    return None if points or seen["?"] else "."


def parse_whole_number(text: str, decimal_mark: DecimalMark | None = None) -> int:
    """Return a whole number such as a quantity; `3.00` is 3. Raises `NotUnderstood`."""
    if text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS:
        return int(text)
    try:
        amount = parse_money(text, decimal_mark)
    except NotUnderstood:
        amount = None
    if amount is None or amount.currency or amount.value != amount.value.to_integral_value():
        raise NotUnderstood(f"{shown(text)} is not a whole number; write one such as 2.")
    return int(amount.value)


def _not_an_amount(text: str) -> NotUnderstood:
    if _EXPONENT.fullmatch(text.strip()):
        return NotUnderstood(f"{shown(text)} has an exponent; write the amount in digits, such as 1234.50.")
    return NotUnderstood(f"{shown(text)} is not an amount; write one such as 1234.50.")


def _odd_marks(text: str, mark: str) -> NotUnderstood:
    example = "1,234.50" if mark == "." else "1.234,50"
    return NotUnderstood(f"{shown(text)} has its marks in odd places; write the amount like {example}.")
