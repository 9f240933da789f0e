"""What a user can do with scenarios. Functions that read take the ledger; the others return a `Command`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from app.domain.debts.plan import PlanDebt
from app.domain.debts.scenario import Scenario
from app.domain.months import Month
from app.domain.problems import Problem, Refused
from app.domain.text import NAME_LIMIT, clean
from app.services.changes import Command, Write
from app.services.ledger import Ledger
from app.storage import scenarios as stored

__all__ = [
    "all_scenarios",
    "count",
    "duplicate",
    "every_version",
    "get",
    "in_use",
    "put_in_use",
    "put_out_of_use",
    "remove",
    "rename",
    "save",
    "save_version",
    "versions",
]

_GONE = "This scenario was deleted meanwhile."


def all_scenarios(ledger: Ledger) -> list[Scenario]:
    """Return the newest version of every scenario, by name."""
    return ledger.read(stored.newest)


def every_version(ledger: Ledger) -> list[Scenario]:
    """Return all versions of all scenarios, by name and version."""
    return ledger.read(lambda reader: list(stored.every(reader)))


def versions(ledger: Ledger, id: int) -> list[Scenario]:
    """Return all versions of a scenario, the newest first."""
    return ledger.read(lambda reader: stored.versions(reader, id))


def get(ledger: Ledger, id: int) -> Scenario | None:
    """Return one version of a scenario, or None when it is gone."""
    return ledger.read(lambda reader: stored.get(reader, id))


def in_use(ledger: Ledger, currency: str) -> Scenario | None:
    """Return the scenario that the user follows for a currency, or None."""
    return ledger.read(lambda reader: stored.in_use(reader, currency))


def count(ledger: Ledger) -> int:
    """Return how many scenarios there are, whatever their versions."""
    return ledger.read(stored.count)


def save(scenario: Scenario) -> Command:
    """Save a new scenario (`id` 0), or store one that is there as it is given; the result is its id.

    Raises `Refused`, also when it runs: for a name that another scenario has.
    """
    ready = replace(scenario, name=_name(scenario.name))

    def run(write: Write) -> int:
        if ready.id:
            _present(write, ready.id)
            stored.replace_one(write, ready)
            return ready.id
        _refuse_taken(write, ready.name, None)
        return stored.insert(write, [ready])[0]

    return Command(f"Save “{ready.name}”", run)


def save_version(id: int, debts: Sequence[PlanDebt], start: Month) -> Command:
    """Save a newer version of a scenario that plans from other balances; the result is its id.

    If the scenario is in use, the new version is from then on. Raises `Refused` when it runs.
    """
    snapshot = tuple(debts)

    def run(write: Write) -> tuple[int, str]:
        newest = stored.versions(write.connection, id)
        if not newest:
            raise Refused(_GONE)
        before = newest[0]
        known = {debt.identity for debt in snapshot}
        fresh = replace(
            before,
            id=0,
            uuid=None,
            created_at=None,
            updated_at=None,
            version=before.version + 1,
            debts=snapshot,
            start=start,
            one_offs=tuple(
                one for one in before.one_offs if one.month >= start and one.debt in {None, *known}
            ),
            in_use_since=None,
        )
        added = stored.insert(write, [fresh])[0]
        used = next((version for version in newest if version.in_use_since), None)
        if used is not None:
            stored.put_in_use(write, added, used.in_use_since)
        return added, before.name

    return Command("Change a scenario", run, label_of=lambda result: f"Change “{result[1]}”")


def duplicate(id: int) -> Command:
    """Add a copy of one version as a scenario of its own; the result is its id."""

    def run(write: Write) -> tuple[int, str]:
        present = _present(write, id)
        copy = replace(
            present,
            id=0,
            uuid=None,
            series=None,
            version=1,
            in_use_since=None,
            created_at=None,
            updated_at=None,
            name=_free_name(lambda name: stored.is_name_taken(write.connection, name, None), present.name),
        )
        return stored.insert(write, [copy])[0], present.name

    return Command("Duplicate a scenario", run, label_of=lambda result: f"Duplicate “{result[1]}”")


def rename(id: int, name: str) -> Command:
    """Give a scenario, that is all its versions, another name. Raises `Refused`, also when it runs."""
    ready = _name(name)

    def run(write: Write) -> str:
        present = _present(write, id)
        _refuse_taken(write, ready, present.series.bytes if present.series else None)
        stored.rename(write, id, ready)
        return present.name

    return Command("Rename a scenario", run, label_of=lambda former: f"Rename “{former}”")


def remove(chosen: Sequence[int]) -> Command:
    """Delete scenarios with all their versions; the result is how many scenarios were chosen."""
    wanted = list(chosen)

    def run(write: Write) -> tuple[int, str]:
        present = stored.get(write.connection, wanted[0]) if len(wanted) == 1 else None
        stored.delete(write, wanted)
        return len(wanted), present.name if present else ""

    def label(result: tuple[int, str]) -> str:
        number, name = result
        return f"Delete “{name}”" if name else f"Delete {number:,} scenarios"

    return Command("Delete scenarios", run, label_of=label)


def put_in_use(id: int, on: date) -> Command:
    """Follow a scenario from a day on, in place of the one of its currency that was followed before."""

    def run(write: Write) -> str:
        present = _present(write, id)
        stored.put_in_use(write, id, on)
        return present.name

    return Command("Use a scenario", run, label_of=lambda name: f"Use “{name}”")


def put_out_of_use(id: int) -> Command:
    """Follow a scenario no longer."""

    def run(write: Write) -> str:
        present = _present(write, id)
        stored.put_in_use(write, id, None)
        return present.name

    return Command("Stop using a scenario", run, label_of=lambda name: f"Stop using “{name}”")


def _name(text: str) -> str:
    ready = clean(text)
    if not ready or len(ready) > NAME_LIMIT:
        raise Refused([Problem("name", f"Enter a name of at most {NAME_LIMIT} characters.")])
    return ready


def _present(write: Write, id: int) -> Scenario:
    found = stored.get(write.connection, id)
    if found is None:
        raise Refused(_GONE)
    return found


def _refuse_taken(write: Write, name: str, series: bytes | None) -> None:
    if stored.is_name_taken(write.connection, name, series):
        raise Refused([Problem("name", f"There is a scenario “{name}” already; choose another name.", name)])


def _free_name(is_taken: Callable[[str], bool], name: str) -> str:
    number = 2
    while is_taken(f"{name} {number}"):
        number += 1
    return f"{name} {number}"
