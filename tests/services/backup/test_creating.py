"""A backup is whole, is of one moment, was read back, and leaves nothing behind when it fails."""

import json
import os
import stat
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest

from app.domain.problems import Refused
from app.services import backup, purchases
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import EnvironmentProblem, Ledger
from app.storage.backup import snapshot
from tests.helpers.backups import members, names, state, uploads
from tests.helpers.ledgers import bought, opened


def test_an_archive_has_everything_that_it_names(furnished: Ledger, archive: Path) -> None:
    manifest = json.loads(members(archive)["manifest.json"])
    assert manifest["counterfoil_backup"] == 1
    assert manifest["counts"]["purchases"] == 4
    assert manifest["counts"]["files"] == 3
    assert "purchase_search_data" not in manifest["counts"]
    assert {one["name"] for one in manifest["members"]} | {"manifest.json"} == set(members(archive))
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert backup.verify(archive).ok
    assert names(archive.parent) == {
        "mine.counterfoil",
        *(f"ledger/{name}" for name in names(furnished.path)),
        *(f"receipts/{name}.txt" for name in ("Kettle", "Lamp", "Desk", "Toaster")),
    }


def test_other_programs_can_read_an_archive(archive: Path, tmp_path: Path) -> None:
    unzip = subprocess.run(["unzip", "-tq", str(archive)], capture_output=True, text=True, check=False)
    assert unzip.returncode == 0, unzip.stdout
    with zipfile.ZipFile(archive) as file:
        assert file.testzip() is None


def test_a_missing_and_an_altered_attachment_are_told_and_stop_nothing(
    furnished: Ledger, tmp_path: Path
) -> None:
    one, other, _ = sorted((furnished.path / "uploads").rglob("?" * 64))
    one.unlink()
    other.write_bytes(b"x" * other.stat().st_size)
    made = backup.create(furnished, tmp_path / "mine.counterfoil")
    assert {(left.sha256, left.why) for left in made.left_out} == {
        (one.name, "MISSING"),
        (other.name, "ALTERED"),
    }
    assert made.files == 2
    found = backup.verify(made.path)
    assert found.ok
    assert len(found.left_out) == 2


def test_a_backup_beside_a_busy_writer_ends_and_is_of_one_moment(
    furnished: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_PAGES", 1)
    stop = threading.Event()
    added = []

    def write() -> None:
        while not stop.is_set():
            added.append(furnished.run(purchases.add(bought(f"Item {len(added)}"))))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.create(furnished, tmp_path / f"{number}.counterfoil") for number in range(3)]
    finally:
        stop.set()
        writer.join()
    assert added
    assert all(backup.verify(one.path).ok for one in made)


@pytest.mark.parametrize("target", ["mine.counterfoil", "folder"])
def test_a_cancelled_backup_leaves_nothing(furnished: Ledger, tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    told = stops_at = 0

    class Impatient(JobContext):
        def progress(self, done: int, total: int | None, text: str = "") -> None:
            nonlocal told
            told += 1
            if told == stops_at:
                self.cancel()
            super().progress(done, total, text)

    while stops_at < 40:
        told, stops_at = 0, stops_at + 1
        try:
            backup.create(furnished, tmp_path / target, Impatient())
        except Cancelled:
            assert not list(tmp_path.glob("*mine*"))
            assert not list((tmp_path / "folder").glob("*.snapshot"))
        else:
            break
    assert stops_at > 5
    assert not [name for name in names(furnished.path) if name.endswith(".part")]


def test_what_a_killed_program_left_half_written_goes(furnished: Ledger, tmp_path: Path) -> None:
    old, fresh = tmp_path / ".a.counterfoil.11.part", tmp_path / ".b.counterfoil.12.part"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    backup.create(furnished, tmp_path / "mine.counterfoil")
    assert not old.exists()
    assert fresh.exists(), "somebody may be writing it"


def test_nothing_is_overwritten(furnished: Ledger, archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(Refused, match="already"):
        backup.create(furnished, archive)
    assert archive.read_bytes() == before


def test_a_place_that_cannot_be_is_refused(furnished: Ledger, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="own folder"):
        backup.create(furnished, furnished.path / "mine.counterfoil")
    with pytest.raises(EnvironmentProblem, match="There is no folder"):
        backup.create(furnished, tmp_path / "gone" / "mine.counterfoil")
    with pytest.raises(Refused, match="cannot be locked"):
        backup.create(furnished, tmp_path, passphrase="secret")


def test_a_locked_archive_opens_with_its_passphrase_only(furnished: Ledger, tmp_path: Path) -> None:
    made = backup.create(furnished, tmp_path / "mine.counterfoil", passphrase="corrèct horse")
    assert set(members(made.path)) == {"key.age", "backup.age"}
    assert b"SQLite" not in made.path.read_bytes()
    assert b"receipt" not in made.path.read_bytes()
    with pytest.raises(backup.Locked, match="is locked with a passphrase"):
        backup.verify(made.path)
    with pytest.raises(backup.WrongPassphrase, match="does not open"):
        backup.verify(made.path, passphrase="correct horse")
    elsewhere = tmp_path / "elsewhere"
    backup.restore(made.path, elsewhere, passphrase="corrèct horse")
    assert uploads(elsewhere) == uploads(furnished.path)


@pytest.mark.long
def test_a_locked_archive_that_was_altered_is_refused(furnished: Ledger, tmp_path: Path) -> None:
    made = backup.create(furnished, tmp_path / "mine.counterfoil", passphrase="secret")
    assert backup.verify(made.path, passphrase="secret").ok
    data = made.path.read_bytes()
    for at in (len(data) // 2, 300, len(data) - 10):
        made.path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert not backup.verify(made.path, passphrase="secret").ok


def test_the_ledger_can_be_read_only(furnished: Ledger, tmp_path: Path) -> None:
    with opened(furnished.path, read_only=True) as reader:
        made = backup.create(reader, tmp_path / "mine.counterfoil")
    backup.restore(made.path, tmp_path / "elsewhere")
    rows, files = state(tmp_path / "elsewhere")
    assert len(rows["purchases"]) == 4
    assert files == uploads(furnished.path)
