"""What a check of a ledger finds."""

from dataclasses import dataclass


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
