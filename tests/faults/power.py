"""Simulated power cuts: what may be on the disk, of what a program has written, at any moment of its run.

The system calls of a run are written down with all their data. An image is what a cut after any of them may leave:
what was flushed by then is there; everything else may be lost, or in part there, or there in another order. A file's
bytes are flushed by a flush of the file, its name by a flush of the folder.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

SECTOR = 512


@dataclass(frozen=True)
class Write:
    """Bytes that went to a place in a file."""

    file: int
    at: int
    data: bytes


@dataclass(frozen=True)
class Resize:
    """A file was cut, or made longer with zeros."""

    file: int
    size: int


@dataclass(frozen=True)
class Name:
    """A name came, went, or moved: `old` is what goes, `new` is what comes. `file` is None for a folder."""

    old: str | None
    new: str | None
    file: int | None

    @property
    def names(self) -> set[str]:
        return {name for name in (self.old, self.new) if name}

    @property
    def folders(self) -> set[str]:
        return {_above(name) for name in self.names}


@dataclass(frozen=True)
class Flush:
    """A file, or the names in a folder, were flushed to the disk."""

    what: int | str


@dataclass(frozen=True)
class Said:
    """The program has told the world something."""

    line: str


Step = Write | Resize | Name | Flush | Said


def _above(name: str) -> str:
    return name.rpartition("/")[0]


@dataclass
class Disk:
    """Names and files; a folder's name stands for None."""

    names: dict[str, int | None] = field(default_factory=dict)
    files: dict[int, bytearray] = field(default_factory=dict)

    def copy(self) -> "Disk":
        return Disk(dict(self.names), {file: bytearray(data) for file, data in self.files.items()})

    def write(self, step: Write | Resize, length: int | None = None) -> None:
        data = self.files.setdefault(step.file, bytearray())
        end = step.size if isinstance(step, Resize) else step.at + len(step.data[:length])
        if end > len(data):
            data.extend(bytes(end - len(data)))
        if isinstance(step, Resize):
            del data[step.size :]
        else:
            data[step.at : end] = step.data[:length]

    def rename(self, step: Name) -> None:
        if step.old is None:
            assert step.new is not None
            self.names[step.new] = step.file
        elif step.old in self.names:
            moved = {name for name in self.names if name == step.old or name.startswith(step.old + "/")}
            for name in moved:
                file = self.names.pop(name)
                if step.new is not None:
                    self.names[step.new + name[len(step.old) :]] = file

    def put(self, folder: Path) -> None:
        """Write the image to a folder; what lies in a folder whose name is lost is lost too."""
        folder.mkdir()
        for name in sorted(self.names):
            place, file = folder / name, self.names[name]
            if not place.parent.is_dir():
                continue
            if file is None:
                place.mkdir(mode=0o700)
            else:
                place.write_bytes(self.files.get(file, b""))
                place.chmod(0o600)


@dataclass
class Recording:
    """What lay in a folder at first, and every step of a run."""

    before: Disk
    steps: list[Step]

    def cut(self, at: int, source: Random) -> tuple[Disk, list[str]]:
        """Return what a cut after so many steps may leave, and what the program had said by then."""
        disk = self.before.copy()
        data: list[Write | Resize] = []
        names: list[Name] = []
        said: list[str] = []
        for step in self.steps[:at]:
            if isinstance(step, Said):
                said.append(step.line)
            elif isinstance(step, Name):
                names.append(step)
            elif isinstance(step, Write | Resize):
                data.append(step)
            elif isinstance(step.what, int):
                for one in data:
                    if one.file == step.what:
                        disk.write(one)
                data = [one for one in data if one.file != step.what]
            else:
                names = _carry_out(disk, names, [step.what in name.folders for name in names])
        _leave_names(disk, names, source)
        _leave_data(disk, data, source)
        return disk, said


def _carry_out(disk: Disk, names: list[Name], chosen: Sequence[bool]) -> list[Name]:
    """Do the chosen steps and those that they rest on, in order, and return the others."""
    wanted: set[int] = set()
    needed: set[str] = set()
    for position in reversed(range(len(names))):
        step = names[position]
        if chosen[position] or step.names & needed:
            wanted.add(position)
            needed |= step.names
    for position, step in enumerate(names):
        if position in wanted:
            disk.rename(step)
    return [step for position, step in enumerate(names) if position not in wanted]


def _leave_names(disk: Disk, names: list[Name], source: Random) -> None:
    way = source.randrange(4)
    if way == 0:
        _carry_out(disk, names, [True] * len(names))
    elif way == 1:
        kept = source.randint(0, len(names))
        _carry_out(disk, names, [position < kept for position in range(len(names))])
    elif way == 2:
        _carry_out(disk, names, [source.random() < 0.5 for _ in names])


def _leave_data(disk: Disk, data: Iterable[Write | Resize], source: Random) -> None:
    likely = source.choice([0, 0.5, 0.9, 1])
    for step in data:
        if source.random() < likely:
            whole = isinstance(step, Resize) or source.random() < 0.8
            disk.write(step, None if whole else source.randint(0, len(step.data) // SECTOR) * SECTOR)


def photograph(folder: Path) -> Disk:
    """Return what lies in a folder."""
    disk = Disk()
    numbers = count(1)
    for place in sorted(folder.rglob("*")):
        name = place.relative_to(folder).as_posix()
        disk.names[name] = None if place.is_dir() else next(numbers)
        file = disk.names[name]
        if file is not None:
            disk.files[file] = bytearray(place.read_bytes())
    return disk
