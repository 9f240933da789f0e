"""What is worked out from other columns, brought up to date at the end of every transaction.

That is `refunded` and `covered_until` of a purchase, the search index, and what is owed of a debt. Done here, once,
it holds for every command, its undo and its redo alike.
"""

from collections.abc import Collection, Iterator, Sequence

from app.storage.tables import attachments, purchases
from app.storage.write import Deleted, Inserted, Step, Updated, Write

LIFETIME_UNTIL = "9999-12-31"
"""What `covered_until` says of a purchase with a cover that never ends."""

_SEARCHED = frozenset({"name", "notes", "serial_number", "order_number", "retailer_id", "brand_id"})
_READ_OF_RECEIPTS = frozenset({"kind", "file_id"})
_FIELDS = """
    p.name || char(10) || coalesce(r.name, '') || char(10) || coalesce(b.name, '') || char(10)
    || p.notes || char(10) || p.serial_number || char(10) || p.order_number
"""
_RECEIPTS = """
    coalesce((SELECT char(10) || group_concat(text, char(10)) FROM (
        SELECT f.text FROM attachments AS a JOIN files AS f ON f.id = a.file_id
        WHERE a.purchase_id = p.id AND a.kind = 'RECEIPT' AND f.text <> '' ORDER BY a.id
    )), '')
"""
SEARCH_TEXT = f"fold({_FIELDS} || {_RECEIPTS})"
"""What the search finds a purchase by; its receipts are also those on its warranties and their claims."""
_TEXT_WITHOUT_RECEIPTS = f"fold({_FIELDS})"

_REFUNDED = "(SELECT coalesce(sum(amount), 0) FROM refunds WHERE purchase_id = p.id)"
_COVERED_UNTIL = f"""
    (SELECT max(coalesce(ends_on, '{LIFETIME_UNTIL}')) FROM covers WHERE purchase_id = p.id AND NOT voided)
"""


def refresh(write: Write, steps: Sequence[Step]) -> None:
    """Bring derived columns and the search index up to date with the steps of this transaction."""
    _refresh_sums(write, list(_owners(steps, ("refunds", "covers"), "purchase_id")))
    _refresh_balances(write, list(_owners(steps, ("balance_entries",), "debt_id")))
    _refresh_search(write, steps)


def _owners(steps: Sequence[Step], tables: Collection[str], key: str) -> Iterator[str]:
    """Give SELECTs of the records whose parts, the rows of some tables, changed."""
    for step in steps:
        if step.table not in tables:
            continue
        if isinstance(step, Deleted):
            yield f"SELECT {key} FROM temp.{step.image}"
        else:
            rows = step.chosen if isinstance(step, Inserted) else step.image
            yield f"SELECT {key} FROM {step.table} WHERE id IN (SELECT id FROM temp.{rows})"


def rebuild_sums(write: Write) -> None:
    """Work out `refunded` and `covered_until` of every purchase again."""
    _refresh_sums(write, ["SELECT id FROM purchases"])


def rebuild_balances(write: Write) -> None:
    """Work out what is owed of every debt again."""
    _refresh_balances(write, ["SELECT id FROM debts"])


def rebuild_search(write: Write) -> None:
    """Build the search index of all purchases again."""
    write.connection.exec_driver_sql("DELETE FROM purchase_search")
    _index(write, "SELECT id FROM purchases", SEARCH_TEXT)


def _refresh_sums(write: Write, queries: Sequence[str]) -> None:
    if not queries:
        return
    chosen = write.choose_where(" UNION ".join(queries))
    # Rows that are right already are only read: an import sets both columns itself.
    wrong = write.choose_where(
        f"SELECT p.id FROM temp.{chosen} AS c CROSS JOIN purchases AS p ON p.id = c.id"
        f" WHERE p.refunded <> {_REFUNDED} OR p.covered_until IS NOT {_COVERED_UNTIL}"
    )
    write.connection.exec_driver_sql(
        f"UPDATE purchases AS p SET refunded = {_REFUNDED}, covered_until = {_COVERED_UNTIL}"
        f" WHERE id IN (SELECT id FROM temp.{wrong})"
    )


# The first entry after the last that was not 0, and that only if there is one: a debt can come back.
_LAST_OWED = """
    (SELECT recorded_on, id FROM balance_entries WHERE debt_id = d.id AND balance > 0
     ORDER BY recorded_on DESC, id DESC LIMIT 1)
"""
PAID_OFF_ON = f"""
    (SELECT min(recorded_on) FROM balance_entries WHERE debt_id = d.id
     AND (NOT EXISTS {_LAST_OWED} OR (recorded_on, id) > {_LAST_OWED}))
"""
LAST_ENTRY = "FROM balance_entries WHERE debt_id = d.id ORDER BY recorded_on DESC, id DESC LIMIT 1"
BALANCE = f"coalesce((SELECT balance {LAST_ENTRY}), 0)"
BALANCE_ON = f"(SELECT recorded_on {LAST_ENTRY})"


def _refresh_balances(write: Write, queries: Sequence[str]) -> None:
    if not queries:
        return
    chosen = write.choose_where(" UNION ".join(queries))
    write.connection.exec_driver_sql(
        f"UPDATE debts AS d SET balance = {BALANCE}, balance_on = {BALANCE_ON}, paid_off_on = {PAID_OFF_ON}"
        f" WHERE id IN (SELECT id FROM temp.{chosen})"
    )


def _refresh_search(write: Write, steps: Sequence[Step]) -> None:
    gone, fresh, changed = [], [], list(_with_other_receipts(steps))
    for step in steps:
        if step.table == purchases.name:
            if isinstance(step, Inserted):
                fresh.append(f"SELECT id FROM temp.{step.chosen}")
            elif isinstance(step, Deleted):
                gone.append(f"SELECT id FROM temp.{step.image}")
            elif _SEARCHED.intersection(step.columns):
                changed.append(f"SELECT id FROM temp.{step.image}")
        elif isinstance(step, Updated) and step.table in ("retailers", "brands") and "name" in step.columns:
            key = "retailer_id" if step.table == "retailers" else "brand_id"
            changed.append(f"SELECT id FROM purchases WHERE {key} IN (SELECT id FROM temp.{step.image})")
    if gone or changed:
        chosen = write.choose_where(" UNION ".join(gone + changed))
        write.connection.exec_driver_sql(
            f"DELETE FROM purchase_search WHERE rowid IN (SELECT id FROM temp.{chosen})"
        )
    if changed:
        _index(write, " UNION ".join(fresh + changed), SEARCH_TEXT)
    elif fresh:
        # No step is about attachments: fresh purchases have none, and a hundred thousand need not be asked for them.
        _index(write, " UNION ".join(fresh), _TEXT_WITHOUT_RECEIPTS)


def _with_other_receipts(steps: Sequence[Step]) -> Iterator[str]:
    """Give SELECTs of the purchases that other receipts hang on now."""
    for step in steps:
        if step.table != attachments.name:
            continue
        if isinstance(step, Inserted):
            rows = f"attachments WHERE id IN (SELECT id FROM temp.{step.chosen})"
        elif isinstance(step, Deleted):
            rows = f"temp.{step.image} WHERE true"
        elif _READ_OF_RECEIPTS.isdisjoint(step.columns):
            continue
        else:
            rows = f"attachments WHERE id IN (SELECT id FROM temp.{step.image})"
        yield f"SELECT purchase_id FROM {rows} AND purchase_id IS NOT NULL"


def _index(write: Write, query: str, text: str) -> None:
    """Add the purchases that a SELECT of ids gives to the search index."""
    chosen = write.choose_where(query)
    write.connection.exec_driver_sql(
        f"""
        INSERT INTO purchase_search (rowid, text)
        SELECT p.id, {text}
        FROM temp.{chosen} AS c JOIN purchases AS p ON p.id = c.id
        LEFT JOIN retailers AS r ON r.id = p.retailer_id LEFT JOIN brands AS b ON b.id = p.brand_id
        """
    )
