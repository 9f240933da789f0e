"""The ledger's one owner."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.money import CURRENCIES, MAX_MINOR
from app.domain.problems import Problem
from app.domain.text import NAME_LIMIT


@dataclass(frozen=True, slots=True)
class Profile:
    """Who keeps the ledger. `country` is ISO 3166 alpha-2 or empty; the budget is in minor units of the currency."""

    name: str = ""
    country: str = ""
    timezone: str = "UTC"
    currency: str = "EUR"
    debt_budget: int | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The profile's timezone; a day of the ledger is a day there."""
        return ZoneInfo(self.timezone)

    def day_of(self, instant: datetime) -> date:
        """Return the calendar day that an aware instant falls on for the profile."""
        return instant.astimezone(self.zone).date()

    def today(self) -> date:
        """Return the present day for the profile."""
        return self.day_of(datetime.now(UTC))


def check_profile(profile: Profile) -> list[Problem]:
    """Return what keeps a profile from being saved."""
    problems = []
    if len(profile.name) > NAME_LIMIT:
        problems.append(Problem("name", f"Use at most {NAME_LIMIT} characters for the name."))
    if profile.country and not re.fullmatch("[A-Z]{2}", profile.country):
        problems.append(Problem("country", "Use a country code of two letters such as DE.", profile.country))
    if profile.currency not in CURRENCIES:
        problems.append(Problem("currency", "Use a currency code such as EUR or USD.", profile.currency))
    if not _is_timezone(profile.timezone):
        problems.append(Problem("timezone", "Use a timezone such as Europe/Berlin.", profile.timezone))
    if profile.debt_budget is not None and not 0 <= profile.debt_budget <= MAX_MINOR:
        problems.append(Problem("debt_budget", "Enter a monthly budget of 0 or more."))
    return problems


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
