"""What happens to an error that nobody expected: a report file, and a word to the user. Knows no Qt.

A report holds the places in the program and the versions, but no data: no variables, and no message of an
exception, since amounts and names get into those, except where the message can only speak of the program.
"""

import contextlib
import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from filelock import FileLock, Timeout

from app.services.versions import versions

_KEPT = 20
_UNSEEN = ".unseen"
_RUNNING = "running-"
_PROGRAM = Path(__file__).resolve().parents[2]
# Their messages are written by Python itself and name attributes, modules and types, never values.
_SPEAK_OF_THE_PROGRAM = (AttributeError, ImportError, NameError, RecursionError, MemoryError)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Crash:
    """An error that was reported: the kind of exception, and the file, None where it could not be written."""

    kind: str
    file: Path | None


Listener = Callable[[Crash], None]


class CrashReporter:
    """Writes reports into a folder and tells one listener of each; the same error is written only once a run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._listener: Listener | None = None
        self._seen: set[tuple[str, ...]] = set()
        self._lock = threading.Lock()
        self._marker: FileLock | None = None
        self._fault_file: IO[str] | None = None

    # -- for the run

    def install(self) -> None:
        """Let every unexpected error of this process come here, and note that a run has begun."""
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._marker = FileLock(self.folder / f"{_RUNNING}{os.getpid()}.lock", mode=0o600)
            self._marker.acquire(timeout=0)
            self._fault_file = self._fault_path(os.getpid()).open("w", encoding="utf-8")
        except (OSError, Timeout) as error:
            _log.warning("crash reports cannot be written: %s", type(error).__name__)
            return
        faulthandler.enable(self._fault_file)

    def uninstall(self) -> None:
        """Note that the run ended well."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._fault_file is not None:
            faulthandler.disable()
            self._fault_file.close()
            self._fault_file = None
            self._fault_path(os.getpid()).unlink(missing_ok=True)
        if self._marker is not None:
            self._marker.release()
            Path(self._marker.lock_file).unlink(missing_ok=True)
            self._marker = None

    def listen(self, listener: Listener | None) -> None:
        """Tell `listener`, on whatever thread the error came from, of every report from now on."""
        self._listener = listener

    def report(self, error: BaseException, where: str = "") -> Crash | None:
        """Write a report; None when this very error has been reported in this run. Never raises."""
        signature = _signature(error)
        with self._lock:
            known = signature in self._seen
            self._seen.add(signature)
        _log.error("unexpected %s at %s", type(error).__name__, signature[-1] if signature else "?")
        if known:
            return None
        crash = Crash(type(error).__name__, self._written(report_text(error, where)))
        if self._listener is not None:
            self._listener(crash)
        return crash

    # -- for the next run

    def unseen(self) -> list[Path]:
        """Return reports that no user has been told of, the newest first; first picks up what dead runs left."""
        with contextlib.suppress(OSError):
            self._pick_up_faults()
        marked = sorted(self.folder.glob(f"*{_UNSEEN}"), reverse=True)
        return [path for path in (mark.with_suffix(".txt") for mark in marked) if path.is_file()]

    def mark_seen(self, report: Path) -> None:
        """Note that the user has been told of a report."""
        with contextlib.suppress(OSError):
            report.with_suffix(_UNSEEN).unlink(missing_ok=True)

    # -- inside

    def _from_main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _from_thread(self, details: threading.ExceptHookArgs) -> None:
        if details.exc_value is not None and not isinstance(details.exc_value, SystemExit):
            self.report(details.exc_value, f"thread {details.thread.name if details.thread else '?'}")

    def _written(self, text: str) -> Path | None:
        stamp = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S-%f")
        path = self.folder / f"report-{stamp}.txt"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_text(text, encoding="utf-8")
            path.chmod(0o600)
            path.with_suffix(_UNSEEN).touch(mode=0o600)
            self._drop_old()
        except OSError as error:
            _log.warning("the report could not be written: %s", error.strerror)
            return None
        return path

    def _drop_old(self) -> None:
        for old in sorted(self.folder.glob("report-*.txt"), reverse=True)[_KEPT:]:
            old.unlink(missing_ok=True)
            old.with_suffix(_UNSEEN).unlink(missing_ok=True)

    def _pick_up_faults(self) -> None:
        """Make a report of what each run that died left behind, and take its marker away."""
        for marker in self.folder.glob(f"{_RUNNING}*.lock"):
            lock = FileLock(marker)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                continue
            fault = marker.with_suffix(".txt")
            trace = fault.read_text(encoding="utf-8", errors="replace") if fault.is_file() else ""
            if trace.strip():
                self._written(
                    "\n".join((*_heading("The program was ended by a fault"), "", _no_paths(trace)))
                )
            fault.unlink(missing_ok=True)
            lock.release()
            marker.unlink(missing_ok=True)

    def _fault_path(self, process: int) -> Path:
        return self.folder / f"{_RUNNING}{process}.txt"


def report_text(error: BaseException, where: str = "") -> str:
    """Return a report: versions, then the chain of errors with the places they came through, and no data."""
    lines = list(_heading(f"Unexpected {type(error).__name__}"))
    if where:
        lines.append(f"Where: {where}")
    for number, link in enumerate(_chain(error)):
        lines += ["", "Caused by:" if number else "Error:"]
        lines += [
            f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}{_safe_message(link)}")
    return "\n".join(lines) + "\n"


def _heading(title: str) -> Iterator[str]:
    yield f"Counterfoil report: {title}"
    yield "This file names places in the program and versions. It holds nothing from your ledger."
    yield ""
    yield f"Time: {datetime.now(UTC).isoformat(timespec='seconds')}"
    for name, value in versions():
        yield f"{name}: {value}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _safe_message(error: BaseException) -> str:
    return f": {error}" if type(error) in _SPEAK_OF_THE_PROGRAM else ""


def _signature(error: BaseException) -> tuple[str, ...]:
    frames = traceback.extract_tb(error.__traceback__)
    return (type(error).__name__, *(f"{_place(frame.filename)}:{frame.lineno}" for frame in frames))


def _place(filename: str) -> str:
    """A file of the program or of a library without the folders around it, which name the user."""
    path = Path(filename)
    if path.is_relative_to(_PROGRAM) and ".venv" not in path.parts:
        return path.relative_to(_PROGRAM).as_posix()
    for root in ("site-packages", f"python{sys.version_info[0]}.{sys.version_info[1]}"):
        if root in path.parts:
            at = len(path.parts) - 1 - path.parts[::-1].index(root)
            return "/".join(path.parts[at + 1 :])
    return path.name


def _no_paths(trace: str) -> str:
    """The dump of a fault with short file names; what is not a place in a file is left as it is."""
    lines = []
    for line in trace.splitlines():
        before, quote, rest = line.partition('File "')
        name, end, after = rest.partition('"')
        lines.append(f"{before}File {_place(name)}{after}" if quote and end else line)
    return "\n".join(lines) + "\n"
