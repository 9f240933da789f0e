"""What a user can do with retailers, brands, categories and tags."""

from collections.abc import Sequence

from app.domain.problems import Problem, Refused
from app.domain.text import NAME_LIMIT, clean, name_key
from app.services.changes import Command, Write
from app.services.ledger import Ledger
from app.storage import names
from app.storage.names import NameKind, NameRow

__all__ = ["NameKind", "NameRow", "add", "choices", "delete", "find", "listing", "merge", "save"]


def listing(ledger: Ledger, kind: NameKind) -> list[NameRow]:
    """Return the names of a kind in their order, each with the number of purchases that use it."""
    return ledger.read(lambda reader: names.listing(reader, kind))


def choices(ledger: Ledger, kind: NameKind) -> list[tuple[int, str]]:
    """Return id and name of every name of a kind in their order."""
    return ledger.read(lambda reader: names.choices(reader, kind))


def find(ledger: Ledger, kind: NameKind, name: str) -> int | None:
    """Return the id of a name, whatever its case, or None."""
    return ledger.read(lambda reader: names.find(reader, kind, name))


def add(kind: NameKind, name: str, url: str = "") -> Command:
    """Add a name. Raises `Refused` when it is empty, too long or there already; the result is its id."""
    ready = _valid(name)

    def run(write: Write) -> int:
        _refuse_taken(write, kind, ready, 0)
        id = names.ensure(write, kind, [ready])[name_key(ready)]
        if url:
            names.save(write, kind, id, ready, url)
        return id

    return Command(f"Add {kind} “{ready}”", run)


def save(kind: NameKind, id: int, name: str, url: str | None = None) -> Command:
    """Rename a name, and set its address where `url` is given. Raises `Refused` when another has that name."""
    ready = _valid(name)

    def run(write: Write) -> None:
        _refuse_taken(write, kind, ready, id)
        names.save(write, kind, id, ready, url)

    return Command(f"Rename {kind} to “{ready}”", run)


def merge(kind: NameKind, ids: Sequence[int], into: int) -> Command:
    """Make everything that uses the names `ids` use `into`, and remove the others; the result is the one that stays."""
    chosen = list(ids)

    def run(write: Write) -> str:
        names.merge(write, kind, chosen, into)
        return names.name_of(write.connection, kind, into)

    return Command(
        f"Merge {_plural(kind)}", run, label_of=lambda name: f"Merge {_plural(kind)} into “{name}”"
    )


def delete(kind: NameKind, ids: Sequence[int]) -> Command:
    """Remove names; purchases keep living without them. The result is the name, "" for several."""
    chosen = list(ids)

    def run(write: Write) -> str:
        name = names.name_of(write.connection, kind, chosen[0]) if len(chosen) == 1 else ""
        names.delete(write, kind, chosen)
        return name

    def label(name: str) -> str:
        return f"Delete {kind} “{name}”" if name else f"Delete {len(chosen):,} {_plural(kind)}"

    return Command(f"Delete {_plural(kind)}", run, label_of=label)


def _plural(kind: NameKind) -> str:
    return {NameKind.CATEGORY: "categories"}.get(kind, f"{kind}s")


def _valid(name: str) -> str:
    ready = clean(name)
    if not ready:
        raise Refused([Problem("name", "Enter a name.")])
    if len(ready) > NAME_LIMIT:
        raise Refused([Problem("name", f"The name is too long; use at most {NAME_LIMIT} characters.")])
    return ready


def _refuse_taken(write: Write, kind: NameKind, name: str, id: int) -> None:
    taken = names.find(write.connection, kind, name)
    if taken is not None and taken != id:
        raise Refused([Problem("name", f"There is a {kind} “{name}” already; merge the two instead.", name)])
