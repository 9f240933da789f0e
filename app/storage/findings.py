"""What a check of a ledger finds."""

from dataclasses import dataclass
from enum import Enum


class Mend(Enum):
    """What mends the database file itself.

    SALVAGE puts what can be read of it into a new one, for which the ledger must be closed; INDEXES builds indexes
    again; SEAL takes the file for what it is.
    """

    SALVAGE = "salvage"
    INDEXES = "indexes"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: what, where, and what mends it. `mendable` tells whether `repair` can do that itself.

    `mends` is what `repair` needs to know for it, where the finding's own words do not say.
    """

    what: str
    where: str
    repair: str
    mendable: bool = False
    mends: object = None
