"""The columns of a list, declared once: table, column chooser and copying read the same value."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "name",
    "text",
    "money",
    "date",
    "instant",
    "status",
    "warranty",
    "tags",
    "count",
    "receipt",
    "figure",
    "progress",
    "day",
]
"""What a column holds.

name      what the record is called, a text; the column that takes spare width
text      any other text
money     `Money`, negative where it came back
date      a calendar `date`
instant   an aware `datetime`
status    where the record stands, in a word or two
warranty  what is left of its cover, in a word or two
tags      a tuple of texts
count     a whole number
receipt   how many files are attached, a whole number
figure    a figure that is already written out, such as a rate, a text
progress  a share from 0 to 1, a `Decimal`
day       a calendar `date` within the coming year, shown without its year
"""

Align = Literal["left", "right", "centre"]

_RIGHT: frozenset[Kind] = frozenset({"money", "count", "figure"})
_CENTRE: frozenset[Kind] = frozenset({"receipt"})
_NEWEST_FIRST: frozenset[Kind] = frozenset(
    {"date", "instant", "money", "count", "receipt", "figure", "progress"}
)
_SUPPORTING: frozenset[Kind] = frozenset({"date", "day", "instant", "tags", "receipt"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    `key` names it in sort orders and saved layouts and never changes; `title` is its heading in English. `width`
    is in pixels at 100 % text size. `visible` says whether it is shown until the user chooses otherwise, `editable`
    whether its cells can be edited in place, and `supporting` whether a text stands back behind the others.
    """

    key: str
    title: str
    kind: Kind = "text"
    width: int = 140
    sortable: bool = True
    visible: bool = True
    editable: bool = False
    supporting: bool = False

    @property
    def align(self) -> Align:
        """Where cells and heading stand: amounts and counts at the right, a receipt's mark in the middle."""
        if self.kind in _RIGHT:
            return "right"
        return "centre" if self.kind in _CENTRE else "left"

    @property
    def descending_first(self) -> bool:
        """Whether the first sort by this column puts the largest or newest on top."""
        return self.kind in _NEWEST_FIRST

    @property
    def muted(self) -> bool:
        """Whether the cells are drawn in the secondary text colour."""
        return self.supporting or self.kind in _SUPPORTING
