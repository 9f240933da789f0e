"""What a user can do with the profile."""

from app.domain.problems import Refused
from app.domain.profile import Profile, check_profile
from app.services.changes import Command
from app.storage import profile as stored

__all__ = ["save"]


def save(profile: Profile) -> Command:
    """Store the profile. Raises `Refused` with every problem."""
    problems = check_profile(profile)
    if problems:
        raise Refused(problems)
    return Command("Change the profile", lambda write: stored.save(write, profile))
