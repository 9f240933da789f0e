"""Ledgers worth backing up, and zips that were tampered with."""

import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.domain.attachments import Owner, OwnerKind
from app.services import attachments, purchases
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from tests.helpers.ledgers import Tables, bought, contents, opened

Members = dict[str, bytes]


def furnish(ledger: Ledger, folder: Path) -> None:
    """Put three purchases with a receipt each into a ledger, and one more that shares the first's."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(("Kettle", "Lamp", "Desk", "Toaster")):
        id = ledger.run(purchases.add(bought(name))).result
        receipt = folder / f"{name}.txt"
        receipt.write_bytes(f"receipt {number % 3}\n".encode() * 2000)
        attachments.attach(ledger, Owner(OwnerKind.PURCHASE, id), [receipt], JobContext())


def state(folder: Path) -> tuple[Tables, dict[str, bytes]]:
    """Return every row of a ledger and every attached file."""
    with opened(folder, read_only=True) as ledger:
        rows = contents(ledger)
    return rows, uploads(folder)


def uploads(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "uploads").rglob("*") if path.is_file()}


def names(folder: Path) -> set[str]:
    """Return the paths of all files below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def members(path: Path) -> Members:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def forge(path: Path, changed: Callable[[Members], None] | None = None, extra: Sequence[Any] = ()) -> Path:
    """Write a changed copy of an archive beside it; `extra` are (ZipInfo or name, bytes) added as they are."""
    found = members(path)
    if changed is not None:
        changed(found)
    forged = path.with_name("forged.counterfoil")
    with zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
        for name, data in extra:
            archive.writestr(name, data)
    return forged


def edit_manifest(**values: Any) -> Callable[[Members], None]:
    def change(found: Members) -> None:
        found["manifest.json"] = json.dumps({**json.loads(found["manifest.json"]), **values}).encode()

    return change
