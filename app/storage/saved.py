"""Named JSON documents: saved filters of a page, saved mappings of an import."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from app.domain.text import clean, name_key
from app.storage.write import Write


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved document with its name."""

    id: int
    name: str
    definition: dict[str, Any]


def listing(connection: Connection, table: Table, scope: str) -> list[Saved]:
    """Return what is saved in a scope (a page, a kind of import) in the order of the names."""
    query = (
        select(table.c.id, table.c.name, table.c.definition)
        .where(_scope(table) == scope)
        .order_by(table.c.name_key)
    )
    return [Saved(id, name, json.loads(definition)) for id, name, definition in connection.execute(query)]


def save(write: Write, table: Table, scope: str, name: str, definition: dict[str, Any]) -> int:
    """Save a document under a name, in place of one that has the name already. Returns its id."""
    text = json.dumps(definition, ensure_ascii=False)
    key = name_key(name)
    query = select(table.c.id).where(_scope(table) == scope, table.c.name_key == key)
    present = write.connection.execute(query).scalar()
    if present is not None:
        write.update(table, write.choose([present]), {"name": clean(name), "definition": text})
        return int(present)
    values = {
        "uuid": write.new_uuid(),
        _scope(table).name: scope,
        "name": clean(name),
        "name_key": key,
        "definition": text,
    }
    return write.insert_one(table, values)


def delete(write: Write, table: Table, id: int) -> None:
    """Remove a saved document."""
    write.delete(table, write.choose([id]))


def _scope(table: Table) -> Any:
    return table.c.page if "page" in table.c else table.c.kind
