"""What is snoozed: the day until which nothing is told of something that is due, by its identity."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from app.storage.database import driver
from app.storage.tables import snoozes
from app.storage.write import Write


def read(connection: Connection) -> dict[UUID, date]:
    """Return every snooze, those that are over included."""
    found = connection.execute(select(snoozes.c.identity, snoozes.c.until))
    return {row.identity: row.until for row in found}


def put(write: Write, identities: Collection[UUID], until: date) -> None:
    """Snooze until a day, in place of an earlier snooze."""
    day, keys = until.isoformat(), list(dict.fromkeys(identity.bytes for identity in identities))
    present = _present(write, keys)
    if present:
        write.update(snoozes, write.choose(present.values()), {"until": day})
    new = [key for key in keys if key not in present]
    if new:
        write.insert(snoozes, ("identity", "until"), [(key, day) for key in new])


def remove(write: Write, identities: Collection[UUID]) -> int:
    """End snoozes, and return how many there were."""
    present = _present(write, [identity.bytes for identity in identities])
    return write.delete(snoozes, write.choose(present.values())) if present else 0


def _present(write: Write, keys: Collection[bytes]) -> dict[bytes, int]:
    """Return the ids of the rows that there are, by the bytes of what they snooze."""
    found = driver(write.connection).execute("SELECT identity, id FROM snoozes")
    wanted = frozenset(keys)
    return {bytes(identity): id for identity, id in found if bytes(identity) in wanted}
