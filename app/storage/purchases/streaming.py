"""Purchases read for files: any number of them, as cells that SQLite itself has put into words.

Nothing is made of a row in Python: the driver hands over tuples of ready texts, a few at a time, so that memory stays
flat and a million rows take seconds. Whoever reads should do so inside one `Ledger.read`, which is one snapshot.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select

from app.domain.exchange import CellStyle, ExchangeField, Extent, FieldKind
from app.domain.money import CURRENCIES
from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.purchases.exchange import LIFETIME_WORD
from app.domain.warranties import Horizon
from app.storage.derived import LIFETIME_UNTIL
from app.storage.purchases.filtering import conditions, ordered
from app.storage.tables import brands, categories, debts, purchases, retailers

Rows = Generator[tuple[Any, ...], None, None]
"""Rows as they come from the database. Whoever stops before the last one closes it."""

_IDS_AT_ONCE = 1_000
_UNBOUNDED: frozenset[FieldKind] = frozenset({"note", "tags", "covers", "refunds"})


@dataclass(frozen=True)
class Selection:
    """Which purchases, in which order: those that a filter lets through, or some by their ids, as given.

    Without a sort they come as they were entered. By `horizon` the state of a warranty is judged.
    """

    horizon: Horizon
    wanted: PurchaseFilter = field(default_factory=PurchaseFilter)
    sort: SortBy | None = None
    ids: Sequence[int] | None = None


def count(connection: Connection, selection: Selection) -> int:
    """Return how many purchases a selection has."""
    return sum(number for (number,) in _stream(connection, selection, [func.count()], all_in_one=True))


def cells(
    connection: Connection, selection: Selection, fields: Sequence[ExchangeField], style: CellStyle
) -> Rows:
    """Return a tuple a purchase with a cell a field.

    For CSV every cell is text. For a sheet counts are whole numbers, dates and instants are numbers of days, the rest
    is text, and a cell where nothing is set is None or empty.
    """
    return _stream(connection, selection, [_literal(_cell(field, style)) for field in fields])


def documents(
    connection: Connection, selection: Selection, fields: Sequence[ExchangeField]
) -> Generator[tuple[str], None, None]:
    """Return each purchase as the text of a JSON object with the fields' attributes as keys."""
    pairs = ", ".join(f"'{field.attribute}', {_cell(field, 'json')}" for field in fields)
    return _stream(connection, selection, [_literal(f"json_object({pairs})")])


def extent(connection: Connection, selection: Selection, fields: Sequence[ExchangeField]) -> Extent:
    """Measure a selection before a sheet is begun, whose columns and formats stand at its top."""
    worded = [_cell(field, "sheet") for field in fields]
    # A cell takes some 55 bytes around its content, which grows a little where letters have to be escaped.
    sizes = [f"ifnull(60 + 2 * length(CAST(nullif({cell}, '') AS BLOB)), 0)" for cell in worded]
    longest = [
        f"ifnull(max(length({cell})), 0)" if field.kind in _UNBOUNDED else "0"
        for field, cell in zip(fields, worded, strict=True)
    ]
    columns = [
        "count(*)",
        f"ifnull(sum({' + '.join(sizes)}), 0)",
        "group_concat(DISTINCT purchases.currency)",
    ]
    parts = list(_stream(connection, selection, map(_literal, columns + longest), all_in_one=True))
    return Extent(
        rows=sum(part[0] for part in parts),
        bytes=sum(part[1] for part in parts),
        currencies=tuple(sorted({code for part in parts for code in (part[2] or "").split(",") if code})),
        longest=tuple(max(lengths) for lengths in zip(*(part[3:] for part in parts), strict=True)),
    )


def _stream(
    connection: Connection,
    selection: Selection,
    columns: Iterable[ColumnElement[Any]],
    *,
    all_in_one: bool = False,
) -> Rows:
    """Run the query of a selection: once for a filter, for ids a thousand at a time; aggregates need no order."""
    if selection.ids is not None:
        return _stream_ids(connection, selection.ids, columns, all_in_one=all_in_one)
    query = _query(columns).where(*conditions(selection.wanted, selection.horizon))
    if all_in_one:
        return _rows(connection, query)
    if selection.sort is None:
        return _rows(connection, query.order_by(purchases.c.id))
    return _rows(connection, ordered(query, selection.sort))


def _rows(connection: Connection, query: Select[Any]) -> Rows:
    # Past SQLAlchemy's row objects, which a million rows would only wait for.
    cursor: Any = connection.execute(query).cursor
    try:
        yield from cursor
    finally:
        # A query left in the middle of its rows would keep the connection busy, and an interrupt pending on it.
        cursor.close()


def _stream_ids(
    connection: Connection, ids: Sequence[int], columns: Iterable[ColumnElement[Any]], *, all_in_one: bool
) -> Rows:
    for part in _parts(ids):
        if all_in_one:
            yield from _rows(connection, _query(columns).where(purchases.c.id.in_(part)))
            continue
        query = _query([purchases.c.id, *columns]).where(purchases.c.id.in_(part))
        found = {id: rest for id, *rest in _rows(connection, query)}
        yield from (tuple(found[id]) for id in part if id in found)


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Give ids a thousand at a time; no ids at all are one empty part, so that sums have something to sum."""
    rest = iter(ids)
    part = list(islice(rest, _IDS_AT_ONCE))
    yield part
    while part := list(islice(rest, _IDS_AT_ONCE)):
        yield part


# Under names of their own, since an order by retailer, brand or category joins these tables once more.
_NAMED_BY = {
    "retailer": (retailers.alias("named_retailer"), purchases.c.retailer_id),
    "brand": (brands.alias("named_brand"), purchases.c.brand_id),
    "category": (categories.alias("named_category"), purchases.c.category_id),
    "debt": (debts.alias("named_debt"), purchases.c.debt_id),
}


def _query(columns: Iterable[ColumnElement[Any]]) -> Select[Any]:
    query = select(*columns).select_from(purchases)
    for table, reference in _NAMED_BY.values():
        query = query.join_from(purchases, table, table.c.id == reference, isouter=True)
    return query


def _literal(sql: str) -> ColumnElement[Any]:
    return literal_column(sql)


def _or_empty(sql: str) -> str:
    return f"ifnull({sql}, '')"


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


_UNUSUAL = _listed(code for code, digits in CURRENCIES.items() if digits != 2)
_BY_DIGITS: Mapping[int, str] = {
    digits: _listed(code for code, of_code in CURRENCIES.items() if of_code == digits) for digits in (0, 3, 4)
}


def _money(amount: str, mark: str = ".", currency: str = "purchases.currency") -> str:
    """Minor units, never negative, as a plain decimal text with the digits of the row's currency."""
    digits_of = " ".join(
        f"WHEN {currency} IN ({codes}) THEN "
        + (_decimals(amount, digits, mark) if digits else f"'' || {amount}")
        for digits, codes in _BY_DIGITS.items()
    )
    usual = f"WHEN {currency} NOT IN ({_UNUSUAL}) THEN {_decimals(amount, 2, mark)}"
    return f"CASE WHEN {amount} IS NULL THEN NULL {usual} {digits_of} END"


def _decimals(amount: str, digits: int, mark: str) -> str:
    unit = 10**digits
    return f"printf('%d{mark}%0{digits}d', {amount} / {unit}, {amount} % {unit})"


def _uuid(column: str) -> str:
    # In SQL alone: a Ctrl+C that comes while a function of ours runs would look like a failure of the query.
    parts = ", ".join(
        f"hex(substr({column}, {at}, {size}))" for at, size in ((5, 2), (7, 2), (9, 2), (11, 6))
    )
    return f"lower(printf('%.8s-%s-%s-%s-%s', hex({column}), {parts}))"


def _instant(column: str) -> str:
    return f"strftime('%Y-%m-%dT%H:%M:%fZ', {column} / 1000.0, 'unixepoch')"


def _guarded(sql: str) -> str:
    """The same text as `app.domain.spreadsheet.guard`; letters and digits are let through before anything is called."""
    unlike_most = f"{sql} < 'A' AND {sql} <> '' AND ({sql} < '0' OR {sql} >= '=')"
    starts = f"substr(ltrim({sql}, ''''), 1, 1) IN ('=', '+', '-', '@', char(9), char(13))"
    return f"CASE WHEN {unlike_most} AND {starts} THEN '''' || {sql} ELSE {sql} END"


def _until(column: str, day: str) -> str:
    return f"CASE {column} WHEN '{LIFETIME_UNTIL}' THEN '{LIFETIME_WORD}' ELSE {day} END"


def _day_number(column: str) -> str:
    # Day 1 of a sheet is 1 January 1900, and there is a 29 February 1900 in it that never was.
    return f"CAST(julianday({column}) - 2415018.5 AS INTEGER) - ({column} < '1900-03-01')"


_TAGS = """SELECT tags.name AS name FROM purchase_tags JOIN tags ON tags.id = purchase_tags.tag_id
    WHERE purchase_tags.purchase_id = purchases.id ORDER BY tags.name_key"""
_TAGS_CELL = f"""(SELECT group_concat(replace(replace(name, '\\', '\\\\'), ';', '\\;'), '; ') AS cell
    FROM ({_TAGS}))"""
_DURATION = "'P' || duration_months || 'M' || CASE WHEN duration_days THEN duration_days || 'D' ELSE '' END"
# Most purchases have neither warranties nor refunds; to know so is quicker than to gather none.
_COVERS_CELL = f"""CASE WHEN purchases.covered_until IS NOT NULL
    OR EXISTS (SELECT 1 FROM covers WHERE purchase_id = purchases.id) THEN (SELECT '[' || group_concat(json_object(
        'uuid', {_uuid("uuid")}, 'kind', kind, 'starts_on', starts_on, 'ends_on', ends_on, 'duration', {_DURATION},
        'provider', provider, 'policy_number', policy_number, 'notes', notes,
        'voided', json(CASE WHEN voided THEN 'true' ELSE 'false' END))) || ']'
    FROM (SELECT * FROM covers WHERE purchase_id = purchases.id ORDER BY starts_on, id)) END"""
_REFUNDS_CELL = f"""CASE WHEN purchases.refunded <> 0 THEN (SELECT '[' || group_concat(json_object(
        'uuid', {_uuid("uuid")}, 'on', refunded_on, 'amount', {_money("amount")}, 'quantity', quantity,
        'note', note)) || ']'
    FROM (SELECT * FROM refunds WHERE purchase_id = purchases.id ORDER BY refunded_on, id)) END"""

_Wording = Mapping[FieldKind, Callable[[str], str]]
"""For each kind of field, what makes the SQL of a cell out of the SQL of a column."""

_PLAIN: _Wording = {
    "text": str,
    "note": str,
    "money": _money,
    "currency": str,
    "date": str,
    "count": str,
    "status": str,
    "tags": lambda _: _TAGS_CELL,
    "covers": lambda _: _COVERS_CELL,
    "refunds": lambda _: _REFUNDS_CELL,
    "uuid": _uuid,
    "instant": _instant,
    "until": lambda column: _until(column, column),
}
_IN_CSV: _Wording = {
    **_PLAIN,
    "text": lambda column: _or_empty(_guarded(column)),
    "note": _guarded,
    "money": lambda column: _or_empty(_money(column)),
    "date": _or_empty,
    "count": lambda column: _or_empty(f"'' || {column}"),
    "tags": lambda _: _or_empty(f"(SELECT {_guarded('cell')} FROM {_TAGS_CELL})"),
    "covers": lambda _: _or_empty(_COVERS_CELL),
    "refunds": lambda _: _or_empty(_REFUNDS_CELL),
    "until": lambda column: _or_empty(_until(column, column)),
}
_IN_CSV_WITH_COMMA: _Wording = {**_IN_CSV, "money": lambda column: _or_empty(_money(column, ","))}
_IN_A_SHEET: _Wording = {
    **_PLAIN,
    "date": _day_number,
    "instant": lambda column: f"{column} / 86400000.0 + 25569",
    "until": lambda column: _until(column, _day_number(column)),
}
_IN_JSON: _Wording = {
    **_PLAIN,
    "text": _or_empty,
    "tags": lambda _: f"json((SELECT json_group_array(name) FROM ({_TAGS})))",
    "covers": lambda _: f"json(ifnull({_COVERS_CELL}, '[]'))",
    "refunds": lambda _: f"json(ifnull({_REFUNDS_CELL}, '[]'))",
}
_WORDINGS = {"csv": _IN_CSV, "csv with comma": _IN_CSV_WITH_COMMA, "sheet": _IN_A_SHEET, "json": _IN_JSON}


def _cell(field: ExchangeField, style: CellStyle) -> str:
    """Return the SQL of a field's cell."""
    if field.attribute == "debt_uuid":
        return _or_empty(f"CASE WHEN named_debt.id IS NOT NULL THEN {_uuid('named_debt.uuid')} END")
    named = _NAMED_BY.get(field.attribute)
    column = f"purchases.{field.attribute}" if named is None else f"{named[0].name}.name"
    return _WORDINGS[style][field.kind](column)
