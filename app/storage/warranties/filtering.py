"""A filter of covers and an order, as SQL over covers joined with their purchases."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
)

from app.domain.claims import ClaimState
from app.domain.text import fold
from app.domain.warranties import CoverFilter, CoverStatus, Horizon, SortBy
from app.storage.purchases.filtering import INDEXED_LETTERS, phrases, search_words
from app.storage.tables import attachments, brands, categories, claims, covers, purchases, retailers

OPEN = claims.c.state != ClaimState.CLOSED.value
"""The condition that a claim is open."""

CLAIMS = select(func.count()).where(claims.c.cover_id == covers.c.id).correlate(covers).scalar_subquery()
"""How many claims are on a cover."""

OPEN_CLAIMS = (
    select(func.count()).where(claims.c.cover_id == covers.c.id, OPEN).correlate(covers).scalar_subquery()
)
"""How many of the claims on a cover are open."""

FILES = (
    select(func.count()).where(attachments.c.cover_id == covers.c.id).correlate(covers).scalar_subquery()
    + select(func.count())
    .select_from(attachments)
    .join(claims, claims.c.id == attachments.c.claim_id)
    .where(claims.c.cover_id == covers.c.id)
    .correlate(covers)
    .scalar_subquery()
)
"""How many files hang on a cover and on its claims."""


def of_status(horizon: Horizon) -> Mapping[CoverStatus, ColumnElement[bool]]:
    """Return the condition of each state, in the order of their declaration."""
    ends_on = covers.c.ends_on
    return {
        CoverStatus.ACTIVE: and_(~covers.c.voided, or_(ends_on.is_(None), ends_on > horizon.soon)),
        CoverStatus.EXPIRING: and_(~covers.c.voided, ends_on >= horizon.today, ends_on <= horizon.soon),
        CoverStatus.EXPIRED: and_(~covers.c.voided, ends_on < horizon.today),
        CoverStatus.VOIDED: covers.c.voided,
    }


def conditions(wanted: CoverFilter, horizon: Horizon) -> list[ColumnElement[bool]]:
    """Return the conditions that a filter stands for on a day, to be joined by AND."""
    found = [_contains(*numbered) for numbered in enumerate(search_words(wanted.text))]
    found += [func.instr(purchases.c.name_fold, word) > 0 for word in search_words(wanted.product)]
    return [*found, *_sets(wanted, horizon), *_ranges(wanted, horizon)]


def ordered(query: Select[Any], sort: SortBy, today: date) -> Select[Any]:
    """Add the ORDER BY of a sort; equal rows stand in the order of their ids."""
    columns = [*_sort_columns(sort.key, today), covers.c.id]
    return query.order_by(*(column.desc() if sort.descending else column.asc() for column in columns))


_NAMES = {
    "retailer": (retailers, purchases.c.retailer_id),
    "brand": (brands, purchases.c.brand_id),
    "category": (categories, purchases.c.category_id),
}
# A lifetime ends after everything else.
_LAST_DAY = func.coalesce(covers.c.ends_on, literal_column("'9999-12-31'"))


def _sort_columns(key: str, today: date) -> list[ColumnElement[Any]]:
    if key in _NAMES:
        table, reference = _NAMES[key]
        return [select(func.fold(table.c.name)).where(table.c.id == reference).scalar_subquery()]
    over = case((covers.c.voided, 2), (covers.c.ends_on < today, 1), else_=0)
    named: dict[str, list[ColumnElement[Any]]] = {
        "name": [purchases.c.name_fold],
        "status": [covers.c.voided, _LAST_DAY],
        "ends_on": [_LAST_DAY],
        "days_left": [over, _LAST_DAY],
        "claims": [CLAIMS],
        "purchased_on": [purchases.c.purchased_on],
        "net": [purchases.c.currency, purchases.c.price - purchases.c.refunded],
        "attachments": [FILES],
    }
    if key in named:
        return named[key]
    column = covers.c[key]
    return [func.fold(column)] if isinstance(column.type, Text) else [column]


def _contains(number: int, word: str) -> ColumnElement[bool]:
    """Return the condition that a word is in what is told of the product, of the cover or of its claims."""
    key = f"word_{number}"
    if len(word) >= INDEXED_LETTERS:
        hits = f"SELECT rowid FROM purchase_search WHERE purchase_search MATCH :{key}"
        found = text(hits).bindparams(**{key: phrases(word)})
    else:
        found = text(f"SELECT rowid FROM purchase_search WHERE instr(text, :{key})").bindparams(**{key: word})
    # Most covers say nothing of their own: that is seen before anything is folded.
    own = covers.c.provider + "\n" + covers.c.policy_number + "\n" + covers.c.notes
    told = claims.c.number + "\n" + claims.c.notes
    return or_(
        covers.c.purchase_id.in_(found.columns(literal_column("rowid")).subquery().select()),
        and_(func.length(own) > len("\n\n"), func.instr(func.fold(own), word) > 0),
        _one_of_texts("kind", lambda kind: func.instr(func.fold(kind), word) > 0),
        covers.c.id.in_(select(claims.c.cover_id).where(func.instr(func.fold(told), word) > 0)),
    )


def _one_of_texts(
    column: str, condition: Callable[[ColumnElement[str]], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """Return the condition that a column has one of its few different texts, of which each is looked at once."""
    known = select(covers.c[column]).distinct().subquery("known")
    return covers.c[column].in_(select(known.c[column]).where(condition(known.c[column])))


def _sets(wanted: CoverFilter, horizon: Horizon) -> Iterator[ColumnElement[bool]]:
    if wanted.statuses:
        by_status = of_status(horizon)
        yield or_(*(by_status[status] for status in sorted(wanted.statuses)))
    for column, texts in (("kind", wanted.kinds), ("provider", wanted.providers)):
        if texts:
            folded = sorted(fold(one) for one in texts)
            yield _one_of_texts(column, lambda known, folded=folded: func.fold(known).in_(folded))  # type: ignore[misc]
    if wanted.claim is not None:
        open_one = exists(select(claims.c.id).where(claims.c.cover_id == covers.c.id, OPEN)).correlate(covers)
        yield open_one if wanted.claim else ~open_one


def _ranges(wanted: CoverFilter, horizon: Horizon) -> Iterator[ColumnElement[bool]]:
    ends_on = covers.c.ends_on
    if wanted.ends_from:
        yield ends_on >= wanted.ends_from
    if wanted.ends_to:
        yield ends_on <= wanted.ends_to
    if wanted.bought_from:
        yield purchases.c.purchased_on >= wanted.bought_from
    if wanted.bought_to:
        yield purchases.c.purchased_on <= wanted.bought_to
    if wanted.expiring_days is not None:
        until = horizon.today + timedelta(days=wanted.expiring_days)
        yield and_(~covers.c.voided, ends_on.between(horizon.today, until))
