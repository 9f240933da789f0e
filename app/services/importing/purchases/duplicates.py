"""Which rows are purchases that the ledger has already.

A row is a purchase of the ledger when it has the same UUID; else the same source, order number and line; else the same
product, day, price, currency and retailer. Each purchase of the ledger answers for one row at most, so that two equal
lines of an order stay two purchases, and a file that is imported twice adds nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.domain.purchases import Purchase
from app.domain.text import fold, name_key
from app.services.changes import Write
from app.services.importing.kind import Match, Refusal
from app.storage.purchases.matching import Alike, Key, Matcher, OrderLine

_REPEATED = Refusal("uuid", "An earlier row has the same UUID; remove one of them, or this UUID.")
"""A row has the UUID of an earlier row of the same file that became a new purchase."""


class Duplicates:
    """Matches the rows of one file with the ledger, a batch at a time, in the order of the file."""

    def __init__(self, write: Write) -> None:
        self._matcher = Matcher(write)
        self._claimed = bytearray(self._matcher.first_new // 8 + 1)
        self._retailers = {} if self._matcher.is_empty else self._matcher.retailers()

    def match(self, batch: Sequence[Purchase]) -> list[Match]:
        """Return for each purchase of a batch what it is in the ledger."""
        found: list[Match] = [None] * len(batch)
        self._by_uuid(batch, found)
        if not self._matcher.is_empty:
            self._by_order(batch, found)
            self._by_content(batch, found)
        return found

    def taken_uuids(self, batch: Sequence[Purchase]) -> set[bytes]:
        """Return the UUIDs of purchases, covers and refunds in the batch that the ledger or the batch has already."""
        own = [purchase.uuid.bytes for purchase in batch if purchase.uuid is not None]
        parts = list(_part_uuids(batch))
        taken = {*self._matcher.by_uuid(own), *self._matcher.taken_parts(parts)}
        return taken | _repeated(own) | _repeated(parts)

    def foreign_parts(self, purchase_id: int, purchase: Purchase) -> set[bytes]:
        """Return the UUIDs of covers and refunds of a changed purchase that belong to another purchase."""
        parts = list(_part_uuids([purchase]))
        taken = self._matcher.taken_parts(parts) if parts else {}
        return {uuid for uuid, owner in taken.items() if owner != purchase_id}

    def close(self) -> None:
        """Let go of what the lookups needed."""
        self._matcher.close()

    def _by_uuid(self, batch: Sequence[Purchase], found: list[Match]) -> None:
        uuids = [purchase.uuid.bytes for purchase in batch if purchase.uuid is not None]
        if not uuids:
            return
        known = self._matcher.by_uuid(uuids)
        seen: set[bytes] = set()
        for position, purchase in enumerate(batch):
            if purchase.uuid is None:
                continue
            id = known.get(purchase.uuid.bytes)
            if id is not None and id < self._matcher.first_new:
                found[position] = self._claim(id)
            elif id is not None or purchase.uuid.bytes in seen:
                found[position] = _REPEATED
            seen.add(purchase.uuid.bytes)

    def _by_order(self, batch: Sequence[Purchase], found: list[Match]) -> None:
        numbers = {row.order_number for row, match in zip(batch, found, strict=True) if match is None}
        lines: dict[tuple[str, str], list[OrderLine]] = defaultdict(list)
        for line in self._matcher.by_order(sorted(numbers - {""})):
            lines[line.source, line.order_number].append(line)
        if not lines:
            return
        # Lines that agree in everything go first, so that a line whose price changed does not take their place.
        for exact in (True, False):
            for position, purchase in enumerate(batch):
                if found[position] is None and purchase.order_number:
                    known = lines.get((purchase.source, purchase.order_number), [])
                    found[position] = self._claim_line(purchase, known, exact=exact)

    def _claim_line(self, purchase: Purchase, lines: Iterable[OrderLine], *, exact: bool) -> int | None:
        name = fold(purchase.name)
        for line in lines:
            if self._is_claimed(line.id):
                continue
            if purchase.order_line is not None and line.order_line is not None:
                same = purchase.order_line == line.order_line
            else:
                same = name == line.name_fold
            if same and (not exact or (name == line.name_fold and purchase.price == line.price)):
                return self._claim(line.id)
        return None

    def _by_content(self, batch: Sequence[Purchase], found: list[Match]) -> None:
        keys = [
            key
            for position, row in enumerate(batch)
            if found[position] is None and (key := self._key(position, row))
        ]
        for alike in self._matcher.alike(keys):
            if (
                found[alike.row] is None
                and not self._is_claimed(alike.id)
                and _may_be(batch[alike.row], alike)
            ):
                found[alike.row] = self._claim(alike.id)

    def _key(self, position: int, purchase: Purchase) -> Key | None:
        retailer = None
        if purchase.retailer:
            retailer = self._retailers.get(name_key(purchase.retailer))
            if retailer is None:
                return None
        day = purchase.purchased_on.isoformat()
        return (position, day, purchase.price, purchase.currency, fold(purchase.name), retailer)

    def _is_claimed(self, id: int) -> bool:
        return bool(self._claimed[id >> 3] & (1 << (id & 7)))

    def _claim(self, id: int) -> int:
        self._claimed[id >> 3] |= 1 << (id & 7)
        return id


def _may_be(purchase: Purchase, alike: Alike) -> bool:
    """Tell whether orders allow that a row is a purchase that looks like it: they must not name two orders or lines."""
    if not purchase.order_number or not alike.order_number:
        return True
    if purchase.order_number != alike.order_number:
        return False
    return None in (purchase.order_line, alike.order_line) or purchase.order_line == alike.order_line


def _part_uuids(batch: Iterable[Purchase]) -> Iterable[bytes]:
    for purchase in batch:
        uuids = (*(cover.uuid for cover in purchase.covers), *(refund.uuid for refund in purchase.refunds))
        yield from (uuid.bytes for uuid in uuids if uuid is not None)


def _repeated(uuids: Sequence[bytes]) -> set[bytes]:
    if len(set(uuids)) == len(uuids):
        return set()
    seen: set[bytes] = set()
    return {uuid for uuid in uuids if uuid in seen or seen.add(uuid)}  # type: ignore[func-returns-value]
