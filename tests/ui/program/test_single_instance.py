"""A second start on the same ledger raises the first window."""

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from app.services.ledger import LedgerInUse, NoLedger, open_ledger
from app.ui import opening, single_instance
from app.ui.single_instance import WindowCalls, call_window, server_name


def test_the_name_does_not_depend_on_how_the_folder_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    (tmp_path / "link").symlink_to(folder)
    assert server_name(folder) == server_name(tmp_path / "link") == server_name(folder / ".." / "books")
    assert server_name(folder) != server_name(tmp_path)


def test_a_long_runtime_folder_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("x" * 100)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    assert not server_name(tmp_path).startswith(str(long))


def test_a_call_brings_the_window_to_the_front(qtbot: QtBot, ledger_path: Path) -> None:
    called: list[bool] = []
    calls = WindowCalls(ledger_path, lambda: called.append(True))
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(call_window, ledger_path)
        qtbot.waitUntil(answer.done)
    assert answer.result()
    assert called == [True]
    calls.close()


def test_opening_a_ledger_of_another_window_raises_that(qtbot: QtBot, ledger_path: Path) -> None:
    ledger = open_ledger(ledger_path)
    calls = WindowCalls(ledger_path, lambda: None)
    with ThreadPoolExecutor(1) as pool:
        outcome = pool.submit(opening.open_here, ledger_path)
        qtbot.waitUntil(outcome.done)
    assert outcome.result() == opening.AlreadyOpen(ledger_path)
    calls.close()
    ledger.close()


def test_without_an_answer_the_user_is_told(ledger_path: Path) -> None:
    ledger = open_ledger(ledger_path)
    with pytest.raises(LedgerInUse, match="open in another Counterfoil"):
        opening.open_here(ledger_path)
    ledger.close()


def test_a_window_that_hangs_is_no_answer(ledger_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_instance, "_PATIENCE_MS", 50)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(server_name(ledger_path))
        silent.listen()
        assert not call_window(ledger_path)


def test_a_socket_left_by_the_dead_is_replaced(qtbot: QtBot, ledger_path: Path) -> None:
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(server_name(ledger_path))
    dead.close()
    assert not call_window(ledger_path)
    calls = WindowCalls(ledger_path, lambda: None)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(call_window, ledger_path)
        qtbot.waitUntil(answer.done)
    assert answer.result()
    calls.close()


def test_only_the_user_may_call(qtbot: QtBot, ledger_path: Path) -> None:
    calls = WindowCalls(ledger_path, lambda: None)
    assert calls._server.socketOptions() == QLocalServer.SocketOption.UserAccessOption
    assert Path(calls._server.fullServerName()).stat().st_mode & 0o077 == 0
    calls.close()


def test_a_folder_without_a_ledger_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NoLedger, match="Choose a folder that holds a file counterfoil"):
        opening.open_here(tmp_path)
