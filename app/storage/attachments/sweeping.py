"""Frees the bytes of files that no record refers to, when no undo can bring a reference back.

That is so while a ledger is being opened or closed. Bytes that the database does not know at all are left alone here:
after an older database was put back they may be the only copy of what somebody still wants.
"""

import logging

from app.storage.attachments import reading
from app.storage.attachments.store import AttachmentStore, is_sha256
from app.storage.database import Database, driver
from app.storage.errors import EnvironmentProblem

_log = logging.getLogger(__name__)


def sweep(database: Database, store: AttachmentStore) -> list[str]:
    """Remove contents that nothing refers to, and copies that were never finished; return the SHA-256 of the former.

    The bytes go first: a crash in between leaves a row that the next sweep finds. Raises `EnvironmentProblem`.
    """
    store.remove_unfinished()
    gone: list[str] = []
    with database.reading() as connection:
        unused = reading.unused(connection)
    if unused:
        with database.writing() as connection:
            rows = [row for row in reading.unused(connection) if _deleted(store, row[1])]
            driver(connection).executemany("DELETE FROM files WHERE id = ?", [(id,) for id, _ in rows])
            gone += [sha256 for _, sha256 in rows]
    new = store.new()
    if new:
        with database.reading() as connection:
            unknown = [sha256 for sha256 in sorted(new) if reading.file_id(connection, sha256) is None]
        gone += [sha256 for sha256 in unknown if _deleted(store, sha256)]
    return gone


def _deleted(store: AttachmentStore, sha256: str) -> bool:
    if not is_sha256(sha256):
        return False
    try:
        store.delete(sha256)
    except EnvironmentProblem as problem:
        _log.warning("a file that nothing refers to could not be removed: %s", type(problem).__name__)
        return False
    return True
