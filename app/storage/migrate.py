"""Bring a database up to the present schema: alembic, run in the process and inside one transaction."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection

from app.storage.database import SCHEMA_VERSION, Database, driver
from app.storage.errors import database_problems, file_problems

_SCRIPTS = Path(__file__).with_name("migrations")


def migrate(database: Database) -> Path | None:
    """Bring an older database up to date, after copying it. Returns the copy, or None when nothing was to do.

    Raises `EnvironmentProblem`; the database is then as it was.
    """
    if database.schema_version >= SCHEMA_VERSION:
        return None
    copy = database.path.with_name(f"{database.path.name}.before-schema-{SCHEMA_VERSION}")
    _copy(database, copy)
    with database.writing() as connection:
        bring_up(connection)
    database.schema_version = SCHEMA_VERSION
    return copy


def bring_up(connection: Connection) -> None:
    """Run the revisions that the database lacks, in the transaction that is open, and note the new version."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")


def _copy(database: Database, target: Path) -> None:
    beside = target.with_name(f".{target.name}.part")
    with file_problems(target), database_problems(target), database.reading() as connection:
        beside.unlink(missing_ok=True)
        beside.touch(mode=0o600)
        copy = sqlite3.connect(beside)
        try:
            driver(connection).backup(copy, pages=-1)
        finally:
            copy.close()
        beside.replace(target)
