"""A snapshot is of one moment, complete in itself, and goes with the program."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.services import purchases
from app.services.ledger import Ledger
from app.storage.backup.snapshot import snapshot
from tests.helpers.ledgers import bought, new_ledger


class Stop(Exception):
    pass


def told_nothing(_count: int) -> None:
    pass


def test_a_snapshot_stands_by_itself(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        ledger.run(purchases.add(bought()))
        copy = take(ledger, tmp_path)
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("SELECT count(*) FROM purchases").fetchone() == (1,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "ledger"]


def take(ledger: Ledger, folder: Path) -> Path:
    def read(reader: object) -> Path:
        with snapshot(reader, folder, told_nothing) as taken:  # type: ignore[arg-type]
            assert taken.counts["purchases"] == 1
            assert taken.files == ()
            (folder / "copy.db").write_bytes(taken.file.read())
            assert taken.member.size == (folder / "copy.db").stat().st_size
        return folder / "copy.db"

    return ledger.read(read)


@pytest.mark.skipif(sys.platform == "win32", reason="a file in use keeps its name there")
def test_a_snapshot_has_no_name_that_a_crash_could_leave(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:

        def read(reader: object) -> None:
            with snapshot(reader, tmp_path, told_nothing):  # type: ignore[arg-type]
                assert [path.name for path in tmp_path.iterdir()] == ["ledger"]

        ledger.read(read)


def test_a_snapshot_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stop(_count: int) -> None:
        raise Stop

    with new_ledger(tmp_path / "ledger") as ledger:

        def read(reader: object) -> None:
            with snapshot(reader, tmp_path, stop):  # type: ignore[arg-type]
                pass

        with pytest.raises(Stop):
            ledger.read(read)
        ledger.run(purchases.add(bought()))
    assert [path.name for path in tmp_path.iterdir()] == ["ledger"]
