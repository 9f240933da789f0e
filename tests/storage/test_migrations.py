"""The revisions make the tables that the program uses, and an older ledger is brought up whole or not at all."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from app.domain.profile import Profile
from app.domain.purchases import PurchaseFilter, SortBy
from app.services import debts, purchases
from app.services.ledger import create_ledger, open_ledger
from app.storage import migrate as migrating
from app.storage.database import APPLICATION_ID, DATABASE_NAME, SCHEMA_VERSION, Database
from app.storage.migrate import migrate
from app.storage.tables import metadata
from tests.helpers.old_ledgers import make_first_schema


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger from before the first revision."""
    path = tmp_path / DATABASE_NAME
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    return path


def ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith("purchase_search")


def references(connection: Connection) -> set[tuple[str, ...]]:
    """Every reference of the stored tables: table, column, the table referred to, what happens on a delete."""
    return {
        (table, row[3], row[2], row[6])
        for table in metadata.tables
        for row in connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})")
    }


def wanted_references() -> set[tuple[str, ...]]:
    return {
        (table.name, key.parent.name, key.column.table.name, key.ondelete or "NO ACTION")
        for table in metadata.tables.values()
        for key in table.foreign_keys
    }


def differs(*given: Any) -> bool:
    _, _, _, stored, _, wanted = given
    return (stored or "").strip("(')") != (wanted or "").strip("(')")


def test_the_revisions_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    create_ledger(tmp_path / "ledger", Profile())
    database = Database(tmp_path / "ledger" / DATABASE_NAME)
    try:
        with database.reading() as connection:
            context = MigrationContext.configure(
                connection,
                opts={"include_name": ours, "compare_type": True, "compare_server_default": differs},
            )
            # What happens on a delete is compared by itself: the comparison cannot see it in added columns.
            found = [
                change for change in compare_metadata(context, metadata) if not str(change[0]).endswith("_fk")
            ]
            assert found == []
            assert references(connection) == wanted_references()
    finally:
        database.close()


def test_there_is_one_line_of_revisions_and_the_version_counts_them() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions == [f"{number:04}" for number in range(SCHEMA_VERSION, 0, -1)]


def test_an_older_ledger_is_copied_and_brought_up(old: Path) -> None:
    database = Database(old)
    try:
        copy = migrate(database)
        assert copy is not None
        with closing(sqlite3.connect(copy)) as copied:
            assert copied.execute("PRAGMA user_version").fetchone() == (0,)
            assert copied.execute("SELECT name FROM sqlite_master").fetchall() == []
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert database.schema_version == SCHEMA_VERSION
        assert migrate(database) is None
        with database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA_VERSION
            assert connection.exec_driver_sql("SELECT count(*) FROM purchases").scalar_one() == 0
    finally:
        database.close()


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """A ledger as the first schema had it, with a purchase."""
    make_first_schema(tmp_path / "old", 1)
    return tmp_path / "old"


@pytest.mark.parametrize("read_only", [False, True])
def test_a_ledger_of_the_first_schema_keeps_what_it_had(first_schema: Path, read_only: bool) -> None:
    ledger = open_ledger(first_schema, read_only=read_only)
    try:
        (id,) = purchases.ids(ledger, PurchaseFilter(), SortBy())
        kept = purchases.get(ledger, id)
        assert kept is not None
        assert (kept.name, kept.price, ledger.profile.name) == ("Kettle 0", 4900, "Robin")
        assert debts.all_debts(ledger) == []
    finally:
        ledger.close()


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_up: Callable[[Connection], None] = migrating.bring_up

    def fail(connection: Connection) -> None:
        bring_up(connection)
        raise ZeroDivisionError

    monkeypatch.setattr(migrating, "bring_up", fail)
    database = Database(old)
    try:
        with pytest.raises(ZeroDivisionError):
            migrate(database)
        with database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == 0
            assert connection.exec_driver_sql("SELECT name FROM sqlite_master").all() == []
    finally:
        database.close()


def test_opening_a_ledger_that_is_up_to_date_does_not_touch_it(tmp_path: Path) -> None:
    create_ledger(tmp_path, Profile())
    before = (tmp_path / DATABASE_NAME).read_bytes()
    open_ledger(tmp_path).close()
    assert (tmp_path / DATABASE_NAME).read_bytes() == before
