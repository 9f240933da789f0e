"""What a command changed, and who wants to hear of it."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.storage.write import Area, Write

__all__ = ["Area", "Change", "ChangeHub", "Command", "Write", "labelled"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Command:
    """Something a user can do: its name for the Edit menu, and the function that does it in one transaction.

    The function returns whatever the caller wants to know. Settings and other things that nobody would undo
    say so with `undoable`. `label_of` gives a better name when the result is known ("Deleted 12 purchases").
    `result_of` takes what the caller is told out of a result that has more in it, for the label.
    """

    label: str
    run: Callable[[Write], Any]
    undoable: bool = True
    label_of: Callable[[Any], str] | None = None
    result_of: Callable[[Any], Any] | None = None


def labelled(verb: str, noun: str, number: int, name: str = "", many: str = "") -> str:
    """Return what a command did, for its label: to a record by its name, or to so many.

    `many` is what several records are called, unless it is the noun with an s.
    """
    if name:
        return f"{verb} “{name}”"
    return f"{verb} {number:,} {noun if number == 1 else many or f'{noun}s'}"


@dataclass(frozen=True)
class Change:
    """What a command did. `ids` gives the records of an area that it touched, None standing for very many."""

    label: str
    areas: frozenset[Area]
    ids: Mapping[Area, frozenset[int] | None] = field(default_factory=dict)
    result: Any = None
    undoable: bool = False
    kind: str = "do"
    """`do`, `undo` or `redo`."""

    def concerns(self, area: Area, id: int) -> bool:
        """Tell whether one record of an area may look different now."""
        if area not in self.areas:
            return False
        known = self.ids.get(area)
        return known is None or id in known


Subscriber = Callable[[Change], None]


class ChangeHub:
    """Tells subscribers of every change, on the writer's thread and after the commit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: list[Subscriber] = []

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call `subscriber` with every change from now on. Returns the function that ends it."""
        with self._lock:
            self._subscribers.append(subscriber)

        def unsubscribe() -> None:
            with self._lock:
                if subscriber in self._subscribers:
                    self._subscribers.remove(subscriber)

        return unsubscribe

    def publish(self, change: Change) -> None:
        """Tell every subscriber. One that fails is logged, and keeps nobody else from hearing."""
        with self._lock:
            present = list(self._subscribers)
        for subscriber in present:
            try:
                subscriber(change)
            except Exception:  # noqa: BLE001 - one listener must not keep the others from hearing
                _log.exception("a subscriber failed on a change of %s", sorted(change.areas))
