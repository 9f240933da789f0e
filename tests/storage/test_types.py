"""Column types: exact money, instants and dates, or an error."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.exc import StatementError

from app.storage.types import CalendarDate, Identifier, Instant, MinorUnits

metadata = MetaData()
things = Table(
    "things",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("price", MinorUnits),
    Column("at", Instant),
    Column("day", CalendarDate),
    Column("uuid", Identifier),
)


@pytest.fixture
def connection() -> Any:
    engine = create_engine("sqlite://")
    with engine.begin() as opened:
        metadata.create_all(opened)
        yield opened
    engine.dispose()


@pytest.mark.parametrize("value", [1.0, 0.1, Decimal("1.00"), "1", True])
def test_money_that_is_no_whole_number_is_refused(connection: Connection, value: Any) -> None:
    with pytest.raises(StatementError, match="int of minor units"):
        connection.execute(insert(things).values(price=value))
    assert connection.execute(select(things)).all() == []


def test_everything_comes_back_as_it_was_given(connection: Connection) -> None:
    values = {
        "price": -(10**15) + 1,
        "at": datetime(2026, 3, 1, 12, 0, 0, 123_000, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        "day": date(1900, 2, 28),
        "uuid": uuid4(),
    }
    connection.execute(insert(things).values(**values))
    connection.execute(insert(things).values(price=None, at=None, day=None, uuid=None))
    rows = [row._asdict() for row in connection.execute(select(things).order_by(things.c.id))]
    assert rows[0] == {"id": 1, **values}
    assert rows[0]["at"].tzinfo is UTC
    assert rows[1] == {"id": 2, **dict.fromkeys(values)}


def test_stored_values_sort_as_what_they_stand_for(connection: Connection) -> None:
    instant = datetime(2026, 3, 1, tzinfo=UTC)
    connection.execute(
        insert(things), [{"price": 5, "at": instant, "day": date(2026, 3, 1), "uuid": uuid4()}]
    )
    kinds = connection.exec_driver_sql(
        "SELECT typeof(price), typeof(at), typeof(day), typeof(uuid) FROM things"
    )
    assert kinds.one() == ("integer", "integer", "text", "blob")
