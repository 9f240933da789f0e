"""An export is there whole or not at all, and what is in its way is said about the file, not the ledger."""

import errno
import hashlib
import io
import os
import stat
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.domain.problems import Refused
from app.services import purchases
from app.services.exporting import (
    ExportFormat,
    ExportOptions,
    ExportReport,
    export_file,
    format_of,
    sink,
)
from app.services.exporting import purchases as exporting
from app.services.jobs import Cancelled, JobContext, JobState
from app.services.ledger import DiskFull, EnvironmentProblem, Ledger, NotWritable
from tests.helpers.ledgers import add_all, bought

FORMATS = list(ExportFormat)
BEFORE = b"what was there before"


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    ledger.run(add_all([[bought(f"Lamp {number}") for number in range(1_600)]]))
    return ledger


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "out"
    place.mkdir()
    return place


def export(ledger: Ledger, target: Any, format: ExportFormat = ExportFormat.CSV) -> ExportReport:
    return export_file(ledger, target, ExportOptions(exporting.PURCHASES, format))


@pytest.mark.parametrize("format", FORMATS)
def test_the_report_tells_what_was_written(filled: Ledger, folder: Path, format: ExportFormat) -> None:
    target = folder / f"all.{format}"
    report = export(filled, target, format)
    content = target.read_bytes()
    assert report.rows == 1_600
    assert report.seconds >= 0
    assert report.to_json() == {
        "rows": 1_600,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "path": str(target),
    }
    assert list(folder.iterdir()) == [target]


@pytest.mark.parametrize("format", FORMATS)
def test_a_stream_gets_the_same_bytes(filled: Ledger, folder: Path, format: ExportFormat) -> None:
    stream = io.BytesIO()
    report = export(filled, stream, format)
    assert (report.path, report.bytes) == ("-", len(stream.getvalue()))
    assert report.sha256 == hashlib.sha256(stream.getvalue()).hexdigest()
    if format is ExportFormat.CSV:
        export(filled, folder / "same.csv")
        assert (folder / "same.csv").read_bytes() == stream.getvalue()


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_is_there_is_replaced(filled: Ledger, folder: Path, format: ExportFormat) -> None:
    target = folder / "all"
    target.write_bytes(BEFORE)
    export(filled, target, format)
    assert target.read_bytes() != BEFORE


class Halfway(JobContext):
    """A job that is cancelled once some rows are written."""

    def progress(self, done: int, total: int | None, text: str = "") -> None:
        if done:
            self.cancel()
        super().progress(done, total, text)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("there", [True, False])
def test_a_cancelled_export_leaves_what_was_there(
    filled: Ledger, folder: Path, format: ExportFormat, there: bool
) -> None:
    target = folder / "all"
    if there:
        target.write_bytes(BEFORE)
    with pytest.raises(Cancelled):
        export_file(filled, target, ExportOptions(exporting.PURCHASES, format), Halfway())
    assert [(path, path.read_bytes()) for path in folder.iterdir()] == ([(target, BEFORE)] if there else [])


def test_an_export_that_was_cancelled_before_it_began_writes_nothing(filled: Ledger, folder: Path) -> None:
    context = JobContext()
    context.cancel()
    job = filled.jobs.start(
        "Export",
        lambda _: export_file(
            filled, folder / "x.csv", ExportOptions(exporting.PURCHASES, ExportFormat.CSV), context
        ),
        inline=True,
    )
    assert job.state is JobState.CANCELLED
    assert list(folder.iterdir()) == []


def fail_after(bytes_written: int, number: int) -> Callable[[Any, bytes], int]:
    whole = sink.Sink.write

    def write(self: sink.Sink, data: bytes) -> int:
        if self.size > bytes_written:
            raise OSError(number, os.strerror(number))
        return whole(self, data)

    return write


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("after", [-1, 0, 1_000])
def test_a_full_disk_is_told_about_the_file_and_leaves_what_was_there(
    filled: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch, format: ExportFormat, after: int
) -> None:
    target = folder / "all"
    target.write_bytes(BEFORE)
    monkeypatch.setattr(sink.Sink, "write", fail_after(after, errno.ENOSPC))
    with pytest.raises(DiskFull) as problem:
        export(filled, target, format)
    assert str(target) in str(problem.value)
    assert str(filled.path) not in str(problem.value)
    assert [(path, path.read_bytes()) for path in folder.iterdir()] == [(target, BEFORE)]


@pytest.mark.parametrize("format", FORMATS)
def test_an_interrupt_from_the_keyboard_leaves_what_was_there(
    filled: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch, format: ExportFormat
) -> None:
    def interrupted(_self: sink.Sink, _data: bytes) -> int:
        raise KeyboardInterrupt

    target = folder / "all"
    target.write_bytes(BEFORE)
    monkeypatch.setattr(sink.Sink, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        export(filled, target, format)
    assert [(path, path.read_bytes()) for path in folder.iterdir()] == [(target, BEFORE)]


def test_a_disk_that_fails_is_told_about_the_file(
    filled: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sink.Sink, "write", fail_after(0, errno.EIO))
    with pytest.raises(EnvironmentProblem, match=r"all\.csv cannot be used"):
        export(filled, folder / "all.csv")
    assert list(folder.iterdir()) == []


def test_a_folder_is_refused_as_a_file(filled: Ledger, folder: Path) -> None:
    with pytest.raises(Refused, match=r"is a folder\. Add a file name"):
        export(filled, folder)
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(filled: Ledger, folder: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"There is no folder .*nowhere"):
        export(filled, folder / "nowhere" / "all.csv")


def test_a_folder_that_may_only_be_read_is_told(
    filled: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(target: Path) -> Iterator[None]:
        raise PermissionError(errno.EACCES, "Permission denied", str(target))
        yield

    # Root may write everywhere, so the system's answer is given in its place.
    monkeypatch.setattr(sink, "replace_file", contextmanager(refuse))
    with pytest.raises(NotWritable, match="cannot be written"):
        export(filled, folder / "all.csv")


def test_a_file_that_may_only_be_read_is_not_replaced(
    filled: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "all.csv"
    target.write_bytes(BEFORE)
    monkeypatch.setattr(sink, "_may_write", lambda _place: False)
    with pytest.raises(NotWritable, match="may only be read"):
        export(filled, target)
    assert target.read_bytes() == BEFORE


def test_the_ledgers_own_files_are_safe(filled: Ledger) -> None:
    database = filled.path / "counterfoil.db"
    for target in (database, filled.path / "x.csv", filled.path / ".." / filled.path.name / "lock"):
        with pytest.raises(Refused, match="lies in the ledger's own folder"):
            export(filled, target)
    assert purchases.count(filled) == 1_600


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_stays_a_link(filled: Ledger, folder: Path) -> None:
    real = folder / "real.csv"
    real.write_bytes(BEFORE)
    link = folder / "link.csv"
    link.symlink_to(real)
    report = export(filled, link)
    assert link.is_symlink()
    assert real.read_bytes() != BEFORE
    assert report.path == str(link)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
def test_what_is_no_file_is_refused(filled: Ledger, folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Refused, match="is not a file that can be replaced"):
        export(filled, pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


class Broken(io.BytesIO):
    """A stream whose other end is in trouble."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def write(self, _data: Any) -> int:
        raise OSError(self.number, os.strerror(self.number))


def test_a_full_disk_behind_a_stream_is_told(filled: Ledger) -> None:
    with pytest.raises(EnvironmentProblem, match="output could not be written: its disk is full"):
        export(filled, Broken(errno.ENOSPC))


def test_a_reader_that_went_away_is_told_as_such(filled: Ledger) -> None:
    with pytest.raises(BrokenPipeError):
        export(filled, Broken(errno.EPIPE))


class Watching(JobContext):
    """A job during which somebody else adds purchases."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self.ledger = ledger
        self.seen: list[tuple[int, int | None]] = []

    def progress(self, done: int, total: int | None, text: str = "") -> None:
        self.seen.append((done, total))
        self.ledger.run(purchases.add(bought("Late")))
        super().progress(done, total, text)


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_shows_one_moment_while_others_write(
    filled: Ledger, folder: Path, format: ExportFormat
) -> None:
    context = Watching(filled)
    report = export_file(filled, folder / "all", ExportOptions(exporting.PURCHASES, format), context)
    assert report.rows == 1_600
    assert b"Late" not in (folder / "all").read_bytes()
    assert context.seen[0] == (0, 1_600)
    assert context.seen[-1] == (1_600, 1_600)
    assert purchases.count(filled) == 1_600 + len(context.seen)


@pytest.mark.parametrize("format", FORMATS)
def test_memory_does_not_grow_with_the_rows(ledger: Ledger, folder: Path, format: ExportFormat) -> None:
    def peak(rows: int) -> int:
        ledger.run(add_all([[bought(f"Lamp {number}", notes="n" * 200) for number in range(rows)]]))
        tracemalloc.start()
        try:
            export(ledger, folder / "all", format)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    export(ledger, folder / "all", format)  # What is imported and prepared on first use is not counted.
    few = peak(1_000)
    assert peak(7_000) < few + 500_000


def test_the_format_follows_from_the_ending() -> None:
    assert format_of("a.CSV") is ExportFormat.CSV
    assert format_of(Path("x/y.json")) is ExportFormat.JSON
    assert format_of("archive.csv.xlsx") is ExportFormat.XLSX
    assert format_of("-") is None
    assert format_of("notes.pdf") is None
