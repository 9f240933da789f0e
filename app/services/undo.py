"""The undo stack: which changes can be taken back, and how, in data."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.storage.write import Area, Step, temporary_tables

DEPTH = 100
"""How many changes can be taken back."""


@dataclass(frozen=True)
class Entry:
    """One change that can be taken back: its name and the steps it took in the database."""

    label: str
    steps: tuple[Step, ...]
    ids: Mapping[Area, frozenset[int] | None]


class UndoStack:
    """Done and undone changes, the latest last. Changed by the writer's thread only; anyone may ask for labels."""

    def __init__(self, depth: int = DEPTH) -> None:
        self._depth = depth
        self._done: list[Entry] = []
        self._undone: list[Entry] = []

    @property
    def undo_label(self) -> str | None:
        """The name of the change that `undo` would take back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """The name of the change that `redo` would do again."""
        return self._undone[-1].label if self._undone else None

    def last_done(self) -> Entry | None:
        """The change to take back next."""
        return self._done[-1] if self._done else None

    def last_undone(self) -> Entry | None:
        """The change to do again next."""
        return self._undone[-1] if self._undone else None

    def pushed(self, entry: Entry) -> list[str]:
        """Add a new change. Returns temporary tables that nothing will need any more."""
        stale = self._drain(self._undone)
        self._done.append(entry)
        if len(self._done) > self._depth:
            stale += temporary_tables(self._done.pop(0).steps)
        return stale

    def undone(self, entry: Entry) -> list[str]:
        """Replace the last change by what does it again. Returns temporary tables that nothing needs any more."""
        stale = temporary_tables(self._done.pop().steps)
        self._undone.append(entry)
        return stale

    def redone(self, entry: Entry) -> list[str]:
        """Replace the last undone change by what takes it back. Returns temporary tables that nothing needs."""
        stale = temporary_tables(self._undone.pop().steps)
        self._done.append(entry)
        return stale

    @staticmethod
    def _drain(entries: list[Entry]) -> list[str]:
        stale = [name for entry in entries for name in temporary_tables(entry.steps)]
        entries.clear()
        return stale
