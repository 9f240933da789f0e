"""What a command changes the ledger through, so that every change can be taken back.

Before rows are changed or removed, they are copied into temporary tables of the writing connection. Undoing is
then a matter of a few statements whatever the number of rows, and memory stays flat.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table

from app.domain.identity import new_uuid_bytes
from app.storage.database import driver
from app.storage.tables import metadata


class Area(StrEnum):
    """The parts of a ledger that pages show; a change names those that it touched."""

    PROFILE = "profile"
    SETTINGS = "settings"
    PURCHASES = "purchases"
    NAMES = "names"
    DEBTS = "debts"
    SCENARIOS = "scenarios"
    SAVED_FILTERS = "saved filters"
    IMPORT_MAPPINGS = "import mappings"
    WARRANTIES = "warranties"
    ATTACHMENTS = "attachments"
    RATES = "exchange rates"
    REMINDERS = "reminders"
    JOBS = "jobs"


AREA_OF = {
    "profile": Area.PROFILE,
    "settings": Area.SETTINGS,
    "purchases": Area.PURCHASES,
    "refunds": Area.PURCHASES,
    "covers": Area.PURCHASES,
    "purchase_tags": Area.PURCHASES,
    "retailers": Area.NAMES,
    "brands": Area.NAMES,
    "categories": Area.NAMES,
    "tags": Area.NAMES,
    "debts": Area.DEBTS,
    "payments": Area.DEBTS,
    "balance_entries": Area.DEBTS,
    "scenarios": Area.SCENARIOS,
    "saved_filters": Area.SAVED_FILTERS,
    "import_mappings": Area.IMPORT_MAPPINGS,
    "claims": Area.WARRANTIES,
    "attachments": Area.ATTACHMENTS,
    "exchange_rates": Area.RATES,
    "snoozes": Area.REMINDERS,
}


@dataclass(frozen=True, slots=True)
class Inserted:
    """Rows were inserted; `chosen` is a temporary table of their ids."""

    table: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Updated:
    """Columns of rows were changed; `image` is a temporary table of their ids and former values."""

    table: str
    columns: tuple[str, ...]
    image: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """Rows were removed; `image` is a temporary table with all of them."""

    table: str
    image: str


Step = Inserted | Updated | Deleted


def temporary_tables(steps: Iterable[Step]) -> list[str]:
    """Return the temporary tables that the steps need to be taken back."""
    return [step.chosen if isinstance(step, Inserted) else step.image for step in steps]


MANY = 5000
"""A change of more records than this names none of them: whoever shows that area looks again."""

_RANKS = {table.name: rank for rank, table in enumerate(metadata.sorted_tables)}
"""Tables in the order of their references: a row refers only to rows of tables with a lower rank."""

_numbers = count(1)


@dataclass
class Write:
    """One transaction's changes. Only the writer's thread uses it, and only while its command runs.

    `now` is when its records count as made, `new_uuid` gives the 16 bytes of the identifier of a new one.
    """

    connection: Connection
    now: datetime
    new_uuid: Callable[[], bytes] = new_uuid_bytes
    steps: list[Step] = field(default_factory=list)
    areas: set[Area] = field(default_factory=set)
    ids: dict[Area, set[int] | None] = field(default_factory=dict)
    _passing: list[str] = field(default_factory=list)

    def choose(self, ids: Iterable[int]) -> str:
        """Put ids into a temporary table that lasts as long as the command, and return its name."""
        return self.choose_where("SELECT value FROM json_each(?)", (_json(ids),))

    def choose_existing(self, table: Table, ids: Iterable[int]) -> str:
        """Like `choose`, with those of the ids only that the table has."""
        query = f"SELECT id FROM {table.name} WHERE id IN (SELECT value FROM json_each(?))"
        return self.choose_where(query, (_json(ids),))

    def choose_where(self, query: str, parameters: Sequence[Any] = ()) -> str:
        """Like `choose`, with the ids that a SELECT gives."""
        name = self._new_temporary("chosen")
        self.connection.exec_driver_sql(f"CREATE TEMP TABLE {name} (id INTEGER PRIMARY KEY)")
        driver(self.connection).execute(f"INSERT OR IGNORE INTO temp.{name} {query}", parameters)
        self._passing.append(name)
        return name

    def size(self, chosen: str) -> int:
        """Return how many rows are chosen."""
        return int(self.connection.exec_driver_sql(f"SELECT count(*) FROM temp.{chosen}").scalar_one())

    def next_id(self, table: Table) -> int:
        """Return the id that the next inserted row should get."""
        highest = self.connection.exec_driver_sql(f"SELECT max(id) FROM {table.name}").scalar()
        return (highest or 0) + 1

    def insert(self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> range:
        """Insert rows of driver-level values and return the ids they got, which are consecutive.

        Values are as SQLite stores them: ids as 16 bytes, instants as milliseconds, dates as ISO text.
        """
        first = self.next_id(table)
        marks = ", ".join("?" * (len(columns) + 1))
        statement = f"INSERT INTO {table.name} (id, {', '.join(columns)}) VALUES ({marks})"
        numbers = count(first)
        cursor = driver(self.connection).executemany(
            statement, ((id, *row) for id, row in zip(numbers, rows, strict=False))
        )
        added = max(cursor.rowcount, 0)
        ids = range(first, first + added)
        if added:
            self._inserted(table.name, f"SELECT id FROM {table.name} WHERE id BETWEEN {ids[0]} AND {ids[-1]}")
        return ids

    def insert_one(self, table: Table, values: Mapping[str, Any]) -> int:
        """Insert one row of driver-level values and return its id."""
        return self.insert(table, list(values), [tuple(values.values())])[0]

    def update(self, table: Table, chosen: str, values: Mapping[str, Any]) -> None:
        """Set columns of the chosen rows to driver-level values."""
        columns = tuple(values)
        self._image(table.name, chosen, columns)
        assignments = ", ".join(f"{column} = ?" for column in columns)
        driver(self.connection).execute(
            f"UPDATE {table.name} SET {assignments} WHERE id IN (SELECT id FROM temp.{chosen})",
            tuple(values.values()),
        )

    def update_each(self, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Set columns of rows, each to values of its own; a row is its id followed by the values."""
        chosen = self.choose(row[0] for row in rows)
        self._image(table.name, chosen, tuple(columns))
        assignments = ", ".join(f"{column} = ?" for column in columns)
        driver(self.connection).executemany(
            f"UPDATE {table.name} SET {assignments} WHERE id = ?", ((*row[1:], row[0]) for row in rows)
        )

    def delete(self, table: Table, chosen: str) -> int:
        """Remove the chosen rows and return how many there were. What hangs on them is to be removed before."""
        image = self._new_temporary("image")
        self.connection.exec_driver_sql(
            f"CREATE TEMP TABLE {image} AS SELECT * FROM {table.name} WHERE id IN (SELECT id FROM temp.{chosen})"
        )
        cursor = driver(self.connection).execute(
            f"DELETE FROM {table.name} WHERE id IN (SELECT id FROM temp.{image})"
        )
        self.steps.append(Deleted(table.name, image))
        self.areas.add(AREA_OF[table.name])
        return cursor.rowcount

    def put_setting(self, key: str, value: str) -> None:
        """Store a setting. Settings are not part of undo."""
        driver(self.connection).execute(
            "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, value)
        )
        self.areas.add(Area.SETTINGS)

    def touch(self, area: Area, ids: Collection[int] | None) -> None:
        """Say which records of an area the command is about; None, like very many of them, stands for any."""
        self.areas.add(area)
        known = self.ids.setdefault(area, set())
        if ids is None or known is None or len(ids) + len(known) > MANY:
            self.ids[area] = None
        else:
            known.update(ids)

    def take_back(self, steps: Sequence[Step]) -> None:
        """Undo steps, the last first; what undoes that again is recorded like any other change."""
        for step in reversed(steps):
            if isinstance(step, Inserted):
                self._remove_again(step)
            elif isinstance(step, Deleted):
                self._bring_back(step)
            else:
                self._swap(step)

    def finish(self) -> None:
        """Drop the temporary tables that only the command itself needed."""
        for name in self._passing:
            self.connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{name}")
        self._passing.clear()

    def forget(self, tables: Iterable[str]) -> None:
        """Drop temporary tables that no undo will need again."""
        for name in tables:
            self.connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{name}")

    def _inserted(self, table: str, query: str) -> None:
        """Note inserted rows, in the step of an earlier insert where nothing but inserts came between.

        Inserts in a row are kept in the order of the references between their tables, whatever order they were
        made in: when they are taken back, a row must go before what it refers to, which would take it along.
        """
        self.areas.add(AREA_OF[table])
        first = len(self.steps)
        while first and isinstance(self.steps[first - 1], Inserted):
            first -= 1
            step = self.steps[first]
            if isinstance(step, Inserted) and step.table == table:
                self.connection.exec_driver_sql(f"INSERT INTO temp.{step.chosen} {query}")
                return
        chosen = self._new_temporary("added")
        self.connection.exec_driver_sql(f"CREATE TEMP TABLE {chosen} AS {query}")
        self.steps.append(Inserted(table, chosen))
        self.steps[first:] = sorted(self.steps[first:], key=lambda step: _RANKS[step.table])

    def _image(self, table: str, chosen: str, columns: tuple[str, ...]) -> None:
        image = self._new_temporary("image")
        self.connection.exec_driver_sql(
            f"CREATE TEMP TABLE {image} (id INTEGER PRIMARY KEY, {', '.join(columns)})"
        )
        self.connection.exec_driver_sql(
            f"INSERT INTO temp.{image} SELECT id, {', '.join(columns)} FROM {table}"
            f" WHERE id IN (SELECT id FROM temp.{chosen})"
        )
        self.steps.append(Updated(table, columns, image))
        self.areas.add(AREA_OF[table])

    def _remove_again(self, step: Inserted) -> None:
        image = self._new_temporary("image")
        self.connection.exec_driver_sql(
            f"CREATE TEMP TABLE {image} AS SELECT * FROM {step.table} WHERE id IN (SELECT id FROM temp.{step.chosen})"
        )
        self.connection.exec_driver_sql(
            f"DELETE FROM {step.table} WHERE id IN (SELECT id FROM temp.{step.chosen})"
        )
        self.steps.append(Deleted(step.table, image))
        self.areas.add(AREA_OF[step.table])

    def _bring_back(self, step: Deleted) -> None:
        self.connection.exec_driver_sql(f"INSERT INTO {step.table} SELECT * FROM temp.{step.image}")
        self._inserted(step.table, f"SELECT id FROM temp.{step.image}")

    def _swap(self, step: Updated) -> None:
        self._image(step.table, step.image, step.columns)
        columns = ", ".join(step.columns)
        # Not UPDATE … FROM: SQLite would walk through the whole table, however few of its rows are meant.
        self.connection.exec_driver_sql(
            f"UPDATE {step.table} SET ({columns}) ="
            f" (SELECT {columns} FROM temp.{step.image} AS former WHERE former.id = {step.table}.id)"
            f" WHERE id IN (SELECT id FROM temp.{step.image})"
        )

    @staticmethod
    def _new_temporary(purpose: str) -> str:
        return f"{purpose}_{next(_numbers)}"


def _json(ids: Iterable[int]) -> str:
    """Return ids as one parameter of a statement, which is three times as quick as one a row."""
    return f"[{','.join(map(str, ids))}]"
