"""Reads the fields of one JSON object strictly: each is what it says, or refused in a sentence that names it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from app.domain.debts.record import MAX_APR, RATE_DECIMALS
from app.domain.money import AmountError, UnknownCurrency, exponent, to_minor
from app.domain.months import Month
from app.domain.parsing.trouble import shown
from app.domain.problems import Refused
from app.domain.text import NAME_LIMIT, clean

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")
_MOMENT = "2026-03-31T12:00:00.000Z"


class Fields:
    """The fields of one JSON object; `where` is how a sentence names it. A field that is null counts as absent."""

    def __init__(self, where: str, values: Mapping[str, Any]) -> None:
        self.where = where
        self._values = values

    def refused(self, name: str, words: str) -> Refused:
        """Return the refusal of a field."""
        return Refused(f"{self.where}: {name} {words}.")

    def value(self, name: str) -> Any:
        """Return a field as it is."""
        return self._values.get(name)

    def required(self, name: str, value: T | None) -> T:
        """Return a value that must be there."""
        if value is None:
            raise self.refused(name, "is missing; enter it")
        return value

    def text(self, name: str) -> str | None:
        """Return a text as it is."""
        value = self.value(name)
        if value is not None and not isinstance(value, str):
            raise self.refused(name, f"is {_shown(value)}, which is not a text; write it in quotation marks")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.value(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise self.refused(name, 'is not a list of texts; write it as ["…", "…"]')
        return tuple(value)

    def name(self, name: str) -> str | None:
        """Return a name: one line that is not empty and not too long."""
        value = self.text(name)
        if value is None:
            return None
        value = clean(value)
        if not value:
            raise self.refused(name, "is empty; enter a name")
        if len(value) > NAME_LIMIT:
            raise self.refused(name, f"is too long; use at most {NAME_LIMIT} characters")
        return value

    def number(self, name: str) -> Decimal | None:
        """Return a number that was written as a number or as a text, exactly, and that is 0 or more."""
        value = self.value(name)
        if value is None:
            return None
        number = _decimal(value)
        if number is None:
            raise self.refused(name, f"is {_shown(value)}, which is not a number; write it as 1234.50")
        if number < 0:
            raise self.refused(name, f"is {_shown(value)}; enter 0 or more")
        return number

    def money(self, name: str, currency: str) -> int | None:
        """Return an amount in minor units."""
        number = self.number(name)
        if number is None:
            return None
        try:
            return to_minor(number, currency)
        except AmountError as error:
            raise Refused(f"{self.where}: {name}: {error}") from None

    def rate(self, name: str, most: Decimal = MAX_APR) -> Decimal | None:
        """Return a rate in per cent."""
        number = self.number(name)
        if number is None:
            return None
        if number > most:
            raise self.refused(name, f"is {_shown(self.value(name))}; enter per cent from 0 to {most}")
        if number != round(number, RATE_DECIMALS):
            raise self.refused(name, f"is {_shown(self.value(name))}; use at most {RATE_DECIMALS} decimals")
        return number

    def share(self, name: str) -> Decimal | None:
        """Return a share in per cent."""
        return self.rate(name, Decimal(100))

    def count(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number."""
        value = self.value(name)
        if value is None:
            return None
        number = _decimal(value)
        if number is None or number != number.to_integral_value() or not least <= number <= most:
            raise self.refused(name, f"is {_shown(value)}; enter a whole number from {least} to {most}")
        return int(number)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a yes or no."""
        value = self.value(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.refused(name, f"is {_shown(value)}; write true or false")
        return value

    def choice(self, name: str, kind: type[E], default: E) -> E:
        """Return one of several words."""
        value = self.text(name)
        if value is None:
            return default
        try:
            return kind(value)
        except ValueError:
            words = ", ".join(kind)
            raise self.refused(name, f"is {_shown(value)}; there are {words}") from None

    def currency(self, name: str) -> str | None:
        """Return a currency code."""
        value = self.text(name)
        try:
            if value is not None:
                exponent(value)
        except UnknownCurrency as error:
            raise Refused(f"{self.where}: {name}: {error}") from None
        return value

    def month(self, name: str) -> Month | None:
        """Return a month."""
        value = self.text(name)
        try:
            return None if value is None else Month.parse(value)
        except ValueError:
            raise self.refused(name, f"is {_shown(value)}; write a month as 2026-03") from None

    def day(self, name: str) -> date | None:
        """Return a calendar date."""
        value = self.text(name)
        try:
            return None if value is None else date.fromisoformat(value)
        except ValueError:
            raise self.refused(name, f"is {_shown(value)}; write a day as 2026-03-31") from None

    def instant(self, name: str) -> datetime | None:
        """Return a moment in UTC."""
        value = self.text(name)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise self.refused(name, f"is {_shown(value)}; write a moment as {_MOMENT}") from None
        if moment.tzinfo is None:
            raise self.refused(name, f"is {_shown(value)}, without a time zone; write a moment as {_MOMENT}")
        return moment.astimezone(UTC)

    def uuid(self, name: str) -> UUID | None:
        """Return a UUID."""
        value = self.text(name)
        try:
            return None if value is None else UUID(value)
        except ValueError:
            raise self.refused(name, f"is {_shown(value)}, which is not a UUID; leave it as it was") from None

    def inner(self, name: str, keys: Sequence[str]) -> "Fields":
        """Return the fields of an object within this one."""
        return fields_of(self.value(name), f"{self.where}: {name}", keys)


def fields_of(item: Any, where: str, keys: Sequence[str]) -> Fields:
    """Return the fields of a JSON object. Raises `Refused` for anything else, and for keys that it cannot have."""
    if not isinstance(item, Mapping):
        raise Refused(f"{where} is {_shown(item)}; write an object with the keys {', '.join(keys)}.")
    for key in item:
        if key not in keys:
            raise Refused(f"{where}: {_shown(key)} is not a known key; there are {', '.join(keys)}.")
    return Fields(where, item)


def items_of(fields: Fields, name: str, keys: Sequence[str]) -> Iterator[Fields]:
    """Give the objects of a list that is a field."""
    items = fields.value(name)
    if items is None:
        return
    if not isinstance(items, list):
        raise fields.refused(name, f"is {_shown(items)}; write a list")
    for number, item in enumerate(items, 1):
        yield fields_of(item, f"{fields.where}: {name} {number}", keys)


def decimal_text(number: Decimal) -> str:
    """Return a number as a plain decimal text, without an exponent and without needless zeros."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def instant_text(moment: datetime | None) -> str | None:
    """Return a moment as ISO 8601 in UTC, with milliseconds and a Z."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    if isinstance(value, int) and abs(value) >= 10**20:
        return None
    text = value.strip() if isinstance(value, str) else str(value)
    if not isinstance(value, str) and ("e" in text or "E" in text):
        # A number as JSON writes it; only its size is looked at before it is written out.
        number = Decimal(text)
        text = f"{number:f}" if number.is_finite() and abs(number.adjusted()) <= 20 else text
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return shown(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and abs(value) >= 10**20:
        return "a number of more than 20 digits"
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"
