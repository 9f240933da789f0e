"""What the pane shows of one warranty, read at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.attachments import Attachment, Owner, OwnerKind
from app.domain.claims import Claim
from app.services import claims, warranties
from app.services.ledger import Ledger
from app.services.warranties import CoverRow


@dataclass(frozen=True, slots=True)
class CoverDetail:
    """A warranty, what else covers the product today, the claims on it, the newest first, and the files on all these.

    `soon` is how many days ahead of its end a warranty counts as expiring.
    """

    row: CoverRow
    others: Sequence[CoverRow]
    claims: Sequence[Claim]
    files: Sequence[Attachment]
    today: dt.date
    soon: int


def read_detail(ledger: Ledger, id: int) -> CoverDetail | None:
    """Return a warranty with what belongs to it, None when it is gone."""
    from app.ui.attachments.block import files_of

    row = warranties.get(ledger, id)
    if row is None:
        return None
    others = [other for other in warranties.still_covered(ledger, row.purchase_id) if other.id != id]
    made = list(reversed(claims.of_cover(ledger, id)))
    files = files_of(ledger, Owner(OwnerKind.WARRANTY, id))
    return CoverDetail(row, others, made, files, ledger.today(), ledger.reminders.window)
