"""The claims of the small sample, read from `resources/sample/claims.json`, with what came of them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.domain.claims import Claim, ClaimOutcome, ClaimState
from app.domain.purchases import Purchase
from app.services.changes import Write
from app.services.sample.files import SAMPLE_FILES
from app.services.sample.purchases import TOLD_ON, sample_cover
from app.storage.database import driver
from app.storage.warranties import writing


def plant_claims(write: Write, made: Sequence[Purchase], ids: Sequence[int], today: date) -> None:
    """Add claims, each on the first cover of its purchase, as they stand on a day."""
    by_name = {purchase.name: id for purchase, id in zip(made, ids, strict=True)}
    for told in json.loads((SAMPLE_FILES / "claims.json").read_text(encoding="utf-8")):
        _plant(write, told, by_name[told["purchase"]], today - TOLD_ON)


def _plant(write: Write, told: Mapping[str, Any], purchase_id: int, later: timedelta) -> None:
    ((cover_id,),) = driver(write.connection).execute(
        "SELECT min(id) FROM covers WHERE purchase_id = ?", (purchase_id,)
    )
    closed_on = date.fromisoformat(told["closed"]) + later if "closed" in told else None
    started = None
    if closed_on is not None and "new_cover" in told:
        (started,) = writing.insert(write, [(purchase_id, sample_cover(told["new_cover"], closed_on, later))])
    claim = Claim(
        opened_on=date.fromisoformat(told["opened"]) + later,
        number=told["number"],
        state=ClaimState(told["state"]),
        outcome=ClaimOutcome(told["outcome"]) if "outcome" in told else None,
        closed_on=closed_on,
        notes=told["notes"],
        cover_id=cover_id,
        new_cover_id=started,
    )
    writing.insert_claims(write, [claim])
