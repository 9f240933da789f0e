"""Editing a debt in its row: what the editor starts with, what is wrong with a text, and saving it."""

from collections.abc import Callable
from concurrent.futures import Future
from decimal import Decimal
from typing import Any

from app.domain.debts.record import MAX_APR, MAX_RANK, RATE_DECIMALS
from app.domain.problems import Refused
from app.domain.text import clean
from app.services import debts
from app.services.ledger import Ledger
from app.ui import entry, formats
from app.ui.debts.figures import LAST_DAY, DebtRow
from app.ui.i18n import tr


class DebtEditing:
    """Lets name, creditor, rate, due day and own order be edited in the table."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._readers: dict[str, Callable[[str], object]] = {
            "name": _name,
            "creditor": clean,
            "apr": _rate,
            "due_day": lambda text: _number(text, LAST_DAY, tr("Enter a day of the month from 1 to {most}.")),
            "rank": lambda text: _number(text, MAX_RANK, tr("Enter a rank from 1 to {most}.")),
        }

    def edit_text(self, row: DebtRow, key: str) -> str:
        """Return the text that the editor starts with; the rate is edited that comes after a promotion."""
        value = getattr(row.debt, key)
        if value is None:
            return ""
        return formats.rate(value) if key == "apr" else str(value)

    def problem(self, row: DebtRow, key: str, text: str) -> str:
        """Return one sentence saying what is wrong with a text, or an empty one."""
        try:
            self._readers[key](text)
        except ValueError as problem:
            return str(problem)
        return ""

    def edit(self, row_id: int, key: str, text: str) -> "Future[Any]":
        """Save a text into a cell."""
        try:
            value = self._readers[key](text)
        except ValueError as problem:
            refused: Future[Any] = Future()
            refused.set_exception(Refused(str(problem)))
            return refused
        return self._ledger.submit(debts.set_field(row_id, key, value))


def _name(text: str) -> str:
    name = clean(text)
    if not name:
        raise ValueError(tr("Enter a name for the debt."))
    return name


def _rate(text: str) -> Decimal:
    rate = entry.read_rate(text).value
    if not 0 <= rate <= MAX_APR:
        raise ValueError(tr("Enter a rate from 0 to {most} per cent.").format(most=MAX_APR))
    if rate != round(rate, RATE_DECIMALS):
        raise ValueError(tr("Enter a rate with at most 3 decimals."))
    return rate


def _number(text: str, most: int, sentence: str) -> int | None:
    if not text.strip():
        return None
    number = entry.read_count(text).value
    if not 1 <= number <= most:
        raise ValueError(sentence.format(most=formats.count(most)))
    return number
