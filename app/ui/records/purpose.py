"""Why the form of a purchase is open."""

from enum import Enum, auto


class Purpose(Enum):
    """A new purchase, one that is there, or a copy as new."""

    NEW = auto()
    EDIT = auto()
    COPY = auto()
