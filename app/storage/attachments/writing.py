"""Links between records and files, added, changed and removed. The rows of `files` themselves are outside of undo."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.attachments import AttachmentKind, FileState, Owner, OwnerKind, kind_of, safe_name
from app.domain.dates import to_milliseconds
from app.domain.problems import Refused
from app.domain.text import clean
from app.storage.database import driver
from app.storage.tables import attachments
from app.storage.write import Area, Write


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file whose bytes are in the store and that no record has yet.

    `path` is where it came from, `name` the name that its attachments get, `text` what a PDF says.
    """

    path: Path
    name: str
    sha256: str
    size: int
    media_type: str
    text: str = ""


Pair = tuple[Owner, NewFile]

_COLUMNS = ("uuid", "file_id", "purchase_id", "cover_id", "claim_id", "debt_id", "kind", "name", "added_at")
_OWNERS = {
    OwnerKind.PURCHASE: "SELECT id, NULL, NULL, NULL FROM purchases WHERE id = ?",
    OwnerKind.WARRANTY: "SELECT purchase_id, id, NULL, NULL FROM covers WHERE id = ?",
    OwnerKind.CLAIM: (
        "SELECT covers.purchase_id, NULL, claims.id, NULL FROM claims JOIN covers ON covers.id = cover_id"
        " WHERE claims.id = ?"
    ),
    OwnerKind.DEBT: "SELECT NULL, NULL, NULL, id FROM debts WHERE id = ?",
}
_WORDS = {
    OwnerKind.PURCHASE: "purchase",
    OwnerKind.WARRANTY: "warranty",
    OwnerKind.CLAIM: "claim",
    OwnerKind.DEBT: "debt",
}
_UNAVAILABLE = """
    SELECT attachments.id FROM files JOIN attachments ON file_id = files.id WHERE sha256 = ? AND state <> 'AVAILABLE'
"""
_TOLD = {0: Area.PURCHASES, 1: Area.WARRANTIES, 3: Area.DEBTS}
"""The areas of the records that show a file, by the place of their ids in a row of `_OWNERS`."""


def add(write: Write, pairs: Sequence[Pair], kind: AttachmentKind | None = None) -> list[int]:
    """Hang files on records and return the ids of the links; a file that a record has already is left out.

    Without a kind each is guessed from the file's name. Raises `Refused` when a record is gone, and when nothing was
    to do at all.
    """
    file_ids, healed = register(write, [file for _, file in pairs])
    owners = {owner: _columns_of(write, owner) for owner, _ in pairs}
    now = to_milliseconds(write.now)
    rows = []
    seen = set()
    for owner, file in pairs:
        link = (file_ids[file.sha256], *owners[owner])
        if link in seen or _is_there(write, link):
            continue
        seen.add(link)
        rows.append((write.new_uuid(), *link, str(kind or kind_of(file.name)), safe_name(file.name), now))
    added = list(write.insert(attachments, _COLUMNS, rows)) if rows else []
    if not added and not healed:
        raise Refused(_already(pairs))
    _touch(write, added, owners.values())
    return added


def register(write: Write, files: Iterable[NewFile]) -> tuple[dict[str, int], list[int]]:
    """Make sure that there is a row for each content, and return their ids by SHA-256.

    The second is the ids of attachments that were unavailable and have their bytes again.
    """
    wanted = {file.sha256: file for file in files}
    raw = driver(write.connection)
    healed = [id for sha256 in wanted for (id,) in raw.execute(_UNAVAILABLE, (sha256,))]
    raw.executemany(
        "INSERT INTO files (sha256, size, media_type, state, checked_at, text) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (sha256) DO UPDATE SET state = excluded.state, checked_at = excluded.checked_at"
        " WHERE state <> excluded.state",
        [
            (
                one.sha256,
                one.size,
                one.media_type,
                FileState.AVAILABLE.value,
                to_milliseconds(write.now),
                one.text,
            )
            for one in wanted.values()
        ],
    )
    if healed:
        write.touch(Area.ATTACHMENTS, healed)
    found = {}
    for sha256 in wanted:
        ((found[sha256],),) = raw.execute("SELECT id FROM files WHERE sha256 = ?", (sha256,))
    return found, healed


def change(write: Write, chosen: Iterable[int], values: Mapping[str, Any]) -> list[int]:
    """Set columns of attachments to driver-level values, and return the ids of those that are there."""
    there = write.choose_existing(attachments, chosen)
    ids = [id for (id,) in driver(write.connection).execute(f"SELECT id FROM temp.{there}")]
    if ids:
        write.update(attachments, there, values)
        _touch(write, ids, _columns_of_links(write, there))
    return ids


def replace(write: Write, id: int, file: NewFile) -> None:
    """Let an attachment be another file from now on, under that one's name. Raises `Refused`."""
    file_ids, _ = register(write, [file])
    values = {
        "file_id": file_ids[file.sha256],
        "name": safe_name(file.name),
        "added_at": to_milliseconds(write.now),
    }
    if not change(write, [id], values):
        raise Refused("This file was removed meanwhile; attach the new one to the record itself.")


def delete(write: Write, chosen: Iterable[int]) -> int:
    """Remove attachments and return how many there were. Their bytes stay as long as an undo can ask for them."""
    there = write.choose_existing(attachments, chosen)
    ids = [id for (id,) in driver(write.connection).execute(f"SELECT id FROM temp.{there}")]
    if not ids:
        return 0
    _touch(write, ids, _columns_of_links(write, there))
    return write.delete(attachments, there)


def delete_of(write: Write, column: str, chosen: str) -> int:
    """Remove the links of some owners (a temporary table of ids) and return how many there were.

    `column` says what the owners are: "purchase_id", "cover_id", "claim_id" or "debt_id".
    """
    links = write.choose_where(f"SELECT id FROM attachments WHERE {column} IN (SELECT id FROM temp.{chosen})")
    return write.delete(attachments, links) if write.size(links) else 0


def mark(write: Write, states: Mapping[str, FileState]) -> None:
    """Note what was found of contents, by SHA-256. Not part of undo: what the disk has is not taken back."""
    raw = driver(write.connection)
    now = to_milliseconds(write.now)
    for sha256, state in states.items():
        changed = raw.execute(
            "UPDATE files SET state = ?, checked_at = ? WHERE sha256 = ? AND state <> ?",
            (state.value, now, sha256, state.value),
        )
        if changed.rowcount:
            rows = raw.execute(
                "SELECT attachments.id FROM files JOIN attachments ON file_id = files.id WHERE sha256 = ?",
                (sha256,),
            )
            write.touch(Area.ATTACHMENTS, [id for (id,) in rows])


def _columns_of(write: Write, owner: Owner) -> tuple[int | None, ...]:
    """Return the columns that name a record and the one that shows its files."""
    found = driver(write.connection).execute(_OWNERS[owner.kind], (owner.id,)).fetchone()
    if found is None:
        raise Refused(f"This {_WORDS[owner.kind]} was deleted meanwhile; its files were not attached.")
    return tuple(found)


def _columns_of_links(write: Write, chosen: str) -> list[tuple[int | None, ...]]:
    return list(
        driver(write.connection).execute(
            "SELECT DISTINCT purchase_id, cover_id, claim_id, debt_id FROM attachments"
            f" WHERE id IN (SELECT id FROM temp.{chosen})"
        )
    )


def _already(pairs: Sequence[Pair]) -> str:
    if len(pairs) == 1:
        return f"“{clean(pairs[0][1].name)}” is attached already."
    return "All of these files are attached already."


def _is_there(write: Write, link: tuple[int | None, ...]) -> bool:
    same = "file_id = ? AND purchase_id IS ? AND cover_id IS ? AND claim_id IS ? AND debt_id IS ?"
    found = driver(write.connection).execute(f"SELECT 1 FROM attachments WHERE {same}", link).fetchone()
    return found is not None


def _touch(write: Write, ids: Sequence[int], owners: Iterable[tuple[int | None, ...]]) -> None:
    """Say which attachments changed, and which records show them; those look different with them."""
    if not ids:
        return
    write.touch(Area.ATTACHMENTS, ids)
    for owner in owners:
        for place, area in _TOLD.items():
            id = owner[place]
            if id is not None:
                write.touch(area, [id])
