"""Which column of a file is which field of a record, and how its values are to be read."""

from collections.abc import Callable
from collections.abc import Mapping as Mappable
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from app.domain.money import CURRENCIES
from app.domain.parsing import DateOrder, DecimalMark
from app.domain.problems import Refused

TargetKind = Literal[
    "text", "note", "money", "currency", "rate", "minimum", "date", "day", "count", "word", "tags", "yes", "uuid",
    "instant", "json",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column can be mapped to: its key, its title in English, and what its cells hold.

    A required one may be left out where a column becomes one of those in `instead`. `read` reads the cells of a
    `word`; it raises `NotUnderstood`.
    """

    key: str
    title: str
    kind: TargetKind = "text"
    required: bool = False
    instead: tuple[str, ...] = ()
    read: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Mapping:
    """Which column each field comes from, and how values are read. Can be saved, and given as a file.

    `columns` has the name of a column for each mapped field. `decimal_mark` and `date_order` are None where
    they are open: then only values with one reading are read. `currency` is for rows that name none.
    """

    columns: Mappable[str, str] = field(default_factory=dict)
    decimal_mark: DecimalMark | None = None
    date_order: DateOrder | None = None
    currency: str = ""
    tag_separator: str = ","
    preset: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the mapping as plain JSON values, without what is not set."""
        document: dict[str, Any] = {"columns": dict(self.columns)}
        for key in ("decimal_mark", "date_order", "currency", "preset"):
            if getattr(self, key):
                document[key] = getattr(self, key)
        if self.tag_separator != ",":
            document["tag_separator"] = self.tag_separator
        return document

    @classmethod
    def from_json(cls, document: Any, fields: Mappable[str, object]) -> "Mapping":
        """Return the mapping that `to_json` wrote or a user typed. Raises `Refused` with what is wrong in it.

        `fields` has the keys of the fields that there are.
        """
        if not isinstance(document, dict):
            raise Refused('A map is a JSON object such as {"columns": {"name": "Item"}}.')
        unknown = set(document) - {*cls.__dataclass_fields__}
        if unknown:
            raise Refused(
                f"A map has no “{min(unknown)[:40]}”; it may have {', '.join(cls.__dataclass_fields__)}."
            )
        mapping = cls(
            columns=_columns(document.get("columns", {}), fields),
            decimal_mark=cast(DecimalMark | None, _one_of(document, "decimal_mark", (".", ","))),
            date_order=cast(DateOrder | None, _one_of(document, "date_order", ("ymd", "dmy", "mdy"))),
            currency=_text(document, "currency").upper(),
            tag_separator=_text(document, "tag_separator") or ",",
            preset=_text(document, "preset"),
        )
        if mapping.currency and mapping.currency not in CURRENCIES:
            raise Refused(
                f"“{mapping.currency[:20]}” in the map is not a currency code; use one such as EUR or USD."
            )
        return mapping


def _columns(document: Any, fields: Mappable[str, object]) -> dict[str, str]:
    if not isinstance(document, dict) or not all(isinstance(name, str) for name in document.values()):
        raise Refused("The “columns” of a map are names of fields, each with the name of a column.")
    for key in document:
        if key not in fields:
            raise Refused(f"There is no field “{key[:40]}” to map to; use {', '.join(fields)}.")
    return {key: name for key, name in document.items() if name}


def _one_of(document: dict[str, Any], key: str, choices: tuple[str, ...]) -> str | None:
    value = document.get(key)
    if value in (None, ""):
        return None
    if value not in choices:
        raise Refused(f"The “{key}” of a map is one of {' '.join(choices)}.")
    return str(value)


def _text(document: dict[str, Any], key: str) -> str:
    value = document.get(key, "")
    if not isinstance(value, str):
        raise Refused(f"The “{key}” of a map is a text.")
    return value.strip()
