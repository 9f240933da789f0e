"""Ledgers as earlier versions of the program wrote them."""

import sqlite3
import tempfile
from pathlib import Path

from app.domain.profile import Profile
from app.services.ledger import create_ledger
from app.storage import migrations
from app.storage.database import APPLICATION_ID, DATABASE_NAME, Database


def make_first_schema(folder: Path, purchases: int) -> None:
    """Make a ledger of the first schema, with so many purchases called Kettle 0, Kettle 1 and so on."""
    from alembic import command
    from alembic.config import Config

    folder.mkdir()
    path = folder / DATABASE_NAME
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    config = Config()
    (scripts,) = migrations.__path__
    config.set_main_option("script_location", scripts)
    config.set_main_option("path_separator", "os")
    with tempfile.TemporaryDirectory() as scratch:
        create_ledger(Path(scratch) / "new", Profile(name="Robin"))
        database = Database(path)
        with database.writing() as writer:
            config.attributes["connection"] = writer
            command.upgrade(config, "0001")
            writer.exec_driver_sql("PRAGMA user_version = 1")
            writer.exec_driver_sql("ATTACH ? AS new", (str(Path(scratch) / "new" / DATABASE_NAME),))
            writer.exec_driver_sql("INSERT INTO profile SELECT * FROM new.profile")
            writer.exec_driver_sql(
                "INSERT INTO purchases (uuid, name, name_fold, price, currency, quantity, status, purchased_on,"
                " order_number, model_number, serial_number, paid_with, kept_at, notes, source, created_at,"
                " updated_at) VALUES (?, ?, ?, 4900, 'EUR', 1, 'RECEIVED', '2026-03-14',"
                " '', '', '', '', '', '', '', 0, 0)",
                [
                    (number.to_bytes(16, "big"), f"Kettle {number}", f"kettle {number}")
                    for number in range(purchases)
                ],
            )
            writer.exec_driver_sql(
                "INSERT INTO purchase_search (rowid, text) SELECT id, name_fold FROM purchases"
            )
        database.close()
