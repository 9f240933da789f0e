"""`backup create`, `list`, `verify` and `restore`."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.helpers.backups import edit_manifest, forge, names

ROOT = Path(__file__).parents[2]


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Path:
    assert run("demo").status == 0
    assert run("backup", "create", tmp_path / "mine.counterfoil").status == 0
    return tmp_path / "mine.counterfoil"


def test_create_and_verify_a_file(run: Run, made: Path, tmp_path: Path) -> None:
    answer = run("--json", "backup", "create", tmp_path / "other.counterfoil")
    assert answer.status == 0
    assert answer.document["path"] == str(tmp_path / "other.counterfoil")
    assert answer.document["left_out"] == []
    found = run("--json", "backup", "verify", tmp_path / "other.counterfoil")
    assert found.status == 0
    assert set(found.document) == {"ok", "files", "bytes", "schema", "created_at", "problems"}
    assert found.document["ok"] is True
    assert found.document["problems"] == []
    assert found.document["files"] == answer.document["files"]
    assert found.document["created_at"] == answer.document["created_at"]


def test_create_and_list_a_folder(run: Run, made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    paths = [run("--json", "backup", "create", folder).document["path"] for _ in range(2)]
    listed = run("--json", "backup", "list", folder)
    assert listed.status == 0
    assert [item["path"] for item in listed.document["items"]] == paths[::-1]
    assert listed.document["total"] == 2
    assert "snapshot: " in run("backup", "list", folder).out
    assert run("backup", "verify", paths[0]).status == 0


def test_restore_says_what_it_brought_back(run: Run, made: Path, ledger_path: Path) -> None:
    answer = run("--json", "backup", "restore", made, "--yes")
    assert answer.status == 0
    assert set(answer.document) == {"restored", "restore_point"}
    assert answer.document["restored"]["purchases"] == 66
    assert Path(answer.document["restore_point"]).is_file()
    assert run("check").status == 0


def test_restore_to_a_new_machine(run: Run, made: Path, tmp_path: Path) -> None:
    answer = run("--ledger", tmp_path / "new", "--json", "backup", "restore", made, "--yes")
    assert answer.document["restore_point"] is None
    assert run("--ledger", tmp_path / "new", "--json", "list", "purchases").document["total"] == 66


def test_restore_without_yes_only_says_what_it_would_do(run: Run, made: Path, ledger_path: Path) -> None:
    before = names(ledger_path)
    answer = run("backup", "restore", made)
    assert answer.status == 1
    assert "Restoring it would change: nothing." in answer.err
    assert "Nothing was changed. Add --yes to restore." in answer.err
    assert names(ledger_path) == before


def test_what_is_wrong_is_said_in_one_sentence(run: Run, made: Path, tmp_path: Path) -> None:
    forged = forge(made, edit_manifest(schema_version=999))
    found = run("--json", "backup", "verify", forged)
    assert found.status == 1
    assert found.document["ok"] is False
    assert found.document["schema"] is None
    (problem,) = found.document["problems"]
    assert "made by a newer Counterfoil" in problem
    answer = run("backup", "restore", forged, "--yes")
    assert (answer.status, answer.err) == (1, f"counterfoil: {problem}\n")
    assert run("backup", "verify", tmp_path / "gone").status == 1
    assert run("backup", "list", tmp_path / "gone").status == 1
    assert run("--ledger", tmp_path / "none", "backup", "create", tmp_path / "b").status == 1


def test_wrong_words(run: Run, tmp_path: Path) -> None:
    assert run("backup").status == 2
    assert run("backup", "burn").status == 2
    assert run("backup", "create").status == 2


def test_attachments_that_are_missing_are_told(
    run: Run, made: Path, ledger_path: Path, tmp_path: Path
) -> None:
    next((ledger_path / "uploads").rglob("?" * 64)).unlink()
    answer = run("--json", "backup", "create", tmp_path / "less.counterfoil")
    assert answer.status == 1
    assert [one["why"] for one in answer.document["left_out"]] == ["MISSING"]
    assert "1 attachment is missing or altered" in answer.err
    assert run("backup", "verify", tmp_path / "less.counterfoil").status == 0


def test_a_passphrase_file_that_cannot_be(run: Run, made: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    for name in ("empty", "gone"):
        answer = run("backup", "create", tmp_path / "x.counterfoil", "--passphrase-file", tmp_path / name)
        assert answer.status == 1
        assert not (tmp_path / "x.counterfoil").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a process here gets no Ctrl+C of its own")
def test_an_interrupt_leaves_no_half_file(run: Run, made: Path, tmp_path: Path, ledger_path: Path) -> None:
    script = """
import os, signal, sys
from app import bootstrap
from app.storage.backup import archiving
original = archiving.checked
def interrupted(*arguments):
    os.kill(os.getpid(), signal.SIGINT)
    return original(*arguments)
archiving.checked = interrupted
sys.exit(bootstrap.main(sys.argv[1:]))
"""
    before = names(tmp_path)
    target = tmp_path / "interrupted.counterfoil"
    command = [sys.executable, "-c", script, "--ledger", str(ledger_path), "backup", "create", str(target)]
    answer = subprocess.run(
        command,
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert answer.returncode == 130, answer.stderr
    assert answer.stderr == "counterfoil: Interrupted; nothing was changed.\n"
    assert names(tmp_path) == before
