"""Backups: what one holds, how its file is called, and which of many are kept."""

import json
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.dates import iso_instant
from app.domain.text import clean

FORMAT = 1
"""The version of the layout that this program writes; it reads this one and older ones."""

ARCHIVE_ENDING = ".counterfoil"
SNAPSHOT_ENDING = ".snapshot"
DATABASE = "counterfoil.db"
MANIFEST = "manifest.json"

MOST_MEMBERS = 250_000
LARGEST_MANIFEST = 64 * 1024 * 1024
LARGEST_DATABASE = 64 * 1024**3
LARGEST_ATTACHMENT = 100 * 1024 * 1024
"""Limits of what is read back, so that a hostile file can use up neither memory nor disk."""

_LONGEST_NAME = 60
_STAMP = "%Y%m%d-%H%M%S"
_UNFIT = re.compile(r"[^\w.-]+")
_UPLOAD = re.compile(r"uploads/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")
_HASH = re.compile(r"[0-9a-f]{64}")
_TABLE = re.compile(r"[a-z][a-z_]{0,62}")


class NotAManifest(ValueError):
    """The text is no manifest of ours; `str()` says what is wrong with it, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a backup: its name there, its size in bytes, and its SHA-256 in lower-case digits."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An attachment that could not be backed up, and why: `MISSING` or `ALTERED` (its bytes are not the right ones)."""

    sha256: str
    why: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `counts` are rows of the database by table; `created_at` is in UTC."""

    created_at: datetime
    app_version: str
    schema: int
    name: str
    counts: Mapping[str, int]
    members: tuple[Member, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def database(self) -> Member:
        """The database among the members."""
        return next(member for member in self.members if member.name == DATABASE)

    @property
    def attachments(self) -> tuple[Member, ...]:
        """The attached files among the members."""
        return tuple(member for member in self.members if member.name != DATABASE)

    @property
    def bytes(self) -> int:
        """The bytes of all members together, unpacked."""
        return sum(member.size for member in self.members)


def upload_name(sha256: str) -> str:
    """Return the name that an attachment has in a backup."""
    return f"uploads/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def is_member_name(name: str) -> bool:
    """Tell whether a backup may have a file of this name, the manifest aside. Nothing else is ever unpacked."""
    return name == DATABASE or _UPLOAD.fullmatch(name) is not None


def backup_name(name: str, made_at: datetime) -> str:
    """Return a backup's name without its ending, NAME-YYYYMMDD-HHMMSS, of a ledger's name and a local time."""
    plain = _UNFIT.sub("-", clean(name)).strip("-._")[:_LONGEST_NAME].strip("-._")
    return f"{plain or 'ledger'}-{made_at.strftime(_STAMP)}"


def free_name(name: str, made_at: datetime, taken: Callable[[str], bool]) -> str:
    """Return a name that no backup has yet: a second later for each that has it already."""
    moment = made_at
    while taken(backup_name(name, moment)):
        moment += timedelta(seconds=1)
    return backup_name(name, moment)


def manifest_to_json(manifest: Manifest) -> dict[str, Any]:
    """Return a manifest as JSON values."""
    return {
        "counterfoil_backup": FORMAT,
        "app_version": manifest.app_version,
        "schema_version": manifest.schema,
        "created_at": iso_instant(manifest.created_at),
        "name": manifest.name,
        "counts": dict(manifest.counts),
        "members": [
            {"name": member.name, "size": member.size, "sha256": member.sha256} for member in manifest.members
        ],
        "left_out": [{"sha256": one.sha256, "why": one.why} for one in manifest.left_out],
    }


def parse_json(text: bytes) -> dict[str, Any]:
    """Return the JSON object in a text, with no key twice. Raises `NotAManifest`."""
    try:
        values = json.loads(text, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise NotAManifest("is not readable") from error
    if not isinstance(values, dict):
        raise NotAManifest("is not readable")
    return values


def manifest_from_json(values: Mapping[str, Any]) -> Manifest:
    """Return the manifest that JSON values stand for. Raises `NotAManifest`."""
    version = values.get("counterfoil_backup")
    if type(version) is not int or version < 1:
        raise NotAManifest("is not that of a Counterfoil backup")
    if version > FORMAT:
        raise NotAManifest(
            f"has format {version}, this program knows {FORMAT}: install the newer Counterfoil that wrote it"
        )
    try:
        manifest = Manifest(
            created_at=_instant(values["created_at"]),
            app_version=_text(values["app_version"]),
            schema=_count(values["schema_version"]),
            name=_text(values["name"]),
            counts={_matching(_TABLE, key): _count(value) for key, value in values["counts"].items()},
            members=tuple(_member(one) for one in _list(values["members"])),
            left_out=tuple(
                LeftOut(_matching(_HASH, one["sha256"]), _text(one["why"]))
                for one in _list(values["left_out"])
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise NotAManifest("is not as the program writes it") from error
    _check_members(manifest.members)
    return manifest


def _member(values: Mapping[str, Any]) -> Member:
    return Member(_text(values["name"]), _count(values["size"]), _matching(_HASH, values["sha256"]))


def _check_members(members: Sequence[Member]) -> None:
    if len(members) > MOST_MEMBERS:
        raise NotAManifest(f"names more than {MOST_MEMBERS:,} files, the most that a backup may have")
    names = {member.name for member in members}
    if len(names) < len(members):
        raise NotAManifest("names a file twice")
    for member in members:
        if not is_member_name(member.name):
            raise NotAManifest(f"names a file that no backup has, “{clean(member.name)[:80]}”")
        if member.name != DATABASE and not member.name.endswith(member.sha256):
            raise NotAManifest("names an attachment by another checksum than its own")
        limit = LARGEST_DATABASE if member.name == DATABASE else LARGEST_ATTACHMENT
        if member.size > limit:
            raise NotAManifest(f"names a file of more than {limit >> 20:,} MB, the most that one may have")
    if DATABASE not in names:
        raise NotAManifest("names no database")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 1000:
        raise TypeError
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise TypeError
    return value


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise TypeError
    return value


def _instant(value: Any) -> datetime:
    instant = datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError("an instant without a timezone")
    return instant.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Retention:
    """How many backups to keep: the newest ones, and the newest of so many days, weeks and months that have one."""

    last: int = 5
    daily: int = 7
    weekly: int = 5
    monthly: int = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that is there: its file's name, when it was made by the owner's clock, and whether it was verified."""

    name: str
    made_at: datetime
    verified: bool = False


def superfluous(backups: Iterable[Kept], retention: Retention) -> list[str]:
    """Return the names of the backups to remove, the oldest first.

    The newest verified one is never among them, nor the newest of all, nor any when all counts are 0: that is taken
    for a slip.
    """
    newest_first = sorted(backups, key=lambda one: (one.made_at, one.name), reverse=True)
    wanted = {one.name for one in newest_first[: max(retention.last, 1)]}
    wanted |= {one.name for one in newest_first if one.verified and _is_first(one, newest_first)}
    periods: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (retention.daily, lambda at: at.date()),
        (retention.weekly, lambda at: at.isocalendar()[:2]),
        (retention.monthly, lambda at: (at.year, at.month)),
    )
    for count, period in periods:
        wanted |= _newest_of_each(newest_first, period, count)
    if not any((retention.last, retention.daily, retention.weekly, retention.monthly)):
        return []
    return [one.name for one in reversed(newest_first) if one.name not in wanted]


def _is_first(one: Kept, newest_first: Sequence[Kept]) -> bool:
    return one is next(other for other in newest_first if other.verified)


def _newest_of_each(
    newest_first: Sequence[Kept], period: Callable[[datetime], Hashable], count: int
) -> set[str]:
    found: dict[Hashable, str] = {}
    for one in newest_first:
        if len(found) == count and period(one.made_at) not in found:
            break
        found.setdefault(period(one.made_at), one.name)
    return set(found.values()) if count else set()
