"""Calendar months as values that can be counted with."""

import calendar
import re
from datetime import date
from typing import NamedTuple

_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})")


class Month(NamedTuple):
    """One month of one year. Months compare and sort by time; `str()` is `2026-03`."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Return the month that `YYYY-MM` stands for. Raises `ValueError` for anything else."""
        found = _WRITTEN.fullmatch(text)
        if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
            raise ValueError(f"“{text[:20]}” is not a month; write it as 2026-03.")
        return cls(int(found[1]), int(found[2]))

    def plus(self, months: int) -> "Month":
        """Return the month that lies so many months later; a negative number goes back."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def until(self, later: "Month") -> int:
        """Return how many months later another month is; negative for an earlier one."""
        return (later.year - self.year) * 12 + later.month - self.month

    @property
    def days(self) -> int:
        """How many days the month has."""
        return calendar.monthrange(self.year, self.month)[1]

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, self.days)

    def day(self, number: int) -> date:
        """Return a day of the month by its number, or the last day where the month is shorter."""
        return date(self.year, self.month, min(number, self.days))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
