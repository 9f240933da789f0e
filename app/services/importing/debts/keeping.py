"""Debts, payments, balances and scenarios of a file are stored, and those recognised that the ledger has."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

from app.domain.debts import BalanceEntry, BalanceSource, Debt, Payment
from app.domain.debts.scenario import Scenario
from app.domain.problems import Problem, Refused
from app.domain.text import name_key
from app.services import debts
from app.services.changes import Write
from app.services.importing.kind import Known, Match, Refusal, Skipped
from app.storage import scenarios as stored
from app.storage.debts import bulk, reading, writing

_REPEATED = Refusal("uuid", "An earlier row has the same UUID; remove one of them, or this UUID.")
FOLLOWS = Skipped("follows from the debt or a payment")
"""What becomes of a balance that the ledger works out by itself."""


class Matching:
    """Tells which records of a file the ledger had before: by their UUIDs, else by what else they have in common.

    Each record of the ledger answers for one row at most.
    """

    def __init__(self, known: Iterable[tuple[int, bytes, bulk.Key]]) -> None:
        self._by_uuid: dict[bytes, int] = {}
        self._by_key: dict[bulk.Key, deque[int]] = defaultdict(deque)
        self._seen: set[bytes] = set()
        self._claimed: set[int] = set()
        for id, uuid, key in known:
            self._by_uuid[uuid] = id
            self._by_key[key].append(id)

    def match(self, uuids: Sequence[UUID | None], keys: Sequence[bulk.Key]) -> list[Match]:
        """Return what each record is, given the UUIDs and the keys of a batch."""
        found: list[Match] = [None] * len(keys)
        for place, uuid in enumerate(uuids):
            if uuid is None:
                continue
            id = self._by_uuid.get(uuid.bytes)
            if uuid.bytes in self._seen:
                found[place] = _REPEATED
            elif id is not None:
                found[place] = id
                self._claimed.add(id)
            self._seen.add(uuid.bytes)
        for place, key in enumerate(keys):
            if found[place] is None:
                found[place] = self.claim(key)
        return found

    def claim(self, key: bulk.Key) -> int | None:
        """Return the first record with a key that no row is yet, or None."""
        waiting = self._by_key.get(key)
        while waiting:
            id = waiting.popleft()
            if id not in self._claimed:
                self._claimed.add(id)
                return id
        return None

    def is_claimed(self, id: int) -> bool:
        """Tell whether a row of the file is this record."""
        return id in self._claimed


def _problems_of(change: Callable[[], Any]) -> Sequence[Problem]:
    try:
        change()
    except Refused as refusal:
        return refusal.problems or [Problem("", str(refusal))]
    return ()


class DebtKeeper:
    """Stores the debts of one file."""

    _KEPT = (
        "name", "creditor", "kind", "opening_balance", "opened_on", "apr", "promo_apr", "promo_ends_on", "due_day",
        "credit_limit", "rank", "notes",
    )  # fmt: skip

    def __init__(self, write: Write) -> None:
        self._write = write
        self._matching = Matching(bulk.known_debts(write))

    def match(self, batch: Sequence[Debt]) -> list[Match]:
        """Return for each debt of a batch what it is in the ledger."""
        return self._matching.match([debt.uuid for debt in batch], [bulk.debt_key(debt) for debt in batch])

    def insert(self, batch: Sequence[Debt]) -> None:
        """Add debts."""
        bulk.insert_debts(self._write, batch)

    def update(self, batch: Sequence[Known]) -> list[Sequence[Problem]]:
        """Give debts what their rows say; a balance that they have not yet is a new statement."""
        return [_problems_of(partial(self._update, known)) for known in batch]

    def finish(self) -> None:
        """Nothing is left to do."""

    def _update(self, known: Known) -> None:
        before = reading.get(self._write.connection, known.id)
        told: Debt = known.ready.record
        given = known.ready.given
        if before is None:
            raise Refused("This debt was deleted meanwhile.")
        changes = {key: getattr(told, key) for key in self._KEPT if key in given}
        if any(key.startswith("minimum") for key in given) or given & {"months_left", "last_instalment_on"}:
            changes["minimum"] = told.minimum
        after = replace(before, **changes)
        if after != before:
            debts.replace_with(after).run(self._write)
        if "balance" in given and told.balance_on is not None and told.balance != before.balance:
            entry = BalanceEntry(before.id, told.balance_on, told.balance, BalanceSource.STATEMENT)
            debts.record_balance(entry).run(self._write)


class PaymentKeeper:
    """Stores the payments of one file."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._matching = Matching(bulk.known_payments(write))
        self._owners: set[int] = set()

    def match(self, batch: Sequence[Payment]) -> list[Match]:
        """Return for each payment of a batch what it is in the ledger."""
        keys = [(one.debt_id, one.paid_on.isoformat(), one.amount, one.note) for one in batch]
        return self._matching.match([payment.uuid for payment in batch], keys)

    def insert(self, batch: Sequence[Payment]) -> None:
        """Add payments."""
        writing.insert_payments(self._write, batch)
        self._owners.update(payment.debt_id for payment in batch)

    def update(self, batch: Sequence[Known]) -> list[Sequence[Problem]]:
        """Give payments what their rows say."""
        return [_problems_of(partial(self._update, known)) for known in batch]

    def finish(self) -> None:
        """Let balances that came with the debts stand for what was owed after these payments."""
        bulk.put_last(self._write, self._owners)

    def _update(self, known: Known) -> None:
        before = reading.payment(self._write.connection, known.id)
        if before is not None:
            told = {key: getattr(known.ready.record, key) for key in ("paid_on", "amount", "note")}
            after = replace(before, **{key: told[key] for key in told if key in known.ready.given})
            if after != before:
                debts.change_payment(after).run(self._write)


@dataclass
class _Place:
    """Where a balance stands within its day; one that is new has its id once it is stored."""

    id: int | None = None


@dataclass
class _Day:
    """The balances of a debt on one day, as the file has them."""

    places: list[_Place] = field(default_factory=list)
    has_new: bool = False


class BalanceKeeper:
    """Stores the statements and adjustments of one file; the order of a day's balances is kept."""

    def __init__(self, write: Write) -> None:
        self._write = write
        known = list(bulk.known_entries(write))
        self._carried = bulk.carried_entries(write, {int(str(key[0])) for _, _, key in known})
        aside = {id for id, _ in self._carried.values()}
        # A balance that came with its debt is known by its UUID alone: a statement of that day takes its place.
        self._matching = Matching(
            (id, uuid, ("carried", id) if id in aside else key) for id, uuid, key in known
        )
        self._days: dict[tuple[int, str], _Day] = defaultdict(_Day)
        self._pending: deque[_Place] = deque()
        self._until: dict[int, str] = {}

    def match(self, batch: Sequence[BalanceEntry]) -> list[Match]:
        """Return for each balance of a batch what it is in the ledger."""
        keys = [(entry.debt_id, entry.recorded_on.isoformat(), entry.source.value) for entry in batch]
        found = self._matching.match([entry.uuid for entry in batch], keys)
        return [self._placed(*row) for row in zip(batch, keys, found, strict=True)]

    def insert(self, batch: Sequence[BalanceEntry]) -> None:
        """Add statements and adjustments."""
        for id in writing.insert_entries(self._write, batch):
            if self._pending:
                self._pending.popleft().id = id

    def update(self, batch: Sequence[Known]) -> list[Sequence[Problem]]:
        """Give statements and adjustments what their rows say."""
        return [_problems_of(partial(self._update, known)) for known in batch]

    def finish(self) -> None:
        """Bring the balances of each day into the order of the file, and drop those that its history replaces."""
        owners = {debt for debt, _ in self._days}
        orders = [
            [place.id for place in day.places if place.id is not None]
            for day in self._days.values()
            if day.has_new
        ]
        bulk.reorder(self._write, [order for order in orders if order != sorted(order)], owners)
        replaced = [
            id
            for debt, (id, day) in self._carried.items()
            if self._until.get(debt, "") >= day.isoformat() and not self._matching.is_claimed(id)
        ]
        writing.delete_entries(self._write, replaced)

    def _placed(self, entry: BalanceEntry, key: tuple[int, str, str], found: Match) -> Match:
        """Note where a balance stands within its day, and return what it is."""
        debt, day, _ = key
        follows = entry.source in (BalanceSource.OPENING, BalanceSource.PAYMENT)
        if isinstance(found, Refusal):
            return found
        if not follows or isinstance(found, int):
            place = _Place(found if isinstance(found, int) else None)
            self._days[debt, day].places.append(place)
            if found is None:
                self._days[debt, day].has_new = True
                self._pending.append(place)
        self._until[debt] = max(self._until.get(debt, ""), day)
        return FOLLOWS if follows else found

    def _update(self, known: Known) -> None:
        before = reading.entry(self._write.connection, known.id)
        if before is not None:
            told: BalanceEntry = known.ready.record
            after = replace(before, recorded_on=told.recorded_on, balance=told.balance, source=told.source)
            if after != before:
                debts.change_balance(after).run(self._write)


class ScenarioKeeper:
    """Stores the scenarios of one file. One whose name or series is taken becomes a scenario of its own."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._matching = Matching(bulk.known_scenarios(write))
        self._series: dict[tuple[UUID | None, str], tuple[UUID, str]] = {}

    def match(self, batch: Sequence[Scenario]) -> list[Match]:
        """Return for each scenario of a batch what it is in the ledger."""
        keys = [(name_key(scenario.name), scenario.version) for scenario in batch]
        return self._matching.match([scenario.uuid for scenario in batch], keys)

    def insert(self, batch: Sequence[Scenario]) -> None:
        """Add scenarios, each version to its series."""
        for scenario in batch:
            series, name = self._place_of(scenario)
            followed = scenario.in_use_since
            if followed is not None and stored.in_use(self._write.connection, scenario.currency) is not None:
                followed = None
            stored.insert(self._write, [replace(scenario, series=series, name=name, in_use_since=followed)])

    def update(self, batch: Sequence[Known]) -> list[Sequence[Problem]]:
        """Give scenarios what their rows say; which one is in use stays."""
        return [_problems_of(partial(self._update, known)) for known in batch]

    def finish(self) -> None:
        """Nothing is left to do."""

    def _place_of(self, scenario: Scenario) -> tuple[UUID, str]:
        """Return the series and the name that a new version gets."""
        key = (scenario.series, name_key(scenario.name))
        found = self._series.get(key)
        series = scenario.series
        taken = series is None or stored.is_name_taken(self._write.connection, scenario.name, series.bytes)
        if found is None and series is not None and not taken:
            found = (series, scenario.name)
        if found is None or bulk.has_version(self._write, found[0], scenario.version):
            found = (UUID(bytes=self._write.new_uuid()), self._free_name(scenario.name))
        self._series[key] = found
        return found

    def _free_name(self, name: str) -> str:
        free, number = name, 2
        while stored.is_name_taken(self._write.connection, free, None):
            free, number = f"{name} {number}", number + 1
        return free

    def _update(self, known: Known) -> None:
        before = stored.get(self._write.connection, known.id)
        told: Scenario = known.ready.record
        if before is None:
            raise Refused("This scenario was deleted meanwhile.")
        kept = ("id", "uuid", "series", "version", "name", "in_use_since", "created_at", "updated_at")
        after = replace(told, **{key: getattr(before, key) for key in kept})
        if after != before:
            stored.replace_one(self._write, after)
