"""What holds for every command: usage, exit statuses, and where an answer goes."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import COMMANDS, load
from tests.cli.conftest import Run

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["sumary"], "“sumary” is not a command; use one of new, demo,"),
        (["list"], "the following arguments are required: KIND."),
        (["list", "parchases"], "invalid choice: 'parchases'"),
        (["list", "purchases", "--limit", "-1"], "“-1” is not a whole number of 0 or more"),
        (
            ["list", "purchases", "--where", "retailer"],
            "“retailer” is not a condition; write it as KEY=VALUE",
        ),
        (
            ["export", "purchases", "x.csv", "--from", "31.03.2025"],
            "“31.03.2025” is not a date; write it as 2025-03-31",
        ),
        (["export", "purchases", "x.dat"], "The ending of x.dat names no format"),
        (["check", "--mend"], "unrecognized arguments: --mend."),
    ],
)
def test_wrong_words_are_one_sentence_and_status_2(run: Run, words: list[str], sentence: str) -> None:
    answer = run(*words)
    assert answer.status == 2
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert answer.out == ""


@pytest.mark.parametrize("words", [["list", "purchases"], ["check"], ["export", "purchases", "-"]])
def test_a_ledger_that_is_not_there_is_refused(run: Run, ledger_path: Path, words: list[str]) -> None:
    answer = run(*words)
    assert answer.status == 1
    assert answer.err == (
        f"counterfoil: There is no ledger in {ledger_path}. Make one with “new”, “demo” or “import” first.\n"
    )
    assert not ledger_path.exists()


def test_options_may_stand_before_or_behind_the_command(run: Run, tmp_path: Path) -> None:
    run("--ledger", tmp_path / "a", "new")
    assert run("list", "purchases", "--json", "--ledger", tmp_path / "a").document["total"] == 0


def test_every_command_is_there_and_explains_itself(run: Run) -> None:
    listed = run("--help").out
    for name in COMMANDS:
        assert load(name).name == name
        assert f"  {name}" in listed


def test_version(run: Run) -> None:
    assert run("--version").out.startswith("counterfoil ")


def test_a_second_writer_is_told(run: Run, ledger_path: Path, imports: Path) -> None:
    from app.services.ledger import open_ledger

    run("new", "--currency", "EUR")
    held = open_ledger(ledger_path)
    try:
        answer = run("import", "purchases", imports / "haushalt.csv")
        assert answer.status == 1
        assert "is open in another Counterfoil" in answer.err
        assert run("list", "purchases").status == 0
    finally:
        held.close()


def process(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_no_command_without_a_display_is_one_line(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    started = process()
    out, err = started.communicate(timeout=60)
    assert started.returncode == 1
    assert out == ""
    assert err.count("\n") == 1
    assert all(name in err for name in ("import", "export", "list"))


def test_ctrl_c_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    started = process("--ledger", str(ledger), "demo", "--size", "large")
    folder = tmp_path
    # The first file that appears shows that the work is under way.
    while started.poll() is None and not any(folder.rglob("*.part")):
        pass
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=60)
    assert started.returncode == 130
    assert err.endswith("counterfoil: Interrupted; nothing was changed.\n")
    assert not list(folder.iterdir())
