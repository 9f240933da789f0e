"""Column types of our own: SQLite has no money, no instants and no dates, and `Numeric` is a float there."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, LargeBinary, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from app.domain.dates import from_milliseconds, to_milliseconds
from app.domain.purchases import PurchaseStatus
from app.storage.errors import Unreadable


class MinorUnits(TypeDecorator[int]):
    """An amount in minor units of the row's currency. Anything but an int is a bug, and is refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """Let integers through, and nothing else."""
        if value is not None and type(value) is not int:
            raise TypeError(f"money is stored as an int of minor units, not as {type(value).__name__}")
        return value

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Be a plain INTEGER, which SQLite stores in as many bytes as the number needs."""
        return dialect.type_descriptor(Integer())


def to_thousandths(rate: Decimal) -> int:
    """Return a rate in per cent as whole thousandths of a per cent. Raises `ValueError` for more decimals."""
    scaled = rate.scaleb(3)
    if scaled != int(scaled):
        raise ValueError(f"{rate} has more than three decimals")
    return int(scaled)


class Rate(TypeDecorator[Decimal]):
    """A rate in per cent with up to three decimals, stored as whole thousandths."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Store a rate."""
        return None if value is None else to_thousandths(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Give the rate without needless zeros. Raises `Unreadable`."""
        if value is None:
            return None
        if type(value) is not int:
            raise Unreadable(f"{value!r} is no rate")
        whole, part = divmod(value, 1000)
        return Decimal(f"{whole}.{part:03d}".rstrip("0").rstrip("."))


class Instant(TypeDecorator[datetime]):
    """A moment in time, stored as milliseconds since 1970-01-01 UTC."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Store an aware datetime."""
        return None if value is None else to_milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Give an aware datetime in UTC. Raises `Unreadable`."""
        try:
            return None if value is None else from_milliseconds(value)
        except (ValueError, TypeError, OverflowError, OSError) as error:
            raise Unreadable(f"{value!r} is no instant") from error


class CalendarDate(TypeDecorator[date]):
    """A date without a time, stored as ISO text, so that text order is date order."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Store a date."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Give a date. Raises `Unreadable`."""
        try:
            return None if value is None else date.fromisoformat(value)
        except (ValueError, TypeError) as error:
            raise Unreadable(f"{value!r} is no date") from error


class Identifier(TypeDecorator[UUID]):
    """A UUID, stored as its 16 bytes."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> bytes | None:
        """Store a UUID."""
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> UUID | None:
        """Give a UUID. Raises `Unreadable`."""
        try:
            return None if value is None else UUID(bytes=value)
        except (ValueError, TypeError) as error:
            raise Unreadable(f"{value!r} is no identifier") from error


class Status(TypeDecorator[PurchaseStatus]):
    """Where a purchase stands, stored as its name."""

    impl = String(8)
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> PurchaseStatus | None:
        """Give the status. Raises `Unreadable`."""
        try:
            return None if value is None else PurchaseStatus(value)
        except ValueError as error:
            raise Unreadable(f"{value!r} is no status") from error
