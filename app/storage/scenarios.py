"""Scenarios in the database: every version a row, its definition a JSON document."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from app.domain.dates import to_milliseconds
from app.domain.debts.exchange import scenario_from_json, scenario_to_json
from app.domain.debts.scenario import Scenario
from app.domain.problems import Refused
from app.domain.text import name_key
from app.storage.errors import Unreadable
from app.storage.tables import scenarios
from app.storage.write import Area, Write


def newest(connection: Connection) -> list[Scenario]:
    """Return the newest version of every scenario, by name."""
    latest = select(scenarios.c.series, func.max(scenarios.c.version).label("version"))
    versions = latest.group_by(scenarios.c.series).subquery("latest")
    query = (
        select(scenarios)
        .join(
            versions,
            (versions.c.series == scenarios.c.series) & (versions.c.version == scenarios.c.version),
        )
        .order_by(scenarios.c.name_key, scenarios.c.id)
    )
    return list(_scenarios(connection, query))


def every(connection: Connection) -> Iterator[Scenario]:
    """Give all versions of all scenarios, by name and version."""
    return _scenarios(
        connection, select(scenarios).order_by(scenarios.c.name_key, scenarios.c.version, scenarios.c.id)
    )


def versions(connection: Connection, id: int) -> list[Scenario]:
    """Return all versions of the scenario that a row belongs to, the newest first."""
    series = select(scenarios.c.series).where(scenarios.c.id == id).scalar_subquery()
    query = select(scenarios).where(scenarios.c.series == series).order_by(scenarios.c.version.desc())
    return list(_scenarios(connection, query))


def get(connection: Connection, id: int) -> Scenario | None:
    """Return one version of a scenario, or None when it is gone."""
    return next(_scenarios(connection, select(scenarios).where(scenarios.c.id == id)), None)


def in_use(connection: Connection, currency: str) -> Scenario | None:
    """Return the scenario that is followed for a currency, or None."""
    query = select(scenarios).where(scenarios.c.currency == currency, scenarios.c.in_use_since.is_not(None))
    return next(_scenarios(connection, query.order_by(scenarios.c.in_use_since.desc())), None)


def count(connection: Connection) -> int:
    """Return how many scenarios there are, whatever their versions."""
    return int(connection.execute(select(func.count(func.distinct(scenarios.c.series)))).scalar_one())


def is_name_taken(connection: Connection, name: str, series: bytes | None) -> bool:
    """Tell whether another scenario has a name."""
    query = "SELECT count(*) FROM scenarios WHERE name_key = ? AND series IS NOT ?"
    return bool(connection.exec_driver_sql(query, (name_key(name), series)).scalar_one())


def insert(write: Write, batch: Iterable[Scenario]) -> list[int]:
    """Add versions of scenarios and return their ids; one without a series begins one."""
    added = [write.insert_one(scenarios, _values(write, scenario)) for scenario in batch]
    write.touch(Area.SCENARIOS, added)
    return added


def replace_one(write: Write, scenario: Scenario) -> None:
    """Store a version that is there already (by `id`) as it is given; its snapshot and place in the series stay."""
    values = _values(write, scenario)
    for fixed in ("uuid", "series", "version", "created_at", "name", "name_key"):
        del values[fixed]
    values["updated_at"] = to_milliseconds(write.now)
    write.update(scenarios, write.choose([scenario.id]), values)
    write.touch(Area.SCENARIOS, [scenario.id])


def rename(write: Write, id: int, name: str) -> None:
    """Give all versions of a scenario another name."""
    values = {"name": name, "name_key": name_key(name)}
    write.update(scenarios, _series_of(write, [id]), values)
    write.touch(Area.SCENARIOS, None)


def put_in_use(write: Write, id: int, on: date | None) -> None:
    """Follow a version from a day on, and no other of its currency; None stops following it."""
    if on is not None:
        others = write.choose_where(
            "SELECT id FROM scenarios WHERE in_use_since IS NOT NULL"
            " AND currency = (SELECT currency FROM scenarios WHERE id = ?)",
            (id,),
        )
        write.update(scenarios, others, {"in_use_since": None})
    day = None if on is None else on.isoformat()
    write.update(scenarios, write.choose([id]), {"in_use_since": day})
    write.touch(Area.SCENARIOS, None)


def delete(write: Write, ids: Iterable[int]) -> int:
    """Remove scenarios with all their versions, and return how many rows there were."""
    write.touch(Area.SCENARIOS, None)
    return write.delete(scenarios, _series_of(write, ids))


def _series_of(write: Write, ids: Iterable[int]) -> str:
    chosen = write.choose(ids)
    return write.choose_where(
        "SELECT id FROM scenarios WHERE series IN"
        f" (SELECT series FROM scenarios WHERE id IN (SELECT id FROM temp.{chosen}))"
    )


def _values(write: Write, scenario: Scenario) -> dict[str, Any]:
    now = to_milliseconds(write.now)
    return {
        "uuid": scenario.uuid.bytes if scenario.uuid else write.new_uuid(),
        "series": scenario.series.bytes if scenario.series else write.new_uuid(),
        "version": scenario.version,
        "name": scenario.name,
        "name_key": name_key(scenario.name),
        "currency": scenario.currency,
        "in_use_since": scenario.in_use_since.isoformat() if scenario.in_use_since else None,
        "definition": json.dumps(scenario_to_json(scenario), ensure_ascii=False),
        "created_at": to_milliseconds(scenario.created_at) if scenario.created_at else now,
        "updated_at": to_milliseconds(scenario.updated_at) if scenario.updated_at else now,
    }


def _scenarios(connection: Connection, query: Select[Any]) -> Iterator[Scenario]:
    for row in connection.execute(query):
        yield _scenario(row)


def _scenario(row: Row[Any]) -> Scenario:
    try:
        stored = scenario_from_json(json.loads(row.definition))
    except (Refused, ValueError, RecursionError) as error:
        raise Unreadable(f"the scenario in row {row.id} cannot be read: {error}") from error
    return replace(
        stored,
        id=row.id,
        uuid=row.uuid,
        series=row.series,
        version=row.version,
        name=row.name,
        currency=row.currency,
        in_use_since=row.in_use_since,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
