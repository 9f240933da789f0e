"""A restore brings all of it back, or changes nothing."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from app.services import backup, purchases
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import Damaged, Ledger, LedgerInUse, is_ledger, open_ledger
from app.storage import migrate
from app.storage.backup import swap
from app.storage.backup.recovery import JOURNAL, STAGING
from app.storage.backup.snapshot import table_counts
from app.storage.database import SCHEMA_VERSION
from tests.helpers.backups import edit_manifest, forge, names, state, uploads
from tests.helpers.ledgers import bought, damage, opened


@pytest.fixture
def changed(furnished: Ledger, archive: Path) -> Path:
    """A ledger that is closed, and has moved on since it was backed up."""
    furnished.run(purchases.remove([1]))
    furnished.run(purchases.add(bought("Newcomer")))
    furnished.close()
    return furnished.path


def bought_in(folder: Path) -> list[str]:
    """Return the names of the purchases in a ledger, which has to be sound."""
    with opened(folder) as ledger:
        assert damage(ledger) == []
        return purchase_names(ledger)


def purchase_names(ledger: Ledger) -> list[str]:
    query = "SELECT name FROM purchases ORDER BY name"
    return ledger.read(lambda reader: [name for (name,) in reader.exec_driver_sql(query)])


def test_a_lost_machine_comes_back_from_one_file(furnished: Ledger, archive: Path, tmp_path: Path) -> None:
    furnished.close()
    before = state(furnished.path)
    shutil.rmtree(furnished.path)
    done = backup.restore(archive, furnished.path)
    assert state(furnished.path) == before
    assert done.rows["purchases"] == 4
    assert done.restore_point is None
    assert done.copied == 3
    assert bought_in(furnished.path) == ["Desk", "Kettle", "Lamp", "Toaster"]


def test_a_restore_and_its_undo(changed: Path, archive: Path) -> None:
    before = state(changed)
    done = backup.restore(archive, changed)
    assert bought_in(changed) == ["Desk", "Kettle", "Lamp", "Toaster"]
    assert done.copied == 0, "attachments that were there are not copied again"
    assert done.restore_point is not None
    assert backup.verify(done.restore_point).ok
    backup.undo_restore(changed)
    assert state(changed)[0] == before[0]
    assert bought_in(changed) == ["Desk", "Lamp", "Newcomer", "Toaster"]
    backup.undo_restore(changed)
    assert bought_in(changed) == ["Desk", "Kettle", "Lamp", "Toaster"]


def test_only_the_latest_restore_points_stay(changed: Path, archive: Path) -> None:
    for _ in range(5):
        newest = backup.restore(archive, changed).restore_point
    assert len(backup.restore_points(changed)) == 3
    assert backup.restore_points(changed)[0] == newest


def test_nothing_to_undo_is_told(changed: Path) -> None:
    with pytest.raises(backup.NothingThere, match="no restore point"):
        backup.undo_restore(changed)


def test_lost_and_altered_attachments_come_back(changed: Path, archive: Path) -> None:
    before = uploads(changed)
    one, other, _ = sorted((changed / "uploads").rglob("?" * 64))
    one.unlink()
    other.write_bytes(b"altered")
    assert backup.restore(archive, changed).copied == 2
    assert uploads(changed) == before


def test_a_damaged_ledger_is_replaced_and_its_remains_are_kept(changed: Path, archive: Path) -> None:
    database = changed / "counterfoil.db"
    database.write_bytes(b"rubbish" * 1000)
    with pytest.raises(Damaged):
        open_ledger(changed)
    done = backup.restore(archive, changed)
    assert done.restore_point is not None
    assert (done.restore_point / "counterfoil.db").read_bytes() == b"rubbish" * 1000
    assert bought_in(changed) == ["Desk", "Kettle", "Lamp", "Toaster"]


def test_a_ledger_in_use_is_left_alone(furnished: Ledger, archive: Path) -> None:
    before = names(furnished.path)
    with pytest.raises(LedgerInUse):
        backup.restore(archive, furnished.path)
    assert names(furnished.path) == before


def test_a_refused_backup_leaves_no_trace(archive: Path, tmp_path: Path, changed: Path) -> None:
    forged = forge(archive, edit_manifest(schema_version=SCHEMA_VERSION + 1))
    before, there = state(changed), names(changed)
    with pytest.raises(backup.Unfit, match="newer Counterfoil"):
        backup.restore(forged, changed)
    assert (state(changed), names(changed)) == (before, there)
    with pytest.raises(backup.Unfit):
        backup.restore(forged, tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_cancelled_restore_changes_nothing(changed: Path, archive: Path) -> None:
    for path in list((changed / "uploads").rglob("?" * 64)):
        path.unlink()
    before = state(changed)
    for stops_at in range(1, 60):
        told = 0

        class Impatient(JobContext):
            def check(self) -> None:
                nonlocal told
                told += 1
                if told == stops_at:  # noqa: B023 - used up before the next round
                    self.cancel()
                super().check()

        try:
            backup.restore(archive, changed, Impatient())
        except Cancelled:
            assert state(changed) == before
            assert not (changed / STAGING).exists()
        else:
            break
    assert stops_at > 7
    assert bought_in(changed) == ["Desk", "Kettle", "Lamp", "Toaster"]


def test_a_stop_at_any_step_of_the_swap_leaves_the_old_or_the_new(
    changed: Path, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a power cut: nothing tidies up, and the next opening finds what was there."""
    for path in list((changed / "uploads").rglob("?" * 64))[:2]:
        path.unlink()
    old = ["Desk", "Lamp", "Newcomer", "Toaster"]
    new = ["Desk", "Kettle", "Lamp", "Toaster"]

    class PowerCut(BaseException):
        pass

    monkeypatch.setattr(swap.Staging, "abandon", lambda self: None)
    seen = []
    for stops_at in range(200):
        folder = tmp_path / f"cut-{stops_at}"
        shutil.copytree(changed, folder)
        left = stops_at

        def count(original: object) -> object:
            def call(*arguments: object) -> object:
                nonlocal left
                if not left:
                    raise PowerCut
                left -= 1
                return original(*arguments)  # type: ignore[operator]

            return call

        with monkeypatch.context() as patch:
            patch.setattr(swap, "sync_folder", count(swap.sync_folder))
            patch.setattr(swap, "_move", count(swap._move))
            patch.setattr(swap.Staging, "_write_journal", count(swap.Staging._write_journal))
            try:
                backup.restore(archive, folder)
            except PowerCut:
                assert is_ledger(folder)
            else:
                break
        seen.append(bought_in(folder))
        assert not (folder / JOURNAL).exists()
        assert not (folder / STAGING).exists()
        if seen[-1] == new:
            assert uploads(folder).keys() >= uploads(changed).keys()
            assert len(uploads(folder)) == 3
    assert old in seen
    assert new in seen
    assert seen == sorted(seen, key=lambda found: found == new), "once new, always new"


def test_an_older_schema_is_brought_up_to_date(changed: Path, archive: Path, tmp_path: Path) -> None:
    older = make_older(archive, tmp_path)
    assert backup.verify(older).schema == 2
    done = backup.restore(older, changed)
    assert "files" in done.rows
    with opened(changed) as ledger:
        assert purchase_names(ledger) == ["Old lamp"]


def make_older(archive: Path, tmp_path: Path) -> Path:
    """Make a backup as a program with schema 2 would have."""
    place = tmp_path / "older.db"
    engine = create_engine(f"sqlite:///{place}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(migrate._SCRIPTS))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    engine.dispose()
    with closing(sqlite3.connect(place, isolation_level=None)) as raw:
        raw.execute("PRAGMA application_id=1128681289")
        raw.execute("PRAGMA user_version=2")
        raw.execute(
            "INSERT INTO profile (id, uuid, name, country, timezone, currency, created_at, updated_at)"
            " VALUES (1, x'00', 'Robin', 'US', 'UTC', 'USD', 0, 0)"
        )
        columns = [row[1] for row in raw.execute("PRAGMA table_info(purchases)") if row[3] and row[1] != "id"]
        values = dict.fromkeys(columns, "''") | {
            "uuid": "x'01'",
            "name": "'Old lamp'",
            "name_fold": "'old lamp'",
            "price": "100",
            "currency": "'USD'",
            "quantity": "1",
            "purchased_on": "'2026-01-01'",
            "status": "'RECEIVED'",
            "created_at": "0",
            "updated_at": "0",
            "refunded": "0",
        }
        raw.execute(
            f"INSERT INTO purchases ({', '.join(columns)}) VALUES ({', '.join(values[name] for name in columns)})"
        )

        counts = table_counts(raw)

    def change(found: dict[str, bytes]) -> None:
        data = place.read_bytes()
        manifest = json.loads(found["manifest.json"])
        manifest["schema_version"] = 2
        manifest["counts"] = counts
        manifest["members"] = [
            {"name": "counterfoil.db", "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        ]
        found.clear()
        found["counterfoil.db"] = data
        found["manifest.json"] = json.dumps(manifest).encode()

    return forge(archive, change)
