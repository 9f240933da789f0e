"""Reads what strace wrote down of a program's work in a folder, for `tests.faults.power`."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from tests.faults.power import Disk, Flush, Name, Recording, Resize, Said, Step, Write

FOLLOWED = (
    *("openat", "close", "lseek", "read", "write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate"),
    *("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "link", "dup"),
    *("sendfile", "copy_file_range", "fallocate"),
)
LONGEST = 1 << 23

_LINE = re.compile(r"(\d+) +(.*)", re.DOTALL)
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>(.*)", re.DOTALL)
_DONE = re.compile(r"(\w+)\((.*)\) += (-?\d+)[^)\"]*(?:\([^)]*\))?", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Reader:
    """Reads a trace of what a program did in a folder."""

    def __init__(self, folder: Path, before: Disk) -> None:
        self._root = str(folder) + "/"
        self._names = dict(before.names)
        self._numbers = count(1_000_000)
        self._open: dict[int, tuple[int | str, int]] = {}
        self.steps: list[Step] = []

    def read(self, trace: Path) -> list[Step]:
        for call, arguments, result in _calls(trace):
            if result >= 0:
                getattr(self, f"_{call}", self._unknown)(arguments, result)
        return self.steps

    def _unknown(self, arguments: str, _result: int) -> None:
        raise AssertionError(f"a call that is not understood: {arguments[:200]}")

    def _name(self, text: str, folder: str = "AT_FDCWD") -> str | None:
        """Return a path within the folder, None for one elsewhere."""
        path = bytes.fromhex(text.replace("\\x", "")).decode()
        if folder != "AT_FDCWD" and not path.startswith("/"):
            inside = self._open.get(int(folder), ("", 0))[0]
            return f"{inside}/{path}" if isinstance(inside, str) and inside else None
        if path + "/" == self._root:
            return "."
        return path[len(self._root) :] if path.startswith(self._root) else None

    def _openat(self, arguments: str, result: int) -> None:
        folder, _, rest = arguments.partition(", ")
        text = _TEXT.search(rest)
        name = self._name(text[1], folder) if text else None
        self._open.pop(result, None)
        if name is None:
            return
        flags = rest[text.end() :] if text else ""
        if name == "." or (name in self._names and self._names[name] is None):
            self._open[result] = ("" if name == "." else name, 0)
            return
        if name not in self._names:
            file = self._names[name] = next(self._numbers)
            self.steps.append(Name(None, name, file))
        file = self._names[name]
        assert file is not None
        if "O_TRUNC" in flags:
            self.steps.append(Resize(file, 0))
        assert "O_APPEND" not in flags
        self._open[result] = (file, 0)

    def _close(self, arguments: str, _result: int) -> None:
        self._open.pop(int(arguments), None)

    def _file(self, arguments: str) -> tuple[int, int, int] | None:
        """Return number, file and position where a call is one on an open file of the folder."""
        number = int(arguments.partition(",")[0])
        file, at = self._open.get(number, ("", 0))
        return None if isinstance(file, str) else (number, file, at)

    def _lseek(self, arguments: str, result: int) -> None:
        found = self._file(arguments)
        if found:
            self._open[found[0]] = (found[1], result)

    def _read(self, arguments: str, result: int) -> None:
        found = self._file(arguments)
        if found:
            self._open[found[0]] = (found[1], found[2] + result)

    def _write(self, arguments: str, result: int) -> None:
        found = self._file(arguments)
        if found:
            number, file, at = found
            self.steps.append(Write(file, at, _data(arguments)[:result]))
            self._open[number] = (file, at + result)

    def _pwrite64(self, arguments: str, result: int) -> None:
        found = self._file(arguments)
        if found:
            at = int(arguments.rpartition(", ")[2])
            self.steps.append(Write(found[1], at, _data(arguments)[:result]))

    def _writev(self, arguments: str, _result: int) -> None:
        if arguments.startswith("1,"):
            self.steps.append(Said(_data(arguments).decode().strip()))

    def _fsync(self, arguments: str, _result: int) -> None:
        number = int(arguments)
        if number in self._open:
            self.steps.append(Flush(self._open[number][0]))

    _fdatasync = _fsync

    def _ftruncate(self, arguments: str, _result: int) -> None:
        found = self._file(arguments)
        if found:
            self.steps.append(Resize(found[1], int(arguments.rpartition(", ")[2])))

    def _rename(self, arguments: str, _result: int) -> None:
        old, new = (self._name(text) for text in _TEXT.findall(arguments))
        assert (old is None) == (new is None)
        if old is not None:
            self._change(Name(old, new, self._names[old]))

    def _unlink(self, arguments: str, _result: int) -> None:
        old = self._name(_TEXT.findall(arguments)[0])
        if old is not None:
            self._change(Name(old, None, None))

    _rmdir = _unlink

    def _unlinkat(self, arguments: str, _result: int) -> None:
        old = self._name(_TEXT.findall(arguments)[0], arguments.partition(",")[0])
        if old is not None:
            self._change(Name(old, None, None))

    def _mkdir(self, arguments: str, _result: int) -> None:
        new = self._name(_TEXT.findall(arguments)[0])
        if new is not None:
            self._change(Name(None, new, None))

    def _change(self, step: Name) -> None:
        mirror = Disk(self._names)
        mirror.rename(step)
        self.steps.append(step)


def _data(arguments: str) -> bytes:
    return bytes.fromhex("".join(_TEXT.findall(arguments)).replace("\\x", ""))


def _calls(trace: Path) -> Iterator[tuple[str, str, int]]:
    """Give the calls of a trace that have ended, in the order of their ends."""
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            match = _LINE.match(line.rstrip("\n"))
            if match is None:
                continue
            thread, text = match.groups()
            if text.endswith("<unfinished ...>"):
                begun[thread] = text.removesuffix("<unfinished ...>")
                continue
            resumed = _RESUMED.match(text)
            if resumed:
                text = begun.pop(thread) + resumed[1]
            done = _DONE.match(text)
            if done:
                yield done[1], done[2].strip(), int(done[3])


def recorded(folder: Path, trace: Path, before: Disk) -> Recording:
    """Return the recording of a run in a folder, from its trace and from what lay there before."""
    return Recording(before, Reader(folder, before).read(trace))


def options(trace: Path) -> list[str]:
    """Return the options by which strace writes down what `recorded` reads."""
    return ["-o", str(trace), "-xx", "-s", str(LONGEST), "-e", f"trace={','.join(FOLLOWED)}"]
