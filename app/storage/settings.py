"""Settings of one ledger: JSON values under keys. Window state and choices, never part of undo."""

import json
from typing import Any

from sqlalchemy import Connection, select

from app.storage.tables import settings
from app.storage.write import Write


def read_all(connection: Connection) -> dict[str, Any]:
    """Return every setting by its key."""
    return {
        key: json.loads(value) for key, value in connection.execute(select(settings.c.key, settings.c.value))
    }


def read(connection: Connection, key: str) -> Any:
    """Return one setting, None where it was never stored."""
    value = connection.execute(select(settings.c.value).where(settings.c.key == key)).scalar()
    return None if value is None else json.loads(value)


def put(write: Write, key: str, value: Any) -> None:
    """Store one setting; the value is anything that JSON can hold."""
    write.put_setting(key, json.dumps(value, ensure_ascii=False))
