"""The guards of tests/helpers: a guard that catches nothing would let everything through unseen."""

import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import guards
from tests.helpers.guards import LogGuard, MouseGuard, NetworkGuard, QtGuard, ThreadGuard


def test_home_is_an_empty_folder_of_the_test(home: Path) -> None:
    assert Path.home() == home
    assert [entry.name for entry in home.iterdir()] == ["run"]


def test_another_machine_is_out_of_reach() -> None:
    # In a process of its own, because the attempt would rightly fail this test.
    script = f"""
import socket, sys
sys.path.insert(0, {str(Path(__file__).parent.parent)!r})
from tests.helpers.guards import NetworkGuard, NetworkRefused
guard = NetworkGuard()
for reach in (
    lambda: socket.create_connection(("192.0.2.1", 80)),
    lambda: socket.socket().bind(("0.0.0.0", 0)),
    lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"", ("192.0.2.1", 53)),
    lambda: socket.getaddrinfo("example.invalid", 80),
):
    try:
        reach()
    except NetworkRefused:
        pass
print(len(list(guard.complaints())))
"""
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout == "4\n"


def test_this_machine_is_within_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        server.accept()[0].close()
    assert not list(NetworkGuard().complaints())


def test_an_error_that_was_not_announced_is_a_complaint(expected_log: Callable[..., None]) -> None:
    expected_log("on fire", level=logging.CRITICAL)  # to the guard around this test
    guard = LogGuard()
    guard.start()
    logging.getLogger("app.test").warning("nothing to complain of")
    logging.getLogger("app.test").critical("the disk is on fire", exc_info=ValueError("hot"))
    (complaint,) = guard.complaints()
    assert "the disk is on fire" in complaint
    assert "ValueError: hot" in complaint


def test_an_announced_error_is_none(expected_log: Callable[..., None]) -> None:
    expected_log("disk .* full")
    logging.getLogger("app.test").error("disk %s full", "/dev/sda")


def test_an_announced_error_that_never_comes_is_a_complaint() -> None:
    guard = LogGuard()
    guard.start()
    guard.expect("disk full")
    guard.expect("nearly full", level=logging.WARNING)
    logging.getLogger("app.test").warning("disk full, nearly full")
    assert list(guard.complaints()) == ["Announced, and never logged: ERROR 'disk full'."]


def test_a_thread_left_running_is_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "PATIENCE", 0.01)
    guard = ThreadGuard()
    guard.start()
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="straggler")
    thread.start()
    try:
        assert list(guard.complaints()) == ["The test left a thread running: 'straggler'."]
    finally:
        stop.set()
        thread.join()
    assert not list(guard.complaints())


def test_a_timer_left_running_is_a_complaint(qtbot: QtBot) -> None:
    guard = QtGuard()
    guard.start()
    timer = QTimer()
    timer.start(60_000)
    (complaint,) = guard.complaints()
    timer.stop()
    assert complaint.startswith(f"The test left a timer running: 60000 ms, started by {__file__}")


def test_a_timer_that_went_with_its_owner_is_none(qtbot: QtBot) -> None:
    guard = QtGuard()
    guard.start()
    owner = QObject()
    timer = QTimer(owner)
    timer.start(60_000)
    owner.deleteLater()
    assert not list(guard.complaints())


def test_a_single_shot_that_nobody_owns_is_a_complaint(qtbot: QtBot) -> None:
    guard = QtGuard()
    guard.start()
    owner = QObject()
    QTimer.singleShot(60_000, owner, lambda: None)
    QTimer.singleShot(60_000, owner.deleteLater)
    QTimer.singleShot(0, lambda: None)
    fired: list[bool] = []
    QTimer.singleShot(500, lambda: fired.append(True))
    (complaint,) = guard.complaints()
    assert complaint.startswith("The test left a single shot that no object owns: 500 ms")
    qtbot.waitUntil(lambda: fired == [True])  # the guard around this test would complain as well


def test_a_pool_at_work_is_a_complaint(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "PATIENCE", 0.01)
    guard = QtGuard()
    guard.start()
    stop = threading.Event()
    pool = QThreadPool()
    pool.start(QRunnable.create(stop.wait))
    try:
        (complaint,) = guard.complaints()
    finally:
        stop.set()
        pool.waitForDone()
    assert complaint.startswith("The test left a QThreadPool at work")


def test_a_mouse_button_left_pressed_is_a_complaint(qtbot: QtBot) -> None:
    guard = MouseGuard()
    guard.start()
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton)
    assert list(guard.complaints()) == ["The test left a mouse button pressed."]
    qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton)
    assert not list(guard.complaints())
