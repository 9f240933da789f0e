"""All kinds of records that are imported, exported and listed: a new kind is one line here and its declarations."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.exporting import debts as debts_out
from app.services.exporting import purchases as purchases_out
from app.services.exporting import scenarios as scenarios_out
from app.services.exporting import warranties as warranties_out
from app.services.exporting.exchange_rates import RATES as RATES_OUT
from app.services.exporting.kind import ExportKind
from app.services.importing.debts import kinds as debts_in
from app.services.importing.exchange_rates import RATES as RATES_IN
from app.services.importing.kind import ImportKind
from app.services.importing.purchases.kind import PURCHASES as PURCHASES_IN
from app.services.importing.warranties.kind import WARRANTIES as WARRANTIES_IN

__all__ = ["KINDS", "Kind", "exported", "exporting", "imported", "importing"]


@dataclass(frozen=True)
class Kind:
    """A kind of record by its key; a side that is None is not for this kind."""

    key: str
    importing: ImportKind | None
    exporting: ExportKind | None


KINDS: Sequence[Kind] = (
    Kind("purchases", PURCHASES_IN, purchases_out.PURCHASES),
    Kind("warranties", WARRANTIES_IN, warranties_out.WARRANTIES),
    Kind("debts", debts_in.DEBTS, debts_out.DEBTS),
    Kind("payments", debts_in.PAYMENTS, debts_out.PAYMENTS),
    Kind("balances", debts_in.BALANCES, debts_out.BALANCES),
    Kind("scenarios", debts_in.SCENARIOS, scenarios_out.SCENARIOS),
    Kind("rates", RATES_IN, RATES_OUT),
)
"""In the order in which they are offered."""


def imported() -> tuple[ImportKind, ...]:
    """Return the kinds that files are imported as."""
    return tuple(kind.importing for kind in KINDS if kind.importing is not None)


def exported() -> tuple[ExportKind, ...]:
    """Return the kinds that are listed and exported."""
    return tuple(kind.exporting for kind in KINDS if kind.exporting is not None)


def importing(key: str) -> ImportKind:
    """Return the kind of this key that files are imported as. Raises `KeyError`."""
    return {kind.key: kind for kind in imported()}[key]


def exporting(key: str) -> ExportKind:
    """Return the kind of this key that is exported. Raises `KeyError`."""
    return {kind.key: kind for kind in exported()}[key]
