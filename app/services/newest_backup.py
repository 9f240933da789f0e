"""The backup that a damaged ledger is best restored from."""

from pathlib import Path

from app.domain.problems import Refused
from app.services.backup import latest
from app.services.backup.folders import Listed, listing
from app.services.ledger import EnvironmentProblem
from app.storage.backup.marks import is_good


def newest_backup(ledger: Path) -> Path | None:
    """Return the newest backup of the ledger in a folder that was never found damaged; None where none is known of.

    Looked for where this machine made the last one; only verifying it tells whether it is still good.
    """
    known = latest.of(ledger)
    if known is None:
        return None
    try:
        found = listing(known.path.parent)
    except (Refused, EnvironmentProblem):
        return None
    last = next((one for one in found if one.path == known.path), None)
    if last is None:
        return None
    return next((one.path for one in found if _may_be(one, last) and is_good(one.path)), None)


def _may_be(one: Listed, last: Listed) -> bool:
    """Tell whether a backup is of the same ledger as the last one, and can be looked into."""
    return one.path == last.path or (one.created_at is not None and not one.trouble and one.name == last.name)
