"""Compares `uploads/` with what the database says of it: missing, altered and unknown files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection

from app.domain.attachments import FileState
from app.storage.attachments.store import AttachmentStore, Found, Item, is_sha256
from app.storage.attachments.writing import mark
from app.storage.errors import EnvironmentProblem
from app.storage.findings import Finding
from app.storage.tables import files
from app.storage.write import Write

Told = Callable[[int, int], None]
"""Hears how many bytes of how many were read; may raise to stop the work."""


@dataclass(frozen=True, slots=True)
class AttachedContent:
    """A content that records refer to: how it is stored, as what it is marked, and in words where it hangs."""

    sha256: str
    size: int
    state: FileState
    where: str


@dataclass(frozen=True, slots=True)
class FileTrouble:
    """What repairs a finding: the state to be noted of contents, and what is removed from the folder."""

    states: tuple[tuple[str, FileState], ...] = ()
    removed: tuple[Item, ...] = ()


_ATTACHED = """
    SELECT f.sha256, f.size, f.state, a.name, p.name AS purchase, d.name AS debt, a.claim_id, a.cover_id,
           (SELECT count(*) FROM attachments WHERE file_id = f.id) AS links
    FROM files AS f
    JOIN attachments AS a ON a.id = (SELECT min(id) FROM attachments WHERE file_id = f.id)
    LEFT JOIN purchases AS p ON p.id = a.purchase_id LEFT JOIN debts AS d ON d.id = a.debt_id
    ORDER BY f.id
"""
_MISSING = "is not there any more"
_ALTERED = "has been altered: its bytes are not those that were attached"
_MARK = "Mark it as unavailable; attach it again, or restore it from a backup."
_MARKED = "It is marked as unavailable; attach it again, restore it from a backup, or remove it."


def attached(connection: Connection) -> list[AttachedContent]:
    """Return what records refer to, in the order it was added."""
    return [_content(row) for row in connection.exec_driver_sql(_ATTACHED)]


def known(connection: Connection) -> frozenset[str]:
    """Return every content that the database knows, whether or not a record refers to it."""
    return frozenset(connection.exec_driver_sql(f"SELECT sha256 FROM {files.name}").scalars())


def verify(contents: Sequence[AttachedContent], store: AttachmentStore, told: Told) -> Iterator[Finding]:
    """Give what is wrong with contents, reading all their bytes. Raises what `told` raises."""
    if contents and not store.folder.is_dir():
        yield _lost(contents)
        return
    total = sum(one.size for one in contents)
    done = 0
    for one in contents:
        told(done, total)
        yield from _verify_one(one, store, partial(_told, told, done, total))
        done += one.size
    told(total, total)


def strangers(store: AttachmentStore, unknown: Callable[[list[str]], frozenset[str]]) -> Iterator[Finding]:
    """Give what stands in the folder and does not belong there; `unknown` picks what the database has not."""
    try:
        items = list(store.walk()) if store.folder.is_dir() else []
    except EnvironmentProblem as problem:
        yield Finding(f"The folder of attached files cannot be read: {problem}", store.folder.name, _RESTORE)
        return
    orphaned = unknown([item.sha256 for item in items if item.found is Found.CONTENT])
    for item in items:
        where = f"{store.folder.name}/{item.path}"
        if item.found is Found.CONTENT and item.sha256 in orphaned:
            yield Finding(
                "No record refers to this file.",
                where,
                "Remove it.",
                mendable=True,
                mends=FileTrouble(removed=(item,)),
            )
        elif item.found is Found.UNFINISHED:
            yield Finding(
                "This copy of a file was never finished.",
                where,
                "Remove it.",
                mendable=True,
                mends=FileTrouble(removed=(item,)),
            )
        elif item.found is Found.FOREIGN:
            yield Finding("This is none of the ledger's files.", where, "Move it to another folder.")


def repair(write: Write, store: AttachmentStore, found: Sequence[Finding]) -> None:
    """Note the states that were found, and remove files that still no record refers to."""
    troubles = [finding.mends for finding in found if isinstance(finding.mends, FileTrouble)]
    states = {sha256: state for trouble in troubles for sha256, state in trouble.states}
    if states:
        mark(write, states)
    kept = known(write.connection) | store.taken()
    for trouble in troubles:
        for item in trouble.removed:
            if item.sha256 not in kept:
                store.remove(item)


_RESTORE = "Check the disk, and restore the files from a backup."


def _told(told: Told, before: int, total: int, more: int) -> None:
    told(before + more, total)


def _verify_one(
    one: AttachedContent, store: AttachmentStore, told: Callable[[int], None]
) -> Iterator[Finding]:
    if not is_sha256(one.sha256):
        yield Finding(f"{one.where} has no proper SHA-256.", "files", _RESTORE)
        return
    where = store.place(one.sha256).relative_to(store.folder.parent).as_posix()
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        told(done)

    try:
        state = store.verify(one.sha256, one.size, count)
    except EnvironmentProblem as problem:
        yield Finding(f"{one.where} cannot be read: {problem}", where, _RESTORE)
        return
    if state is not FileState.AVAILABLE:
        what = f"{one.where} {_MISSING if state is FileState.MISSING else _altered(one, store)}."
        new = state is not one.state
        mends = FileTrouble(((one.sha256, state),)) if new else None
        yield Finding(what, where, _MARK if new else _MARKED, mendable=new, mends=mends)
    elif one.state is not FileState.AVAILABLE:
        yield Finding(
            f"{one.where} is marked as unavailable, and is there again.",
            where,
            "Mark it as available.",
            mendable=True,
            mends=FileTrouble(((one.sha256, state),)),
        )


def _altered(one: AttachedContent, store: AttachmentStore) -> str:
    try:
        size = store.place(one.sha256).stat().st_size
    except OSError:
        return _ALTERED
    return (
        _ALTERED if size == one.size else f"has been altered: it has {size:,} bytes instead of {one.size:,}"
    )


def _lost(contents: Sequence[AttachedContent]) -> Finding:
    new = any(one.state is not FileState.MISSING for one in contents)
    number = len(contents)
    return Finding(
        f"The folder of attached files is not there any more, and with it {number:,} attached"
        f" {'file' if number == 1 else 'files'}, such as {contents[0].where[0].lower()}{contents[0].where[1:]}.",
        "uploads",
        "Mark them as unavailable, or restore the folder from a backup."
        if new
        else "They are marked as unavailable; restore the folder from a backup.",
        mendable=new,
        mends=FileTrouble(tuple((one.sha256, FileState.MISSING) for one in contents)) if new else None,
    )


def _content(row: Any) -> AttachedContent:
    part = "a claim on " if row.claim_id else "a warranty of " if row.cover_id else ""
    owner = f"the debt “{row.debt}”" if row.debt is not None else f"{part}the purchase “{row.purchase}”"
    more = f" and {row.links - 1:,} more" if row.links > 1 else ""
    known_states = {one.value for one in FileState}
    return AttachedContent(
        str(row.sha256),
        row.size if isinstance(row.size, int) else 0,
        FileState(row.state) if row.state in known_states else FileState.ALTERED,
        f"The file “{row.name}” on {owner}{more}",
    )
