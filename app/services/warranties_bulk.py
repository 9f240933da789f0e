"""Changing fields of many warranties in one step."""

import dataclasses
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.domain.dates import LATEST
from app.domain.problems import Problem, Refused
from app.domain.text import NAME_LIMIT, clean
from app.domain.warranties import LIFETIME, Cover, Duration, add_duration, own_kind
from app.services.bulk import BulkReport
from app.services.changes import Command, Write, labelled
from app.storage.warranties import reading, writing

__all__ = ["bulk_edit"]

_TEXTS = {"kind": "kind of warranty", "provider": "provider"}


def bulk_edit(chosen: Sequence[int], values: Mapping[str, Any]) -> Command:
    """Set fields of many covers in one step; the result is a `BulkReport`, each that could not be with its reason.

    `values` may hold `kind` and `provider` (texts), `voided` (True or False), and `extend`, the `Duration` by which
    each ends later. A warranty with an end cannot become a lifetime so, nor the other way round, and a lifetime
    cannot be extended. Raises `Refused` when a value cannot be set on any warranty.
    """
    ready: dict[str, Any] = {
        key: clean(value) if isinstance(value, str) else value for key, value in values.items()
    }
    if "kind" in ready:
        ready["kind"] = own_kind(ready["kind"])
    _check(ready)
    wanted = array("q", chosen)

    def run(write: Write) -> BulkReport:
        refused: list[tuple[int, str, str]] = []
        fit: list[int] = []
        extended: list[Cover] = []
        for id, product, cover in _present(write, wanted):
            reason = _unfit(cover, ready)
            if reason:
                refused.append((id, product, reason))
                continue
            fit.append(id)
            if "extend" in ready:
                extended.append(_extended(cover, ready["extend"]))
        columns = {key: value for key, value in ready.items() if key != "extend"}
        if columns and fit:
            writing.set_columns(write, writing.existing(write, fit), columns)
        writing.set_ends(write, extended)
        return BulkReport(len(fit), tuple(refused))

    return Command(
        "Change warranties",
        run,
        label_of=lambda report: labelled("Change", "warranty", report.changed, many="warranties"),
    )


def _present(write: Write, wanted: Sequence[int]) -> Iterator[tuple[int, str, Cover]]:
    for batch in reading.batches(write.connection, wanted):
        yield from ((row.id, row.product, row.cover) for row in batch)


def _check(values: Mapping[str, Any]) -> None:
    problems = [
        Problem(key, f"The {words} is too long; use at most {NAME_LIMIT} characters.")
        for key, words in _TEXTS.items()
        if len(values.get(key, "")) > NAME_LIMIT
    ]
    if "kind" in values and not values["kind"]:
        problems.append(Problem("kind", "Say what kind of warranty this is, for example Limited."))
    if "extend" in values and not values["extend"]:
        problems.append(Problem("extend", "Enter by how long the warranties are extended."))
    if problems:
        raise Refused(problems)


def _unfit(cover: Cover, values: Mapping[str, Any]) -> str:
    """Return why the fields of a cover cannot be set so, "" where they can."""
    kind = values.get("kind", cover.kind)
    if kind == LIFETIME and cover.ends_on is not None:
        return (
            f"It ends on {cover.ends_on.isoformat()}, and a lifetime has no end; change this one by itself."
        )
    if kind != LIFETIME and cover.ends_on is None:
        return "It has no end, which only a lifetime is without; change this one by itself."
    if "extend" not in values:
        return ""
    if cover.ends_on is None:
        return "A lifetime cannot be extended."
    if _end(cover, values["extend"]) is None:
        return f"It would end after {LATEST.year}; for ever is a lifetime warranty."
    return ""


def _extended(cover: Cover, by: Duration) -> Cover:
    duration = None if cover.duration is None else cover.duration + by
    return dataclasses.replace(cover, ends_on=_end(cover, by), duration=duration)


def _end(cover: Cover, by: Duration) -> date | None:
    """Return when an extended cover ends, None for later than dates go."""
    try:
        if cover.duration is not None:
            end = add_duration(cover.starts_on, cover.duration + by)
        else:
            end = add_duration(cover.last_day, by)
    except OverflowError:
        return None
    return end if end <= LATEST else None
