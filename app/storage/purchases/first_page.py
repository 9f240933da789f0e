"""The first purchases of a list, found without working out the rest.

A filter that lets many through is met by walking an index in the order of the sort and looking at each purchase
until the page is full: that takes as long in a million purchases as in a thousand. Where few are let through the
walk would not end, so it is given up after a while, and everything that the filter lets through is sorted.
"""

from sqlalchemy import Connection, select, text

from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.warranties import Horizon
from app.storage.purchases.filtering import conditions, conditions_on, ordered, phrases
from app.storage.purchases.reading import driver_rows
from app.storage.tables import purchases

_WALKED = frozenset({"purchased_on", "name", "price", "warranty"})
"""The sorts that an index gives the order of."""

_STEPS = 20_000
"""How many purchases a walk looks at before it is given up, which takes 25 ms at most."""

_FEW = 2_000
"""So few hits of a search are sorted sooner than found by walking."""

_LOOKED_AT = purchases.c[
    "id",
    "purchased_on",
    "price",
    "currency",
    "status",
    "retailer_id",
    "brand_id",
    "category_id",
    "debt_id",
    "covered_until",
]
"""What a filter may ask about."""


def first_ids(
    connection: Connection,
    wanted: PurchaseFilter,
    sort: SortBy,
    horizon: Horizon,
    limit: int,
    offset: int = 0,
) -> list[int]:
    """Return some of the ids that `reading.ids` returns, from `offset` on, at most `limit`."""
    needed = offset + limit
    if wanted and sort.key in _WALKED and needed < _STEPS and not _finds_few(connection, wanted.text):
        found = _walk(connection, wanted, sort, horizon, needed)
        if len(found) == needed:
            return found[offset:]
    query = ordered(select(purchases.c.id).select_from(purchases), sort).where(*conditions(wanted, horizon))
    return [id for (id,) in driver_rows(connection, query.limit(limit).offset(offset))]


def _walk(
    connection: Connection, wanted: PurchaseFilter, sort: SortBy, horizon: Horizon, needed: int
) -> list[int]:
    # A subquery with a LIMIT is run as it stands, one row at a time, as long as the outer query wants more.
    way = ordered(select(*_LOOKED_AT), sort).limit(_STEPS).subquery("way")
    query = select(way.c.id).where(*conditions_on(way, wanted, horizon)).limit(needed)
    return [id for (id,) in driver_rows(connection, query)]


def _finds_few(connection: Connection, typed: str) -> bool:
    indexed = phrases(typed)
    if not indexed:
        return False
    hits = "SELECT rowid FROM purchase_search WHERE purchase_search MATCH :phrases LIMIT :few"
    counting = text(f"SELECT count(*) FROM ({hits})").bindparams(phrases=indexed, few=_FEW)
    return int(connection.execute(counting).scalar_one()) < _FEW
