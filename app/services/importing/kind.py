"""What the import has to know of one kind of record; all else about importing is the same for every kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from app.domain.problems import Problem
from app.services.changes import Area, Write
from app.services.importing.mapping import Target
from app.services.importing.presets.preset import Preset, Values
from app.services.importing.readers import Source
from app.services.importing.samples import HeaderIndex, Samples
from app.services.ledger import Ledger, Reader

Record = Any
"""What a row becomes: a value of the domain with an optional `uuid`."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no record, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A record that can be saved, and which of its fields the row gave."""

    record: Record
    given: frozenset[str]


class Wrong(Exception):
    """Something is wrong with the values of some fields of a row."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].reason)
        self.problems = problems

    @classmethod
    def field(cls, name: str, reason: str) -> "Wrong":
        """Return what is wrong with one field."""
        return cls(Problem(name, reason))


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rows of a file are read by besides their cells.

    `currency` is for rows that name none, `zone` tells days. `columns` are the columns of the mapped fields, `source`
    is what a record says it was imported from, `own` whether the file is one of ours. `told` collects what rows are
    imported without, in a few words each, with the number of rows.
    """

    reader: Reader
    currency: str
    zone: tzinfo
    today: date
    columns: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    own: bool = False
    told: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be kept for what the ledger or the file has already: the field, and why."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Joins:
    """A row that is a record of the ledger and has parts that this lacks.

    These are added even where known records are passed over; `only` is then what counts as given by the row.
    """

    id: int
    only: frozenset[str]


Match = int | Joins | Refusal | Skipped | None
"""The id of the record that a row is, why it can be none or is passed over, or None for a new record."""


class Known(NamedTuple):
    """A row and the id of the record that it is."""

    id: int
    ready: Ready


class Keeper(Protocol):
    """Tells which rows of a file the ledger has already, and stores them; batch by batch, in the order of the file."""

    def match(self, batch: Sequence[Record]) -> list[Match]:
        """Return for each record of a batch what it is in the ledger."""

    def insert(self, batch: Sequence[Record]) -> None:
        """Add records; a UUID that is taken already is replaced by a new one."""

    def update(self, batch: Sequence[Known]) -> list[Sequence[Problem]]:
        """Bring records up to date with their rows, and return for each what kept it from that."""

    def finish(self) -> None:
        """Do what is left to do when all rows were seen."""


Make = Callable[[Values], Record]
"""Makes a record of the values of a row. Raises `Wrong`."""


def settles_nothing(_columns: dict[str, str], _headers: Sequence[str], _samples: Samples) -> None:
    """Leave the columns as they were found."""


def as_it_is(source: Source) -> Source:
    """Leave a table as its file has it."""
    return source


@dataclass(frozen=True)
class ImportKind:
    """One kind of record that files can hold.

    `key` is its name on the command line, and of the list in our JSON documents; `one` and `many` are its name in
    sentences. `targets` are the fields that columns can become, `headers` what such columns are called. Where no
    name tells, `by_content` lists fields that the one fitting column may be ("date", "amount" or "words"), and
    `settle_columns` decides between columns that may mean the same. Columns in `repeated` have few different values.

    `maker` makes what turns values into records, `keeper` what stores them. `others` are imports of files that do
    not hold the records themselves, by the id of their preset. With `asks_currency` a file may leave the currency
    open. `reshaped` tells tables that some program lays out otherwise with a row a record. With `follows` the keeper
    tells of rows that are no records of their own, whatever is done with known ones.
    """

    key: str
    one: str
    many: str
    area: Area
    targets: tuple[Target, ...]
    headers: HeaderIndex
    presets: tuple[Preset, ...]
    maker: Callable[[Setting], Make]
    keeper: Callable[[Write], Keeper]
    count: Callable[[Ledger], int]
    by_content: tuple[tuple[str, str], ...] = ()
    settle_columns: Callable[[dict[str, str], Sequence[str], Samples], None] = settles_nothing
    repeated: frozenset[str] = frozenset()
    others: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    asks_currency: bool = True
    reshaped: Callable[[Source], Source] = as_it_is
    follows: bool = False

    @cached_property
    def target_of(self) -> dict[str, Target]:
        """The targets by their keys."""
        return {target.key: target for target in self.targets}

    def missing(self, mapped: Mapping[str, str]) -> tuple[Target, ...]:
        """Return the fields without which no record can be made, of those that are not mapped to a column."""
        return tuple(
            target
            for target in self.targets
            if target.required
            and target.key not in mapped
            and not any(other in mapped for other in target.instead)
        )


def without_uuid(record: Record) -> Record:
    """Return a record that will get a UUID of its own."""
    return replace(record, uuid=None)
