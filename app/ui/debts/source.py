"""What the table of debts shows: rows read through the services, and the value of each cell."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from app.domain.debts import DebtFilter, SortBy
from app.domain.money import Money
from app.domain.months import Month
from app.services import debts
from app.services.ledger import Interrupt, Ledger
from app.ui import formats
from app.ui.debts.figures import DebtRow, rows_of
from app.ui.debts.words import kind_name, payoff_cell, rate_text
from app.ui.tables.source import FirstRows, Ids, TableQuery

_FINELY = Decimal("0.0001")


class DebtSource:
    """Fills the table of debts. `payoffs` are worked out apart from it, and None until they are known."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.payoffs: Mapping[int, Month | None] | None = None
        self._values: dict[str, Callable[[DebtRow], object]] = {
            "kind": lambda row: kind_name(row.debt.kind),
            "balance": lambda row: Money(row.debt.balance, row.debt.currency),
            "opening_balance": lambda row: Money(row.debt.opening_balance, row.debt.currency),
            "progress": lambda row: row.debt.progress.quantize(_FINELY),
            "apr": lambda row: rate_text(row.debt, ledger.today()),
            "minimum": _minimum,
            "next_due": lambda row: row.next_due,
            "payoff": self._payoff,
            "credit_limit": _limit,
            "utilisation": _utilisation,
            "notes": lambda row: " ".join(row.debt.notes.split()),
            "created_at": lambda row: _local(row.debt.created_at, ledger),
            "updated_at": lambda row: _local(row.debt.updated_at, ledger),
        }
        self._computed: dict[str, Callable[[DebtRow], tuple[object, ...]]] = {
            "minimum": lambda row: (row.debt.currency, row.minimum or 0),
            "next_due": lambda row: (row.next_due or date.max,),
            "payoff": self._payoff_place,
        }

    def first(self, query: TableQuery, n: int, interrupt: Interrupt) -> FirstRows:
        """Return the first `n` debts and how many there are."""
        found = self.ids(query, interrupt)
        return FirstRows(self.rows(found[:n]), len(found))

    def ids(self, query: TableQuery, interrupt: Interrupt) -> Ids:
        """Return the ids of all debts in order."""
        wanted = query.filter if isinstance(query.filter, DebtFilter) else DebtFilter()
        place = self._computed.get(query.sort)
        if place is None:
            sort = SortBy(query.sort or "name", query.descending)
            return debts.ids(self._ledger, wanted, sort, interrupt)
        rows = self.rows(debts.ids(self._ledger, wanted, SortBy(), interrupt))
        ordered = sorted(rows, key=place, reverse=query.descending)
        return array("q", (row.id for row in ordered))

    def rows(self, ids: Sequence[int]) -> list[DebtRow]:
        """Return the debts with these ids."""
        return rows_of(debts.rows(self._ledger, ids), self._ledger.today())

    def value(self, row: DebtRow, key: str) -> object:
        """Return what a debt holds in a column."""
        value = self._values.get(key)
        return getattr(row.debt, key) if value is None else value(row)

    def _payoff(self, row: DebtRow) -> object:
        payoffs = self.payoffs
        known = payoffs is not None and row.id in payoffs
        return payoff_cell(row.debt, payoffs.get(row.id) if payoffs else None, known=known)

    def _payoff_place(self, row: DebtRow) -> tuple[object, ...]:
        payoffs = self.payoffs or {}
        if row.debt.paid_off_on is not None:
            return (0, Month.of(row.debt.paid_off_on))
        month = payoffs.get(row.id)
        return (1, month) if month is not None else (2, Month.of(date.max))


def _minimum(row: DebtRow) -> object:
    return None if row.minimum is None else Money(row.minimum, row.debt.currency)


def _limit(row: DebtRow) -> object:
    limit = row.debt.credit_limit
    return None if limit is None else Money(limit, row.debt.currency)


def _utilisation(row: DebtRow) -> object:
    used = row.debt.utilisation
    return None if used is None else formats.share(used)


def _local(moment: datetime | None, ledger: Ledger) -> object:
    return moment.astimezone(ledger.profile.zone) if moment else None
