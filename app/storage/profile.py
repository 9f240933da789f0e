"""The profile's one row."""

from sqlalchemy import Connection, select

from app.domain.dates import to_milliseconds
from app.domain.profile import Profile
from app.storage.tables import profile as table
from app.storage.write import Write


def read(connection: Connection) -> Profile:
    """Return the ledger's profile."""
    row = connection.execute(
        select(table.c.name, table.c.country, table.c.timezone, table.c.currency, table.c.debt_budget)
    ).one()
    return Profile(*row)


def save(write: Write, profile: Profile) -> None:
    """Store the profile, making its row the first time."""
    values = {
        "name": profile.name,
        "country": profile.country,
        "timezone": profile.timezone,
        "currency": profile.currency,
        "debt_budget": profile.debt_budget,
        "updated_at": to_milliseconds(write.now),
    }
    present = write.connection.execute(select(table.c.id)).scalar()
    if present is None:
        created = {"uuid": write.new_uuid(), "created_at": to_milliseconds(write.now)}
        write.insert_one(table, {**created, **values})
    else:
        write.update(table, write.choose([present]), values)
