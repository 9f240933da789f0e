"""The adapter between the core's threads and the window's."""

import threading
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.problems import Refused
from app.services import settings
from app.services.changes import Area, Change, Command
from app.services.jobs import Job, JobContext, JobState
from app.services.ledger import Interrupt, Interrupted, Ledger
from app.ui.bridge import Bridge
from app.ui.state import LedgerState, packed, unpacked
from app.ui.undo_mirror import UndoMirror
from tests.ui.window.conftest import toaster


@pytest.fixture
def reported() -> list[BaseException]:
    return []


@pytest.fixture
def bridge(qapp: QApplication, ledger: Ledger, reported: list[BaseException]) -> Iterator[Bridge]:
    made = Bridge(ledger, reported.append)
    yield made
    made.close()


def test_changes_arrive_on_the_window_thread(qtbot: QtBot, bridge: Bridge) -> None:
    threads: list[QThread] = []
    bridge.changed.connect(lambda _change: threads.append(QThread.currentThread()))
    with qtbot.waitSignal(bridge.changed) as heard:
        bridge.run_command(toaster())
    assert heard.args is not None
    assert Area.PURCHASES in heard.args[0].areas
    assert threads == [QThread.currentThread()]


def test_a_later_read_with_the_same_key_drops_the_earlier(qtbot: QtBot, bridge: Bridge) -> None:
    results: list[str] = []
    began = threading.Event()

    def slow(interrupt: Interrupt) -> str:
        began.set()
        while not interrupt.cancelled:
            threading.Event().wait(0.005)
        return "stale"

    def interrupted(interrupt: Interrupt) -> str:
        began.wait(5)
        while not interrupt.cancelled:
            threading.Event().wait(0.005)
        raise Interrupted

    bridge.read(slow, results.append, key="rows")
    bridge.read(interrupted, results.append, key="totals")
    assert began.wait(5)
    bridge.read(lambda _interrupt: "rows", results.append, key="rows")
    bridge.read(lambda _interrupt: "totals", results.append, key="totals")
    qtbot.waitUntil(lambda: sorted(results) == ["rows", "totals"])


def test_a_read_that_was_cancelled_says_nothing(qtbot: QtBot, bridge: Bridge) -> None:
    results: list[str] = []
    bridge.read(lambda _interrupt: "unwanted", results.append).cancel()
    bridge.read(lambda _interrupt: "wanted", results.append)
    qtbot.waitUntil(lambda: results == ["wanted"])


def test_errors_go_where_they_belong(
    qtbot: QtBot, bridge: Bridge, ledger: Ledger, reported: list[BaseException]
) -> None:
    def fails(error: BaseException) -> Any:
        def query(_interrupt: Interrupt) -> None:
            raise error

        return query

    caught: list[BaseException] = []
    bridge.read(fails(Refused("No.")), caught.append, caught.append)
    qtbot.waitUntil(lambda: [str(error) for error in caught] == ["No."])
    with qtbot.waitSignal(bridge.failed) as told:
        bridge.read(fails(Refused("Not now.")), caught.append)
    assert told.args == ["Not now."]
    bridge.read(fails(Interrupted()), caught.append)
    bridge.read(fails(ZeroDivisionError()), caught.append)
    qtbot.waitUntil(lambda: [type(error) for error in reported] == [ZeroDivisionError])
    assert len(caught) == 1


def test_a_busy_job_is_told_at_most_ten_times_a_second(qtbot: QtBot, bridge: Bridge) -> None:
    told: list[tuple[int, JobState]] = []
    clock = QElapsedTimer()

    def hear(job: Job) -> None:
        told.append((clock.elapsed(), job.state))

    bridge.job_changed.connect(hear)
    clock.start()

    def work(context: JobContext) -> None:
        for number in range(40):
            context.progress(number, 40)
            threading.Event().wait(0.01)

    bridge.start_job("Counting", work)
    qtbot.waitUntil(lambda: bool(told) and told[-1][1] is JobState.COMPLETED)
    times = [at for at, _ in told]
    assert len(told) <= 2 + times[-1] // 100
    assert all(later - earlier >= 95 for earlier, later in pairwise(times))


def test_nothing_arrives_after_closing(qtbot: QtBot, bridge: Bridge, ledger: Ledger) -> None:
    heard: list[object] = []
    go_on = threading.Event()
    bridge.changed.connect(heard.append)
    bridge.call(ledger.submit(Command("Wait", lambda _write: go_on.wait(5), undoable=False)), heard.append)
    threading.Timer(0.05, go_on.set).start()
    bridge.close()
    bridge.run_command(toaster(), heard.append)
    bridge.read(lambda _interrupt: 1, heard.append)
    bridge.undo()
    bridge.redo()
    ledger.submit(toaster()).result()
    QCoreApplication.processEvents()
    assert heard == []
    assert ledger.undo_label == "Add “Toaster”"


def test_state_is_written_a_moment_later_and_at_once_by_flush(
    qtbot: QtBot, bridge: Bridge, ledger: Ledger
) -> None:
    state = LedgerState(ledger, bridge, {"window.page": "purchases"})
    assert state.get("window.page") == "purchases"
    state.put("a", [1, 2])
    assert (state.get("a"), state.get("b", 7)) == ([1, 2], 7)
    qtbot.waitUntil(lambda: settings.read_all(ledger).get("a") == [1, 2])
    state.put("a", [3])
    state.flush()
    ledger.submit(toaster()).result()
    assert settings.read_all(ledger)["a"] == [3]
    state.put("a", [3])
    assert not state._timer.isActive()


@pytest.mark.parametrize("text", [None, 5, "", "not base64 ÿ"])
def test_what_is_no_packed_geometry_is_empty_or_harmless(text: object) -> None:
    assert isinstance(bytes(unpacked(text).data()), bytes)
    assert unpacked(packed(unpacked("YWJj"))).data() == b"abc"


def test_the_mirror_follows_and_finds_its_way_back(qtbot: QtBot, bridge: Bridge, ledger: Ledger) -> None:
    mirror = UndoMirror(ledger)
    bridge.changed.connect(mirror.take_change)
    for _ in range(3):
        ledger.run(toaster())
    ledger.undo().result()
    qtbot.waitUntil(mirror.stack.canRedo)
    assert mirror.agrees()
    assert (mirror.stack.count(), mirror.stack.index()) == (3, 2)
    bridge.changed.disconnect(mirror.take_change)
    heard: list[Change] = []
    bridge.changed.connect(heard.append)
    ledger.run(Command("Change things", toaster().run))
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert not mirror.agrees()
    ledger.undo().result()
    qtbot.waitUntil(lambda: len(heard) == 2)
    mirror.take_change(heard[-1])
    assert mirror.agrees()
