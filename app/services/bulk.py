"""Changing fields of many purchases in one step."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.money import CURRENCIES
from app.domain.problems import Problem, Refused
from app.domain.purchases import DebtReference, PurchaseStatus
from app.domain.text import NAME_LIMIT, clean
from app.services.changes import Area, Command, Write, labelled
from app.storage.names import NameKind
from app.storage.purchases import reading, writing

__all__ = ["BulkReport", "bulk_edit"]


@dataclass(frozen=True)
class BulkReport:
    """What a bulk edit did: how many records it changed, and the id, name and reason of each that it could not."""

    changed: int
    refused: tuple[tuple[int, str, str], ...] = field(default=())


def bulk_edit(
    chosen: Sequence[int],
    values: Mapping[str, str],
    tags: Sequence[str] = (),
    untag: Sequence[str] = (),
    debt: DebtReference | None = None,
    *,
    no_debt: bool = False,
) -> Command:
    """Set fields of many purchases in one step; the result is a `BulkReport`.

    `values` may hold `status`, `currency`, `retailer`, `brand` and `category`; an empty name takes it away.
    `tags` are added, then those in `untag` taken off. With a `debt` all of them were bought on it, with `no_debt`
    on none. A currency is changed only where the amounts keep their meaning, that is where both have as many
    decimals.
    Raises `Refused` when a value cannot be set on any purchase, and when it runs if the debt is gone.
    """
    ready = {key: clean(value) for key, value in values.items()}
    _check_bulk(ready)
    wanted = array("q", chosen)

    def run(write: Write) -> BulkReport:
        refused = _unfit_for_currency(write, wanted, ready.get("currency"))
        left_out = {id for id, _, _ in refused}
        present = writing.existing(write, (id for id in wanted if id not in left_out))
        _set_all(write, present, ready)
        if debt is not None or no_debt:
            writing.set_debt(write, present, debt)
        if tags:
            writing.add_tags(write, present, tags)
        if untag:
            writing.remove_tags(write, present, untag)
        changed = write.size(present)
        write.touch(Area.PURCHASES, wanted)
        return BulkReport(changed, refused)

    return Command(
        "Change purchases", run, label_of=lambda report: labelled("Change", "purchase", report.changed)
    )


def _set_all(write: Write, present: str, values: Mapping[str, str]) -> None:
    columns = {key: value for key, value in values.items() if key in ("status", "currency")}
    if columns:
        writing.set_columns(write, present, columns)
    for kind in (NameKind.RETAILER, NameKind.BRAND, NameKind.CATEGORY):
        if kind in values:
            writing.set_name(write, present, kind, values[kind])


def _check_bulk(values: Mapping[str, str]) -> None:
    problems = []
    if "status" in values and values["status"] not in PurchaseStatus.__members__:
        problems.append(Problem("status", "Choose Ordered, Received or Returned.", values["status"]))
    if "currency" in values and values["currency"] not in CURRENCIES:
        problems.append(Problem("currency", "Use a currency code such as EUR or USD.", values["currency"]))
    problems.extend(
        Problem(kind, f"The {kind} is too long; use at most {NAME_LIMIT} characters.")
        for kind in (NameKind.RETAILER, NameKind.BRAND, NameKind.CATEGORY)
        if len(values.get(kind, "")) > NAME_LIMIT
    )
    if problems:
        raise Refused(problems)


def _unfit_for_currency(
    write: Write, wanted: Sequence[int], currency: str | None
) -> tuple[tuple[int, str, str], ...]:
    if currency is None:
        return ()
    digits = CURRENCIES[currency]
    return tuple(
        (
            id,
            name,
            f"Its amounts in {present} have other decimals than {currency}; change this one by itself.",
        )
        for id, name, present in reading.currencies(write.connection, write.choose(wanted))
        if CURRENCIES[present] != digits
    )
