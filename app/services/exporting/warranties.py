"""Warranties as a kind of record that is listed and written to files, each with the claims on it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from app.domain.parsing import NotUnderstood, shown
from app.domain.text import fold
from app.domain.warranties import COVER_KINDS, CoverFilter, CoverStatus, SortBy, cover_status
from app.domain.warranties.columns import WARRANTY_COLUMNS
from app.domain.warranties.exchange import WARRANTY_FIELDS, claims_to_json, duration_text
from app.services import warranties
from app.services.exporting.kind import ExportKind, Selection
from app.services.exporting.records import RecordTable
from app.services.filtering import (
    Condition,
    answer_value,
    day_value,
    days_value,
    one_of,
    read_conditions,
    text_value,
    word_value,
)
from app.services.ledger import Ledger, Reader
from app.storage.warranties import claims, reading
from app.storage.warranties.reading import CoverRow


@dataclass(frozen=True, slots=True)
class _Told:
    """A cover with what is told of its purchase and with its claims as JSON, and its state today."""

    row: CoverRow
    claims: list[dict[str, Any]]
    status: CoverStatus


def _chosen(reader: Reader, chosen: Selection) -> Iterator[_Told]:
    """Give the covers of a selection, a thousand in memory at a time."""
    if chosen.ids is not None:
        ids = chosen.ids
    elif chosen.sort is not None:
        ids = reading.ids(reader, chosen.wanted, chosen.sort, chosen.horizon)
    else:
        ids = reading.ids_as_entered(reader, chosen.wanted, chosen.horizon)
    for batch in reading.batches(reader, ids):
        made = claims.of_covers(reader, [row.id for row in batch if row.claims])
        uuids = claims.started_uuids(reader, (claim for found in made.values() for claim in found))
        for row in batch:
            status = cover_status(row.cover, *chosen.horizon)
            yield _Told(row, claims_to_json(made.get(row.id, ()), uuids), status)


def _tell(told: _Told, attribute: str) -> Any:
    match attribute:
        case "claims":
            return told.claims
        case "status":
            return told.status.value
        case "duration":
            return None if told.row.cover.duration is None else duration_text(told.row.cover.duration)
        case "product" | "purchased_on" | "retailer" | "purchase_uuid" | "currency":
            return getattr(told.row, attribute)
        case _:
            return getattr(told.row.cover, attribute)


def _table(reader: Reader, chosen: Selection) -> RecordTable:
    counted = None
    if chosen.ids is None:
        counted = partial(reading.count, reader, chosen.wanted, chosen.horizon)
    return RecordTable(partial(_chosen, reader, chosen), _tell, counted=counted)


def _ids(reader: Reader, chosen: Selection, limit: int, offset: int) -> Sequence[int]:
    found = reading.ids(reader, chosen.wanted, chosen.sort or SortBy(), chosen.horizon)
    return found[offset : offset + limit]


def _between(wanted: CoverFilter, first: date | None, last: date | None) -> CoverFilter:
    return replace(wanted, ends_from=first or wanted.ends_from, ends_to=last or wanted.ends_to)


def cover_conditions(ledger: Ledger, pairs: Iterable[tuple[str, str]]) -> CoverFilter:
    """Return the filter that conditions make together. Raises `Refused` for a key or value that cannot be.

    Of several values for one of `status`, `kind` and `provider` any one will do; an empty provider stands for "none".
    `from` and `to` are about the day on which a warranty ends.
    """
    return read_conditions(ledger, pairs, CoverFilter(), _CONDITIONS)


def _kind(ledger: Ledger, value: str) -> str:
    known = list(dict.fromkeys([*COVER_KINDS, *warranties.kinds(ledger)]))
    return _known(known, value, "kind of warranty")


def _provider(ledger: Ledger, value: str) -> str:
    return _known(warranties.providers(ledger), value, "provider") if value else ""


def _known(known: Sequence[str], value: str, what: str) -> str:
    """Return a text as it is known, whatever the case. Raises `NotUnderstood`."""
    found = {fold(one): one for one in known}.get(fold(value))
    if found is None:
        raise NotUnderstood(f"There is no {what} {shown(value)}; {one_of(known)}")
    return found


_CONDITIONS: dict[str, Condition] = {
    "text": ("text", text_value),
    "product": ("product", text_value),
    "status": ("statuses", partial(word_value, CoverStatus)),
    "kind": ("kinds", _kind),
    "provider": ("providers", _provider),
    "from": ("ends_from", day_value),
    "to": ("ends_to", day_value),
    "bought-from": ("bought_from", day_value),
    "bought-to": ("bought_to", day_value),
    "expiring-days": ("expiring_days", days_value),
    "open-claim": ("claim", answer_value),
}


WARRANTIES = ExportKind(
    key="warranties",
    one="warranty",
    many="warranties",
    title="Warranties",
    fields=WARRANTY_FIELDS,
    table=_table,
    count=warranties.count,
    everything=CoverFilter(),
    conditions=cover_conditions,
    between=_between,
    sorts=tuple(column.key for column in WARRANTY_COLUMNS if column.sortable),
    order=SortBy,
    usual_order=SortBy(),
    ids=_ids,
    shown=("product", "kind", "status", "ends_on", "provider"),
    attributes={"name": ("product",), "days_left": ("ends_on",)},
)
