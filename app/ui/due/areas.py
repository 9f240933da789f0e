"""What changes what is due, for everything that shows it."""

from app.services.changes import Area

AREAS = frozenset(
    {Area.PURCHASES, Area.WARRANTIES, Area.DEBTS, Area.SCENARIOS, Area.REMINDERS, Area.SETTINGS, Area.PROFILE}
)
