"""What is wrong with a value, in words for the person who entered it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field: its key, one sentence that says what to do, and the value as entered."""

    field: str
    reason: str
    value: str = ""


class Refused(Exception):
    """A command was refused because of its data; nothing was changed.

    `str()` of it is one clear sentence. `problems` says which fields were meant, where that is known.
    """

    def __init__(self, reason: str | Sequence[Problem]) -> None:
        if isinstance(reason, str):
            self.problems: tuple[Problem, ...] = ()
            super().__init__(reason)
        else:
            self.problems = tuple(reason)
            super().__init__(" ".join(problem.reason for problem in self.problems))
