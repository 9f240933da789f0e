"""Archives that are truncated, altered, foreign or hostile: each refused with the reason, nothing changed."""

import hashlib
import json
import sqlite3
import stat
import struct
import zipfile
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from app.services import backup
from app.services.ledger import EnvironmentProblem
from tests.helpers.backups import Members, edit_manifest, forge, names, state

HASH = "ab" * 32


def refusal(path: Path, folder: Path) -> str:
    """Return what both verifying and restoring say about a file, and make sure that nothing came of it."""
    found = backup.verify(path)
    assert not found.ok
    with pytest.raises(backup.Unfit) as caught:
        backup.restore(path, folder / "nowhere")
    assert not (folder / "nowhere").exists()
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def named(name: str, mode: int = 0) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo("placeholder")
    info.filename = name
    info.external_attr = mode << 16
    return info, b"x"


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/evil",
        "C:\\evil",
        "C:/evil",
        "uploads/../../evil",
        "uploads/ab/ab/" + HASH.upper(),
        "uploads/ab/ab/" + HASH + "/x",
        "counterfoil.db-wal",
        "folder/",
        "evil\x00.txt",
    ],
)
def test_a_file_that_does_not_belong_there(archive: Path, tmp_path: Path, name: str) -> None:
    assert "refused" in refusal(forge(archive, extra=[named(name)]), tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["counterfoil.db", "COUNTERFOIL.DB", "manifest.json", "Manifest.json"])
def test_two_files_of_one_name(archive: Path, tmp_path: Path, name: str) -> None:
    assert "two files called" in refusal(forge(archive, extra=[named(name)]), tmp_path)


def test_a_link_and_a_device(archive: Path, tmp_path: Path) -> None:
    for kind in (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFDIR):
        info, data = named(f"uploads/ab/ab/{HASH}", kind | 0o777)
        assert "a link or a device" in refusal(forge(archive, extra=[(info, data)]), tmp_path)


def test_the_locks_of_zip_files_are_none_of_ours(archive: Path, tmp_path: Path) -> None:
    data = bytearray(archive.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    forged = tmp_path / "forged.counterfoil"
    forged.write_bytes(data)
    assert "locked in the way of zip files" in refusal(forged, tmp_path)


def test_a_foreign_zip(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.zip"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "a zip of something else" in refusal(foreign, tmp_path)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"PK\x05\x06", b"\x00" * 100_000, b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_no_zip(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.counterfoil"
    path.write_bytes(data)
    refusal(path, tmp_path)


def test_a_folder_and_a_name_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(backup.NothingThere):
        backup.verify(tmp_path)
    with pytest.raises(EnvironmentProblem, match="cannot be read"):
        backup.verify(tmp_path / "gone.counterfoil")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"counterfoil_backup": 2}, "install the newer Counterfoil"),
        ({"counterfoil_backup": "1"}, "is not that of a Counterfoil backup"),
        ({"schema_version": 999}, "made by a newer Counterfoil"),
        ({"schema_version": 1}, "another schema than its list says"),
        ({"counts": {}}, "rows, not 0"),
        ({"members": []}, "names no database"),
    ],
)
def test_a_manifest_that_does_not_fit(
    archive: Path, tmp_path: Path, values: dict[str, object], sentence: str
) -> None:
    assert sentence in refusal(forge(archive, edit_manifest(**values)), tmp_path)


def test_a_huge_manifest_is_not_read(archive: Path, tmp_path: Path) -> None:
    """It says that it has a gigabyte, and is packed so well that it costs nothing to send."""

    def change(found: Members) -> None:
        found["manifest.json"] = b" " * (65 << 20)

    assert "more than 250 times" in refusal(forge(archive, change), tmp_path)
    data = bytearray(archive.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 1 << 30)
    forged = tmp_path / "forged.counterfoil"
    forged.write_bytes(data)
    assert "refused" in refusal(forged, tmp_path)


def test_a_directory_of_millions_is_not_read(archive: Path, tmp_path: Path) -> None:
    data = bytearray(archive.read_bytes())
    end = data.rfind(b"PK\x05\x06")
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 10_000_000, 10_000_000, 1 << 40, 0
    ) + struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    forged = tmp_path / "forged.counterfoil"
    forged.write_bytes(bytes(data[:end]) + record + bytes(data[end:]))
    assert "more than 250,000 files" in refusal(forged, tmp_path)


def test_a_bomb_is_not_unpacked(archive: Path, tmp_path: Path) -> None:
    def change(found: Members) -> None:
        found["counterfoil.db"] = bytes(70 << 20)

    assert "would unpack to more than 250 times" in refusal(forge(archive, change), tmp_path)


def test_an_attachment_that_was_altered_is_named(archive: Path, tmp_path: Path) -> None:
    def change(found: Members) -> None:
        name = next(name for name in found if name.startswith("uploads/"))
        found[name] = found[name].swapcase()

    assert "is damaged: uploads/" in refusal(forge(archive, change), tmp_path)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("PRAGMA application_id=1", "another program"),
        ("PRAGMA user_version=999", "newer Counterfoil"),
        ("CREATE TRIGGER t AFTER INSERT ON purchases BEGIN DELETE FROM debts; END", "has a trigger"),
        ("CREATE VIEW v AS SELECT 1", "has a view"),
        ("DELETE FROM attachments WHERE id = 1", "attachments has"),
        ("UPDATE attachments SET file_id = 99", "refers to something"),
    ],
)
def test_a_database_that_is_not_as_it_should_be(
    archive: Path, tmp_path: Path, statement: str, sentence: str
) -> None:
    place = tmp_path / "edited.db"

    def change(found: Members) -> None:
        place.write_bytes(found["counterfoil.db"])
        with closing(sqlite3.connect(place, isolation_level=None)) as connection:
            connection.execute(statement)
        data = found["counterfoil.db"] = place.read_bytes()
        manifest = json.loads(found["manifest.json"])
        for member in manifest["members"]:
            if member["name"] == "counterfoil.db":
                member.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
        found["manifest.json"] = json.dumps(manifest).encode()

    assert sentence in refusal(forge(archive, change), tmp_path)


def test_a_missing_member_is_told(archive: Path, tmp_path: Path) -> None:
    def change(found: Members) -> None:
        del found[next(name for name in found if name.startswith("uploads/"))]

    assert "is missing from it" in refusal(forge(archive, change), tmp_path)


def test_every_truncation_is_refused(archive: Path, tmp_path: Path) -> None:
    data = archive.read_bytes()
    cut = tmp_path / "cut.counterfoil"
    for length in sorted({*range(0, len(data), len(data) // 40), *range(len(data) - 30, len(data))}):
        cut.write_bytes(data[:length])
        refusal(cut, tmp_path)


def mutations(data: bytes, source: Random) -> bytes:
    """Return a copy with one to four changes: a bit flipped, a stretch overwritten, cut out or doubled."""
    changed = bytearray(data)
    for _ in range(source.randint(1, 4)):
        at = (
            source.randrange(len(changed))
            if source.random() < 0.5
            else max(0, len(changed) - source.randrange(1, 3000))
        )
        length = source.randint(1, 40)
        kind = source.randrange(5)
        if kind < 2:
            changed[at] ^= 1 << source.randrange(8)
        elif kind == 2:
            changed[at : at + length] = source.randbytes(length)
        elif kind == 3:
            del changed[at : at + length]
        else:
            changed[at:at] = changed[at : at + length]
    return bytes(changed)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_a_mutated_archive_is_refused_or_restores_exactly(archive: Path, tmp_path: Path, seed: int) -> None:
    backup.restore(archive, tmp_path / "wanted")
    wanted = state(tmp_path / "wanted")
    data, source = archive.read_bytes(), Random(seed)
    mutated = tmp_path / "mutated.counterfoil"
    harmless = 0
    for number in range(100 if seed == 1 else 10_000):
        mutated.write_bytes(mutations(data, source))
        if not backup.verify(mutated).ok:
            continue
        harmless += 1
        if harmless <= 200:
            backup.restore(mutated, tmp_path / str(number))
            assert state(tmp_path / str(number)) == wanted
    assert not [name for name in names(tmp_path) if name.endswith(".part")]
