"""The values of a row become a warranty on a purchase of the ledger, with the claims on it."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.claims import Claim, check_claim
from app.domain.exchange import from_cell
from app.domain.parsing import NotUnderstood, shown
from app.domain.problems import Problem, Refused
from app.domain.warranties import LIFETIME, Cover, Duration, add_duration
from app.domain.warranties.exchange import ToldClaim, claims_from_json
from app.services import warranties
from app.services.claims import prepared as prepared_claim
from app.services.importing.kind import Make, Setting, Wrong
from app.services.importing.presets import Values
from app.services.importing.purchases.warranty_columns import covers_of
from app.services.importing.warranties.words import cover_kind
from app.services.ledger import Reader
from app.storage.warranties.matching import Meant, purchase_by_uuid, purchases_named

_AS_COLUMNS = {
    "starts_on": "warranty_starts_on",
    "ends_on": "warranty_ends_on",
    "years": "warranty_years",
    "months": "warranty_months",
    "days": "warranty_days",
    "lifetime": "warranty_lifetime",
    "kind": "warranty_kind",
    "provider": "warranty_provider",
    "policy_number": "warranty_policy",
    "notes": "warranty_notes",
}
"""What the fields are called where a warranty is told in columns of a purchase."""


@dataclass(frozen=True, slots=True)
class WarrantyRow:
    """A cover and the purchase that it is on, with the claims on it.

    `uuid` is the one that it is to get, `told_uuid` the one that the file has for it, by which claims refer to it.
    """

    purchase_id: int
    cover: Cover
    claims: tuple[ToldClaim, ...] = ()
    uuid: UUID | None = None
    told_uuid: UUID | None = None


def maker(setting: Setting) -> Make:
    """Return what makes warranties of the rows of one file."""
    reader, own = setting.reader, setting.own

    def make(values: Values) -> WarrantyRow:
        purchase = _purchase(reader, values)
        told = dict(values)
        if not own and "kind" in told:
            told["kind"] = cover_kind(told["kind"])
        cover = _valid(_cover(told, purchase.purchased_on))
        uuid = values.get("uuid")
        return WarrantyRow(purchase.id, cover, _claims(values), uuid, uuid)

    return make


def _purchase(reader: Reader, values: Values) -> Meant:
    """Return the purchase that a row means: by its UUID, else by product and day. Raises `Wrong`."""
    uuid: UUID | None = values.get("purchase_uuid")
    found = None if uuid is None else purchase_by_uuid(reader, uuid)
    if found is not None:
        return found
    product: str = values.get("product", "")
    if not product:
        if uuid is None:
            raise Wrong.field("product", "The product is missing; say what the warranty is for.")
        raise Wrong.field(
            "purchase_uuid", "No purchase of the ledger has this UUID; import the purchases first."
        )
    return _one_of(purchases_named(reader, product), product, values.get("purchased_on"))


def _one_of(named: Sequence[Meant], product: str, bought: date | None) -> Meant:
    fitting = [one for one in named if bought is None or one.purchased_on == bought]
    if len(fitting) == 1:
        return fitting[0]
    on = "" if bought is None else f" bought on {bought.isoformat()}"
    if not fitting:
        raise Wrong.field(
            "product",
            f"No purchase of the ledger is called {shown(product)}{on if named else ''};"
            " import the purchases first, or mend the row.",
        )
    add = "the day of purchase or " if bought is None else ""
    raise Wrong.field(
        "product",
        f"{len(fitting):,} purchases are called {shown(product)}{on};"
        f" add a column with {add}the UUID of the purchase.",
    )


def _cover(values: Values, bought: date) -> Cover:
    """Return the cover that a row tells. Raises `Wrong`."""
    told = {key: values[other] for other, key in _AS_COLUMNS.items() if other in values}
    try:
        (cover,) = covers_of({**told, **_length(values)}, bought) or (None,)
    except NotUnderstood as refusal:
        raise Wrong.field("ends_on", str(refusal)) from None
    if cover is None:
        raise Wrong.field("ends_on", "Enter when the warranty ends, or how long it lasts.")
    duration: Duration | None = values.get("duration")
    if duration and cover.ends_on is not None and _end(cover.starts_on, duration) == cover.ends_on:
        cover = dataclasses.replace(cover, duration=duration)
    return dataclasses.replace(cover, voided=values.get("voided", False))


def _length(values: Values) -> Values:
    """Return the length of a warranty as columns tell it, of a row that has a duration in one text."""
    duration: Duration | None = values.get("duration")
    if not duration or "ends_on" in values or str(values.get("kind", "")).upper() == LIFETIME:
        return {}
    return {
        "warranty_years": duration.years,
        "warranty_months": duration.months,
        "warranty_days": duration.days,
    }


def _end(start: date, duration: Duration) -> date | None:
    try:
        return add_duration(start, duration)
    except OverflowError:
        return None


def _valid(cover: Cover) -> Cover:
    try:
        return warranties.valid(cover)
    except Refused as refusal:
        raise Wrong(*refusal.problems) from None


def _claims(values: Values) -> tuple[ToldClaim, ...]:
    cell: Any = values.get("claims")
    if cell is None:
        return ()
    try:
        told = claims_from_json(from_cell(cell) if isinstance(cell, str) else cell)
    except NotUnderstood as refusal:
        raise Wrong.field("claims", str(refusal)) from None
    ready = tuple(ToldClaim(prepared_claim(claim), new_cover) for claim, new_cover in told)
    problems = [problem for one in ready for problem in _problems(one.claim, one.new_cover)]
    if problems:
        raise Wrong(Problem("claims", problems[0].reason))
    return ready


def _problems(claim: Claim, new_cover: UUID | None) -> list[Problem]:
    # Which cover it started is known when all rows were read; that it did is enough to tell whether it may.
    return check_claim(dataclasses.replace(claim, new_cover_id=None if new_cover is None else 0))
