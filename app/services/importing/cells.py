"""One cell becomes one value, whether the file gives it as text or as what it is."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from app.domain.parsing import (
    DateOrder,
    DecimalMark,
    NotUnderstood,
    ParsedAmount,
    parse_amount,
    parse_boolean,
    parse_currency,
    parse_date,
    parse_instant,
    parse_money,
    parse_whole_number,
    shown,
)
from app.domain.text import clean, clean_note
from app.services.importing.mapping import Target
from app.services.importing.readers.source import Cell

Parser = Callable[[Any], Any]
"""Makes a value of a cell that is not empty. Raises `NotUnderstood`."""


_DAY = re.compile(r"([0-9]{1,2})(?:\.|st|nd|rd|th)?")


class CellReader:
    """Reads the cells of one file: its decimal mark, order of dates, and what its bare numbers mean.

    `zone` is where the day of an instant is told. `currency` settles signs that several currencies share.
    """

    def __init__(
        self,
        decimal_mark: DecimalMark | None,
        date_order: DateOrder | None,
        zone: tzinfo,
        currency: str,
        serial_day: Callable[[Decimal], date | None],
    ) -> None:
        self._mark = decimal_mark
        self._order = date_order
        self._zone = zone
        self._currency = currency
        self._serial_day = serial_day

    def parser(self, target: Target, tag_separator: str = ",") -> Parser:
        """Return what reads the cells of a column that becomes a field."""
        parsers: Mapping[str, Parser] = {
            "text": read_text,
            "note": read_note,
            "money": self.money,
            "currency": self.currency,
            "rate": self.rate,
            "date": self.day,
            "minimum": self.minimum,
            "day": self.day_of_month,
            "count": self.count,
            "word": target.read or read_text,
            "tags": partial(read_tags, tag_separator),
            "yes": _yes,
            "uuid": _uuid,
            "instant": self.instant,
            "json": _as_it_is,
        }
        return parsers[target.kind]

    def money(self, cell: Cell) -> ParsedAmount:
        """Read an amount, with the currency beside it where one is written."""
        if isinstance(cell, str):
            return parse_money(cell, self._mark, self._currency)
        if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
            raise NotUnderstood(f"{_told(cell)} is not an amount; write one such as 1234.50.")
        amount = Decimal(cell)
        if amount and amount.adjusted() >= 20:
            raise NotUnderstood(f"{_told(cell)} has too many digits; an amount may have at most 20.")
        return ParsedAmount(amount, "")

    def rate(self, cell: Cell) -> Decimal:
        """Read a number in per cent, with or without its sign."""
        if isinstance(cell, str):
            text = cell.strip().removesuffix("%").removesuffix("\u066a").rstrip()
            return parse_amount(text or cell, self._mark)
        return self.money(cell).value

    def currency(self, cell: Cell) -> str:
        """Read a currency's code or sign."""
        return parse_currency(read_text(cell), self._currency)

    def day(self, cell: Cell) -> date:
        """Read a calendar date, also from an instant or a spreadsheet's serial number."""
        if isinstance(cell, str):
            return parse_date(cell, self._order, self._zone)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
            found = self._serial_day(Decimal(cell))
            if found is not None:
                return found
        raise NotUnderstood(f"{_told(cell)} is not a date; write one such as 2025-03-31.")

    def minimum(self, cell: Cell) -> ParsedAmount | Decimal | dict[str, Any]:
        """Read a minimum payment: an amount, a share such as `2 %`, or an object of a debts file."""
        if isinstance(cell, dict):
            return cell
        if isinstance(cell, str) and cell.rstrip().endswith("%"):
            return self.rate(cell)
        return self.money(cell)

    def day_of_month(self, cell: Cell) -> int:
        """Read a day of the month, from its number (`15`, `15th`) or from any date."""
        if isinstance(cell, str):
            found = _DAY.fullmatch(cell.strip())
            return int(found[1]) if found else self.day(cell).day
        if isinstance(cell, date):
            return cell.day
        return self.count(cell)

    def instant(self, cell: Cell) -> datetime:
        """Read a moment; one without an offset is in UTC."""
        if isinstance(cell, datetime):
            return cell.replace(tzinfo=UTC) if cell.tzinfo is None else cell.astimezone(UTC)
        if isinstance(cell, date):
            return datetime(cell.year, cell.month, cell.day, tzinfo=UTC)
        return parse_instant(read_text(cell), UTC, self._order)

    def count(self, cell: Cell) -> int:
        """Read a whole number."""
        if isinstance(cell, str):
            return parse_whole_number(cell, self._mark)
        if isinstance(cell, Decimal) and cell and not -1 <= cell.adjusted() < 20:
            raise NotUnderstood(f"{_told(cell)} is not a whole number; write one such as 2.")
        if isinstance(cell, int | Decimal) and not isinstance(cell, bool) and cell == int(cell):
            return int(cell)
        raise NotUnderstood(f"{_told(cell)} is not a whole number; write one such as 2.")


def read_text(cell: Cell) -> str:
    """Read one line of text; numbers and dates become what a person would write."""
    if isinstance(cell, str):
        # `clean` does the same; most cells are plain, and this spares them the call.
        return cell.strip() if cell.isascii() and cell.isprintable() else clean(cell)
    return clean(_plain(cell))


def read_note(cell: Cell) -> str:
    """Read text of many lines."""
    return clean_note(cell if isinstance(cell, str) else _plain(cell))


def read_tags(separator: str, cell: Cell) -> tuple[str, ...]:
    """Read tags from one text, or from a list of texts."""
    parts = cell if isinstance(cell, list) else read_text(cell).split(separator)
    tags = (read_text(part) for part in parts)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def as_text(cell: Cell) -> str:
    """Return what a cell holds as text, lists and objects as JSON."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return _plain(cell)


def _yes(cell: Cell) -> bool:
    return cell if isinstance(cell, bool) else parse_boolean(read_text(cell))


def _uuid(cell: Cell) -> UUID:
    text = read_text(cell)
    try:
        return UUID(text)
    except ValueError:
        raise NotUnderstood(f"{shown(text)} is not a UUID; leave it as it was exported, or empty.") from None


def _as_it_is(cell: Cell) -> Cell:
    return cell


def _plain(cell: Cell) -> str:
    if isinstance(cell, list | dict):
        raise NotUnderstood(f"{_told(cell)} is a list or an object where one value belongs; write a text.")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return f"{cell:f}" if -20 < cell.adjusted() < 20 else str(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _told(cell: Any) -> str:
    return shown(str(cell)[:50])
