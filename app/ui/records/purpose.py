"""Why the form of a record is open."""

from enum import Enum, auto


class Purpose(Enum):
    """A new record, one that is there, or a copy as new."""

    NEW = auto()
    EDIT = auto()
    COPY = auto()
