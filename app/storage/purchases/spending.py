"""The sums behind spending figures, added up by SQLite in whole minor units."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.dates import EARLIEST, LATEST
from app.domain.spending import RecentCover
from app.domain.warranties import Horizon

_NET = "price - refunded"
_GROUPS = {
    "retailer": ("retailers", "retailer_id"),
    "brand": ("brands", "brand_id"),
    "category": ("categories", "category_id"),
}

_MANY = 8
"""From one purchase in so many on, reading all of them is quicker than looking each up by its day."""


class Period(NamedTuple):
    """What purchases to read: where from, the condition that they meet, and the values in it."""

    source: str
    where: str
    values: tuple[str, ...]


def period(connection: Connection, first: date | None, last: date | None, currency: str = "") -> Period:
    """Return a period as queries take it; an open end reaches as far as dates do.

    With a currency only purchases in it count.
    """
    days = (first or EARLIEST).isoformat(), (last or LATEST).isoformat()
    query = """
        SELECT (SELECT count(*) FROM purchases WHERE purchased_on BETWEEN ? AND ?),
               (SELECT ifnull(max(id), 0) FROM purchases)
    """
    found, highest = connection.exec_driver_sql(query, days).one()
    # A sign keeps SQLite from going by the currency, which most purchases share.
    condition = "purchased_on BETWEEN ? AND ?" + (" AND +currency = ?" if currency else "")
    return Period(
        "purchases NOT INDEXED" if found * _MANY > highest else "purchases",
        condition,
        (*days, currency) if currency else days,
    )


def first_day(connection: Connection, within: Period) -> date | None:
    """Return the day of the first purchase of a period, or None where there is none."""
    query = f"SELECT min(purchased_on) FROM purchases WHERE {within.where}"
    found = connection.exec_driver_sql(query, within.values).scalar()
    return date.fromisoformat(found) if found else None


def by_currency(connection: Connection, within: Period) -> list[tuple[str, int, int, int, int]]:
    """Return currency, count, gross, refunded and largest net amount, the most frequent currency first."""
    query = f"""
        SELECT currency, count(*), sum(price), sum(refunded), max({_NET}) FROM {within.source}
        WHERE {within.where} GROUP BY currency ORDER BY count(*) DESC, currency
    """
    return [
        (row[0], row[1], row[2], row[3], row[4]) for row in connection.exec_driver_sql(query, within.values)
    ]


def middle(connection: Connection, within: Period, currency: str, count: int) -> list[int]:
    """Return the one or two net amounts in the middle of all in a currency, which the median is made of."""
    query = f"""
        SELECT {_NET} FROM {within.source} WHERE {within.where} AND +currency = ?
        ORDER BY 1 LIMIT ? OFFSET ?
    """
    parameters = (*within.values, currency, 2 - count % 2, (count - 1) // 2)
    return [net for (net,) in connection.exec_driver_sql(query, parameters)]


def by_month(connection: Connection, within: Period) -> list[tuple[str, str, int, int]]:
    """Return month (`2026-01`), currency, count and net total."""
    query = f"""
        SELECT substr(purchased_on, 1, 7), currency, count(*), sum({_NET}) FROM {within.source}
        WHERE {within.where} GROUP BY 1, 2
    """
    return [(row[0], row[1], row[2], row[3]) for row in connection.exec_driver_sql(query, within.values)]


def by_day(connection: Connection, within: Period) -> list[tuple[date, int, int, int]]:
    """Return day, count, gross and refunded of every day with a purchase."""
    query = f"""
        SELECT purchased_on, count(*), sum(price), sum(refunded) FROM {within.source}
        WHERE {within.where} GROUP BY purchased_on
    """
    return [
        (date.fromisoformat(row[0]), row[1], row[2], row[3])
        for row in connection.exec_driver_sql(query, within.values)
    ]


def currencies(connection: Connection) -> list[str]:
    """Return the currencies that something was bought in, the most frequent first."""
    query = "SELECT currency FROM purchases GROUP BY currency ORDER BY count(*) DESC, currency"
    return [currency for (currency,) in connection.exec_driver_sql(query)]


def by_name(connection: Connection, within: Period, kind: str) -> list[tuple[int, str, str, int, int]]:
    """Return id and name of retailers, brands or categories, currency, count and net total, the largest first.

    What was bought without one has the id 0 and no name.
    """
    table, column = _GROUPS[kind]
    query = f"""
        SELECT coalesce(n.id, 0), coalesce(n.name, ''), g.currency, g.uses, g.net
        FROM (SELECT {column} AS id, currency, count(*) AS uses, sum({_NET}) AS net FROM {within.source}
              WHERE {within.where} GROUP BY {column}, currency) AS g
        LEFT JOIN {table} AS n ON n.id = g.id
        ORDER BY g.net DESC, coalesce(n.name_key, ''), g.currency
    """
    return [
        (row[0], row[1], row[2], row[3], row[4]) for row in connection.exec_driver_sql(query, within.values)
    ]


def top_products(
    connection: Connection, within: Period, currency: str, limit: int
) -> list[tuple[str, int, int]]:
    """Return name as first written, count and net total of the products with the largest totals in a currency."""
    query = f"""
        SELECT (SELECT name FROM purchases WHERE id = g.first), g.uses, g.net
        FROM (SELECT min(id) AS first, name_fold, count(*) AS uses, sum({_NET}) AS net FROM {within.source}
              WHERE {within.where} AND +currency = ? GROUP BY name_fold) AS g
        ORDER BY g.net DESC, g.name_fold LIMIT ?
    """
    found = connection.exec_driver_sql(query, (*within.values, currency, limit))
    return [(name, count, net) for name, count, net in found]


def cover_counts(connection: Connection, within: Period, horizon: Horizon) -> tuple[int, int, int, int]:
    """Return how many covers of the period's purchases are active, expiring, expired and voided on a day."""
    now, soon = horizon.today.isoformat(), horizon.soon.isoformat()
    query = f"""
        SELECT coalesce(sum(NOT voided AND (ends_on IS NULL OR ends_on > ?)), 0),
               coalesce(sum(NOT voided AND ends_on BETWEEN ? AND ?), 0),
               coalesce(sum(NOT voided AND ends_on < ?), 0),
               coalesce(sum(voided), 0)
        FROM covers JOIN purchases ON purchases.id = covers.purchase_id
        WHERE {within.where}
    """
    row = connection.exec_driver_sql(query, (soon, now, soon, now, *within.values)).one()
    return row[0], row[1], row[2], row[3]


def cover_ends(connection: Connection, within: Period) -> list[tuple[date | None, int]]:
    """Return in which months (their first days) the covers of the period's purchases end, and how many in each.

    None stands for lifetimes; voided covers do not count.
    """
    query = f"""
        SELECT substr(ends_on, 1, 7), count(*) FROM covers JOIN purchases ON purchases.id = covers.purchase_id
        WHERE NOT voided AND {within.where} GROUP BY 1
    """
    return [
        (date.fromisoformat(f"{month}-01") if month else None, number)
        for month, number in connection.exec_driver_sql(query, within.values)
    ]


def recent_covers(connection: Connection, within: Period, limit: int) -> list[RecentCover]:
    """Return the covers of the period's purchases that began last, the latest first."""
    query = f"""
        SELECT covers.id, purchases.id, purchases.name, covers.kind, covers.provider, starts_on, ends_on, voided
        FROM covers JOIN purchases ON purchases.id = covers.purchase_id
        WHERE {within.where} ORDER BY starts_on DESC, covers.id DESC LIMIT ?
    """
    return [
        RecentCover(
            id=row[0],
            purchase_id=row[1],
            product=row[2],
            kind=row[3],
            provider=row[4],
            starts_on=date.fromisoformat(row[5]),
            ends_on=date.fromisoformat(row[6]) if row[6] else None,
            voided=bool(row[7]),
        )
        for row in connection.exec_driver_sql(query, (*within.values, limit))
    ]
