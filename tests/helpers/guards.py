"""What every test is held to: no network, no unannounced error in the log, nothing left running.

A guard watches from `start` to `complaints`, which says in sentences what went wrong. Nothing here imports
Qt; the guard for Qt objects works only in a process where something else has imported it.
"""

import gc
import ipaddress
import logging
import re
import socket
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterator
from typing import Any

# How long threads, pools and event loops may take to come to an end, in seconds.
PATIENCE = 5.0


class NetworkRefused(PermissionError):
    """A test tried to reach another machine."""


class NetworkGuard:
    """Lets no socket of this process reach beyond the machine itself."""

    def __init__(self) -> None:
        self._attempts: list[str] = []
        # Unlike a patched socket module, an audit hook also sees what C extensions do through it.
        sys.addaudithook(self._audit)

    def start(self) -> None:
        self._attempts.clear()

    def complaints(self) -> Iterator[str]:
        for attempt in self._attempts:
            yield f"The test tried to use the network: {attempt}."

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not event.startswith("socket."):
            return
        host: object = None
        if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
            channel, address = arguments[0], arguments[1]
            if channel.family in (socket.AF_INET, socket.AF_INET6) and address:
                host = address[0]
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = arguments[0]
        if host is not None and not _is_this_machine(host):
            self._attempts.append(f"{event} {host!r}")
            raise NetworkRefused(f"Tests use no network, and this is {event} {host!r}.")


def _is_this_machine(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in ("", "localhost"):
        return name == "localhost"
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


class LogGuard:
    """Sees every log record at ERROR or above, and those that the test announced and that never came."""

    def __init__(self) -> None:
        self._records: list[logging.LogRecord] = []
        self._expected: list[tuple[re.Pattern[str], int]] = []

    def start(self) -> None:
        self._make = logging.getLogRecordFactory()
        logging.setLogRecordFactory(self._watch)

    def expect(self, pattern: str, level: int = logging.ERROR) -> None:
        """Announce that a record of this level will come whose message matches `pattern`."""
        self._expected.append((re.compile(pattern), level))

    def complaints(self) -> Iterator[str]:
        logging.setLogRecordFactory(self._make)
        met = set()
        for record in self._records:
            message = record.getMessage()
            matching = [e for e in self._expected if e[0].search(message) and e[1] == record.levelno]
            met.update(matching)
            if not matching and record.levelno >= logging.ERROR:
                error = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
                yield f"Logged by {record.name}, and not announced: {message}\n{error}"
        for pattern, level in self._expected:
            if (pattern, level) not in met:
                yield f"Announced, and never logged: {logging.getLevelName(level)} {pattern.pattern!r}."

    def _watch(self, *arguments: Any, **options: Any) -> logging.LogRecord:
        record = self._make(*arguments, **options)
        if record.levelno >= logging.ERROR or self._expected:
            self._records.append(record)
        return record


class ThreadGuard:
    """Sees threads that outlive the test."""

    def start(self) -> None:
        self._before = set(threading.enumerate())

    def complaints(self) -> Iterator[str]:
        deadline = time.monotonic() + PATIENCE
        for thread in set(threading.enumerate()) - self._before:
            # Python's stand-in for a thread that Qt or C started: the guard for Qt knows those.
            if isinstance(thread, threading._DummyThread):
                continue
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                yield f"The test left a thread running: {thread.name!r}."


class QtGuard:
    """Sees timers, threads and thread pools of Qt that were started from Python and outlive the test."""

    def __init__(self) -> None:
        self._core: Any = sys.modules.get("PySide6.QtCore")
        self._originals: list[tuple[type, str, object]] = []
        self._started: dict[int, tuple[Any, str]] = {}
        self._waiting: dict[object, str] = {}

    def start(self) -> None:
        if self._core is None:
            return
        self._watch_start(self._core.QTimer)
        self._watch_start(self._core.QThread)
        self._watch_start(self._core.QThreadPool)
        self._watch_single_shots()

    def complaints(self) -> Iterator[str]:
        for owner, name, original in self._originals:
            setattr(owner, name, original)
        if self._core is None:
            return
        self._settle()
        if self._leftovers():
            # What only a reference cycle keeps is not left behind.
            gc.collect()
            self._settle()
        for leftover in self._leftovers():
            yield f"The test left {leftover}."

    def _watch_start(self, kind: type) -> None:
        original = kind.start  # type: ignore[attr-defined]

        def start(target: Any, *arguments: Any, **options: Any) -> Any:
            self._started[id(target)] = (weakref.ref(target), _caller())
            return original(target, *arguments, **options)

        self._originals.append((kind, "start", original))
        kind.start = start  # type: ignore[attr-defined]

    def _watch_single_shots(self) -> None:
        original = self._core.QTimer.singleShot

        def single_shot(delay: int, *arguments: Any) -> None:
            if len(arguments) > 1 or not callable(arguments[0]) or _receiver(arguments[0]):
                # Qt forgets a single shot together with the object that it was meant for.
                original(delay, *arguments)
                return
            key = object()
            self._waiting[key] = f"{delay} ms, by {_caller()}"

            def fire(action: Callable[[], object] = arguments[0]) -> None:
                del self._waiting[key]
                action()

            original(delay, fire)

        self._originals.append((self._core.QTimer, "singleShot", staticmethod(original)))
        self._core.QTimer.singleShot = staticmethod(single_shot)

    def _settle(self) -> None:
        application = self._core.QCoreApplication.instance()
        if application is not None:
            application.sendPostedEvents(None, self._core.QEvent.Type.DeferredDelete.value)
            application.processEvents()

    def _leftovers(self) -> list[str]:
        found = [f"a single shot that no object owns: {shot}" for shot in self._waiting.values()]
        is_valid = sys.modules["shiboken6"].isValid
        for reference, caller in self._started.values():
            target = reference()
            if target is None or not is_valid(target):
                continue
            if isinstance(target, self._core.QTimer):
                if target.isActive():
                    found.append(f"a timer running: {target.interval()} ms, started by {caller}")
            elif isinstance(target, self._core.QThread):
                if not target.wait(int(PATIENCE * 1000)):
                    found.append(f"a QThread running, started by {caller}")
            elif not target.waitForDone(int(PATIENCE * 1000)):
                found.append(f"a QThreadPool at work, started by {caller}")
        return found


class MouseGuard:
    """Sees mouse buttons that the test pressed and did not let go: every later test would have them pressed."""

    def start(self) -> None:
        self._before = self._pressed()

    def complaints(self) -> Iterator[str]:
        if self._pressed() and not self._before:
            yield "The test left a mouse button pressed."

    @staticmethod
    def _pressed() -> bool:
        gui: Any = sys.modules.get("PySide6.QtGui")
        if gui is None or gui.QGuiApplication.instance() is None:
            return False
        return bool(gui.QGuiApplication.mouseButtons().value)


def _receiver(action: object) -> bool:
    """Whether an action is a method of a Qt object, which is then the context of a single shot."""
    core = sys.modules["PySide6.QtCore"]
    return isinstance(getattr(action, "__self__", None), core.QObject)


def _caller() -> str:
    frame = sys._getframe(2)
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"
