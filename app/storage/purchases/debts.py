"""The debts that purchases were bought on: found by what a purchase says of one, and how much each was used."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, func, select

from app.domain.problems import Problem, Refused
from app.domain.purchases import DebtReference
from app.domain.text import name_key
from app.storage.tables import debts, purchases


class KnownDebts:
    """The debts of the ledger as they are when this is made."""

    def __init__(self, connection: Connection) -> None:
        query = select(debts.c.name, debts.c.uuid, debts.c.id).order_by(debts.c.id.desc())
        known = [DebtReference(*row) for row in connection.execute(query)]
        self._by_id = {debt.id: debt for debt in known}
        self._by_uuid: dict[UUID | None, DebtReference] = {debt.uuid: debt for debt in known}
        # Of debts with the same name the one that was entered first counts, which comes last here.
        self._by_name = {name_key(debt.name): debt for debt in known}

    def find(self, wanted: DebtReference) -> DebtReference | None:
        """Return the debt that is meant, or None without such a one.

        One with an id is that debt or none. Otherwise the UUID tells, or else the name, whatever its case.
        """
        if wanted.id:
            return self._by_id.get(wanted.id)
        if wanted.uuid in self._by_uuid:
            return self._by_uuid[wanted.uuid]
        return self._by_name.get(name_key(wanted.name))


def ids_of(connection: Connection, wanted: Iterable[DebtReference]) -> dict[DebtReference | None, int]:
    """Return the ids of debts by what purchases say of them. Raises `Refused` when one of them is gone."""
    references = set(wanted)
    if not references:
        return {}
    known = KnownDebts(connection)
    found: dict[DebtReference | None, int] = {}
    for reference in references:
        debt = known.find(reference)
        if debt is None:
            named = f"The debt “{reference.name}”" if reference.name else "This debt"
            reason = f"{named} is not in the ledger; choose another one, or none."
            raise Refused([Problem("debt", reason, reference.name)])
        found[reference] = debt.id
    return found


def choices(connection: Connection) -> list[DebtReference]:
    """Return all debts in the order of their names, those that are still owed first."""
    query = select(debts.c.name, debts.c.uuid, debts.c.id).order_by(
        debts.c.paid_off_on.is_not(None), debts.c.name_fold, debts.c.id
    )
    return [DebtReference(*row) for row in connection.execute(query)]


def counts(connection: Connection) -> dict[int, int]:
    """Return how many purchases were bought on each debt, by its id; debts without any are left out."""
    query = (
        select(purchases.c.debt_id, func.count())
        .where(purchases.c.debt_id.is_not(None))
        .group_by(purchases.c.debt_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
