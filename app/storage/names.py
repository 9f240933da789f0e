"""Retailers, brands, categories and tags: names that are unique whatever their case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table, func, select

from app.domain.text import clean, name_key
from app.storage.database import driver
from app.storage.tables import brands, categories, purchase_tags, purchases, retailers, tags
from app.storage.write import Area, Write


class NameKind(StrEnum):
    """The four lists of names that purchases refer to."""

    RETAILER = "retailer"
    BRAND = "brand"
    CATEGORY = "category"
    TAG = "tag"

    @property
    def has_url(self) -> bool:
        """Whether names of this kind carry the address of a web page."""
        return self in (NameKind.RETAILER, NameKind.BRAND)


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name with the number of purchases that use it."""

    id: int
    name: str
    url: str
    count: int


_TABLES: Mapping[NameKind, Table] = {
    NameKind.RETAILER: retailers,
    NameKind.BRAND: brands,
    NameKind.CATEGORY: categories,
    NameKind.TAG: tags,
}
_REFERENCES = {
    NameKind.RETAILER: purchases.c.retailer_id,
    NameKind.BRAND: purchases.c.brand_id,
    NameKind.CATEGORY: purchases.c.category_id,
    NameKind.TAG: purchase_tags.c.tag_id,
}


def listing(connection: Connection, kind: NameKind) -> list[NameRow]:
    """Return the names of a kind in their order, each with the number of purchases that use it."""
    table, reference = _TABLES[kind], _REFERENCES[kind]
    counts = select(reference.label("id"), func.count().label("uses")).group_by(reference).subquery()
    url = table.c.url if kind.has_url else func.coalesce(None, "")
    query = (
        select(table.c.id, table.c.name, url, func.coalesce(counts.c.uses, 0))
        .join_from(table, counts, counts.c.id == table.c.id, isouter=True)
        .order_by(func.fold(table.c.name), table.c.id)
    )
    return [NameRow(*row) for row in connection.execute(query)]


def choices(connection: Connection, kind: NameKind) -> list[tuple[int, str]]:
    """Return id and name of every name of a kind in their order, without counting."""
    table = _TABLES[kind]
    query = select(table.c.id, table.c.name).order_by(func.fold(table.c.name), table.c.id)
    return [(id, name) for id, name in connection.execute(query)]


def find(connection: Connection, kind: NameKind, name: str) -> int | None:
    """Return the id of a name, whatever its case, or None."""
    table = _TABLES[kind]
    return connection.execute(select(table.c.id).where(table.c.name_key == name_key(name))).scalar()


def name_of(connection: Connection, kind: NameKind, id: int) -> str:
    """Return the name that has an id, "" when it is gone."""
    table = _TABLES[kind]
    return connection.execute(select(table.c.name).where(table.c.id == id)).scalar() or ""


def ensure(write: Write, kind: NameKind, names: Iterable[str]) -> dict[str, int]:
    """Return the ids of names by their `name_key`, adding those that are not there. Empty names are left out."""
    wanted: dict[str, str] = {}
    for name in names:
        key = name_key(name)
        if key and key not in wanted:
            wanted[key] = clean(name)
    if not wanted:
        return {}
    table = _TABLES[kind]
    if len(wanted) == 1:
        (key,) = wanted
        rows = driver(write.connection).execute(
            f"SELECT name_key, id FROM {table.name} WHERE name_key = ?", (key,)
        )
    else:
        rows = driver(write.connection).execute(f"SELECT name_key, id FROM {table.name}")
    known: dict[str, int] = {key: id for key, id in rows if key in wanted}
    missing = [key for key in wanted if key not in known]
    if missing:
        new = ((write.new_uuid(), wanted[key], key) for key in missing)
        ids = write.insert(table, ("uuid", "name", "name_key"), new)
        known.update(zip(missing, ids, strict=True))
        write.touch(Area.NAMES, ids)
    return known


def save(write: Write, kind: NameKind, id: int, name: str, url: str | None = None) -> None:
    """Give a name another spelling, and an address where `url` is given."""
    values: dict[str, Any] = {"name": clean(name), "name_key": name_key(name)}
    if url is not None and kind.has_url:
        values["url"] = clean(url)
    write.update(_TABLES[kind], write.choose([id]), values)
    write.touch(Area.NAMES, [id])


def merge(write: Write, kind: NameKind, ids: Iterable[int], into: int) -> None:
    """Make everything that uses the names `ids` use `into`, and remove them."""
    chosen = write.choose(id for id in ids if id != into)
    if kind is NameKind.TAG:
        _retag(write, chosen, into)
    else:
        _refer(write, kind, chosen, into)
    write.delete(_TABLES[kind], chosen)
    write.touch(Area.NAMES, [into])


def delete(write: Write, kind: NameKind, ids: Iterable[int]) -> None:
    """Remove names; purchases keep living without them."""
    chosen = write.choose(ids)
    if kind is NameKind.TAG:
        links = write.choose_where(
            f"SELECT id FROM purchase_tags WHERE tag_id IN (SELECT id FROM temp.{chosen})"
        )
        write.delete(purchase_tags, links)
    else:
        _refer(write, kind, chosen, None)
    write.delete(_TABLES[kind], chosen)


def _refer(write: Write, kind: NameKind, chosen: str, into: int | None) -> None:
    column = _REFERENCES[kind].name
    users = write.choose_where(f"SELECT id FROM purchases WHERE {column} IN (SELECT id FROM temp.{chosen})")
    write.update(purchases, users, {column: into})
    write.touch(Area.PURCHASES, None)


def _retag(write: Write, chosen: str, into: int) -> None:
    links = f"SELECT id FROM purchase_tags WHERE tag_id IN (SELECT id FROM temp.{chosen})"
    users = write.choose_where(
        f"""
        SELECT DISTINCT purchase_id FROM purchase_tags WHERE tag_id IN (SELECT id FROM temp.{chosen})
        AND purchase_id NOT IN (SELECT purchase_id FROM purchase_tags WHERE tag_id = ?)
        """,
        (into,),
    )
    write.delete(purchase_tags, write.choose_where(links))
    rows = driver(write.connection).execute(f"SELECT id FROM temp.{users}").fetchall()
    write.insert(purchase_tags, ("purchase_id", "tag_id"), ((purchase, into) for (purchase,) in rows))
    write.touch(Area.PURCHASES, None)
