"""Looks for damage in a ledger: the file, its references, and what was worked out from other columns."""

import re
from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from app.storage import scenarios
from app.storage.database import SCHEMA_VERSION, driver
from app.storage.debts import reading, writing
from app.storage.derived import (
    BALANCE,
    BALANCE_ON,
    LIFETIME_UNTIL,
    PAID_OFF_ON,
    rebuild_balances,
    rebuild_search,
    rebuild_sums,
)
from app.storage.errors import Unreadable
from app.storage.findings import Finding, Mend
from app.storage.tables import attachments, metadata
from app.storage.warranties import claims
from app.storage.write import Area, Write

_RESTORE = "Restore the newest good backup of this ledger."
_SALVAGE = "Restore the newest good backup of this ledger, or save the rows that can still be read."
_MESSAGES = 20
_OF_AN_INDEX = re.compile(
    r"(row \d+ missing from index|wrong # of entries in index|non-unique entry in index) "
)
_WRONG_SUMS = f"""
    SELECT count(*) FROM purchases AS p
    WHERE refunded <> (SELECT coalesce(sum(amount), 0) FROM refunds WHERE purchase_id = p.id)
       OR covered_until IS NOT (SELECT max(coalesce(ends_on, '{LIFETIME_UNTIL}')) FROM covers
                                WHERE purchase_id = p.id AND NOT voided)
"""
_WRONG_BALANCES = f"""
    SELECT count(*) FROM debts AS d
    WHERE balance <> {BALANCE} OR balance_on IS NOT {BALANCE_ON} OR paid_off_on IS NOT {PAID_OFF_ON}
"""
_DEBTS = "SELECT id FROM debts"
_UNSEARCHED = """
    SELECT (SELECT count(*) FROM purchases WHERE id NOT IN (SELECT rowid FROM purchase_search))
         + (SELECT count(*) FROM purchase_search WHERE rowid NOT IN (SELECT id FROM purchases))
"""

CHECKS: tuple[str, ...] = (
    "the database file",
    "references",
    "the schema",
    "totals",
    "the search index",
    "balances",
    "debts and scenarios",
)


RECORDS: tuple[tuple[str, Callable[[Connection, int], object]], ...] = (
    ("debts", reading.get),
    ("scenarios", scenarios.get),
    ("claims", claims.get),
)
"""The tables whose rows mean something only together with others, and what reads one of them."""


def findings(connection: Connection, told: Callable[[int, int, str], None]) -> Iterator[Finding]:
    """Give what is wrong, telling progress as (done, total, what is looked at)."""
    for number, (name, check) in enumerate(
        zip(CHECKS, (_integrity, _references, _schema, _sums, _search, _balances, _records), strict=True)
    ):
        told(number, len(CHECKS), name)
        yield from check(connection)
    told(len(CHECKS), len(CHECKS), "done")


def repair(write: Write) -> None:
    """Mend what can be worked out again: dangling references, totals, balances and the search index."""
    for table, rowid, _, key in write.connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        _mend_reference(write, table, rowid, key)
    rebuild_sums(write)
    rebuild_search(write)
    writing.follow(write, [row[0] for row in write.connection.exec_driver_sql(_DEBTS)])
    rebuild_balances(write)
    for area in (Area.PURCHASES, Area.WARRANTIES, Area.ATTACHMENTS, Area.DEBTS):
        write.touch(area, None)


def rebuild_indexes(write: Write) -> None:
    """Build every index again from its table."""
    write.connection.exec_driver_sql("REINDEX")


def _mend_reference(write: Write, table: str, rowid: int, key: int) -> None:
    """Empty a reference to what is not there, where the row means something without it, or else remove the row.

    `key` is the number of the reference in its table, as SQLite counts them.
    """
    raw = driver(write.connection)
    for number, _, _, column, _, _, on_delete, _ in raw.execute(
        f"PRAGMA foreign_key_list({table})"
    ).fetchall():
        if number != key:
            continue
        if on_delete == "SET NULL" or (
            table == attachments.name and _is_shown_elsewhere(write, rowid, column)
        ):
            raw.execute(f"UPDATE {table} SET {column} = NULL WHERE rowid = ?", (rowid,))
        else:
            raw.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))


def _is_shown_elsewhere(write: Write, rowid: int, column: str) -> bool:
    """Tell whether a file on a warranty or a claim that is gone still has the purchase that shows it."""
    query = """
        SELECT 1 FROM attachments JOIN purchases ON purchases.id = purchase_id WHERE attachments.id = ?
    """
    found = driver(write.connection).execute(query, (rowid,)).fetchone()
    return column in ("cover_id", "claim_id") and found is not None


def _integrity(connection: Connection) -> Iterator[Finding]:
    rows = connection.exec_driver_sql(f"PRAGMA integrity_check({_MESSAGES})")
    messages = [message for (message,) in rows if message != "ok"]
    if len(messages) < _MESSAGES and all(map(_OF_AN_INDEX.match, messages)):
        for message in messages:
            yield Finding(
                f"An index does not match its table: {message}.",
                "counterfoil.db",
                "Build the indexes again.",
                mendable=True,
                mends=Mend.INDEXES,
            )
        return
    for message in messages:
        yield damaged(f"The database file is damaged: {message}.")


def damaged(what: str) -> Finding:
    """Return the finding that the database file itself is damaged."""
    return Finding(what, "counterfoil.db", _SALVAGE, mends=Mend.SALVAGE)


def _references(connection: Connection) -> Iterator[Finding]:
    for table, rowid, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding(
            f"A row refers to something in {parent} that is not there.",
            f"{table}, row {rowid}",
            "Let go of the reference.",
            mendable=True,
        )


def _schema(connection: Connection) -> Iterator[Finding]:
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version != SCHEMA_VERSION:
        yield Finding(
            f"The ledger has schema {version}, this program works with {SCHEMA_VERSION}.",
            "counterfoil.db",
            "Open the ledger in the window or with a command that writes; that brings it up to date.",
        )
    wanted = {*metadata.tables, "purchase_search"}
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    for name in sorted(wanted - {row[0] for row in rows}):
        yield Finding(f"The table {name} is missing.", "counterfoil.db", _RESTORE)


def _sums(connection: Connection) -> Iterator[Finding]:
    wrong = connection.exec_driver_sql(_WRONG_SUMS).scalar_one()
    if wrong:
        yield Finding(
            f"Refund totals or warranty ends of {wrong:,} purchases do not match their refunds and warranties.",
            "purchases",
            "Work them out again.",
            mendable=True,
        )


def _search(connection: Connection) -> Iterator[Finding]:
    wrong = connection.exec_driver_sql(_UNSEARCHED).scalar_one()
    if wrong:
        yield Finding(
            f"The search index misses or wrongly has {wrong:,} purchases.",
            "purchase_search",
            "Build the index again.",
            mendable=True,
        )


def _balances(connection: Connection) -> Iterator[Finding]:
    parted = len(writing.out_of_chain(connection, _DEBTS))
    if parted:
        yield Finding(
            f"The balance after {parted:,} {'payment' if parted == 1 else 'payments'} is not the one before it "
            "less what was paid.",
            "balance_entries",
            "Work it out again.",
            mendable=True,
        )
    wrong = connection.exec_driver_sql(_WRONG_BALANCES).scalar_one()
    if wrong:
        yield Finding(
            f"What is owed on {wrong:,} {'debt' if wrong == 1 else 'debts'} does not match the balance entries.",
            "debts",
            "Work it out again.",
            mendable=True,
        )


def _records(connection: Connection) -> Iterator[Finding]:
    """Give the debts, scenarios and claims that no page or command could show."""
    for table, read in RECORDS:
        for (id,) in connection.exec_driver_sql(f"SELECT id FROM {table} ORDER BY id").fetchall():
            try:
                read(connection, id)
            except Unreadable as error:
                yield Finding(f"No page can show this row: {error}.", f"{table}, row {id}", _RESTORE)
