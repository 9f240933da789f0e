"""What somebody chose in an export dialog the last time, and what a file is called until it is named otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.services.exporting.kind import ExportKind
from app.services.exporting.options import DECIMAL_MARKS, DELIMITERS, ExportFormat, ExportOptions


class Rows(StrEnum):
    """Which of the records a page has are exported."""

    ALL = "all"
    FILTERED = "filtered"
    SELECTED = "selected"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page shows of one kind of record, for an export to choose from.

    `wanted` and `sort` are the filter and order on the screen (None for no filter), `selected` the ids of selected
    rows, `columns` the keys of the columns shown, from left to right.
    """

    kind: ExportKind
    wanted: Any = None
    sort: Any = None
    selected: Sequence[int] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """The choices that are remembered for each kind of record. `folder` is where the last file went, "" for none."""

    format: ExportFormat = ExportFormat.CSV
    all_columns: bool = True
    delimiter: str = ","
    decimal_mark: str = "."
    bom: bool = True
    pretty: bool = False
    folder: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the choices as plain JSON values."""
        return {
            "format": self.format.value,
            "all_columns": self.all_columns,
            "delimiter": self.delimiter,
            "decimal_mark": self.decimal_mark,
            "bom": self.bom,
            "pretty": self.pretty,
            "folder": self.folder,
        }

    @classmethod
    def from_json(cls, document: Any) -> "ExportChoices":
        """Return what `to_json` wrote; whatever cannot be understood is as if it had never been chosen."""
        chosen = cls()
        if not isinstance(document, dict):
            return chosen
        if document.get("format") in {known.value for known in ExportFormat}:
            chosen = replace(chosen, format=ExportFormat(document["format"]))
        if document.get("delimiter") in DELIMITERS:
            chosen = replace(chosen, delimiter=document["delimiter"])
        if document.get("decimal_mark") in DECIMAL_MARKS:
            chosen = replace(chosen, decimal_mark=document["decimal_mark"])
        for key in ("all_columns", "bom", "pretty"):
            if isinstance(document.get(key), bool):
                chosen = replace(chosen, **{key: document[key]})
        if isinstance(document.get("folder"), str):
            chosen = replace(chosen, folder=document["folder"])
        return chosen

    def options(self, offer: Offer, rows: Rows) -> ExportOptions:
        """Return what to write: these choices for some of the rows that a page offers."""
        return ExportOptions(
            offer.kind,
            format=self.format,
            wanted=offer.wanted if rows is Rows.FILTERED else None,
            sort=None if rows is Rows.ALL else offer.sort,
            ids=offer.selected if rows is Rows.SELECTED else None,
            columns=() if self.all_columns else offer.kind.attributes_of(offer.columns),
            delimiter=self.delimiter,
            decimal_mark=self.decimal_mark,
            bom=self.bom,
            pretty=self.pretty,
        )


def suggested_name(kind: str, day: date, format: ExportFormat) -> str:
    """Return the name that a file has until it is given another: `purchases-2026-03-31.csv`."""
    return f"{kind}-{day.isoformat()}.{format.value}"


def with_ending(path: Path, format: ExportFormat) -> Path:
    """Return a path with the ending of a format; one of another format's is replaced, none is left out."""
    known = {f".{other.value}" for other in ExportFormat}
    stem = path.stem if path.suffix.lower() in known else path.name
    return path.with_name(f"{stem}.{format.value}")
