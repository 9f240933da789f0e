"""What a restore changes, by the sections that a user knows instead of by tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.services.backup.rehearsing import Rehearsal, TableChange


class Section(StrEnum):
    """A part of the ledger, in the order in which they are shown."""

    PURCHASES = "purchases"
    REFUNDS = "refunds"
    ATTACHMENTS = "attachments"
    WARRANTIES = "warranties"
    CLAIMS = "claims"
    DEBTS = "debts"
    PAYMENTS = "payments"
    BALANCES = "balances"
    PLANS = "plans"
    NAMES = "names"
    TAGGED = "tagged"
    RATES = "rates"
    SETTINGS = "settings"
    OTHER = "other"


_SECTION_OF = {
    "purchases": Section.PURCHASES,
    "refunds": Section.REFUNDS,
    "attachments": Section.ATTACHMENTS,
    "covers": Section.WARRANTIES,
    "claims": Section.CLAIMS,
    "debts": Section.DEBTS,
    "payments": Section.PAYMENTS,
    "balance_entries": Section.BALANCES,
    "scenarios": Section.PLANS,
    "retailers": Section.NAMES,
    "brands": Section.NAMES,
    "categories": Section.NAMES,
    "tags": Section.NAMES,
    "purchase_tags": Section.TAGGED,
    "exchange_rates": Section.RATES,
    "profile": Section.SETTINGS,
    "settings": Section.SETTINGS,
    "saved_filters": Section.SETTINGS,
    "import_mappings": Section.SETTINGS,
    "snoozes": Section.SETTINGS,
}
_NOT_SHOWN = frozenset({"files", "jobs"})
"""Bytes, which attachments stand for, and what the program notes about itself."""

_QUIET = frozenset({Section.TAGGED, Section.SETTINGS, Section.OTHER})
"""Sections that are only worth a line when they differ."""

NOT_COUNTED = frozenset({Section.SETTINGS, Section.TAGGED})
"""Sections whose rows are no records of the user's."""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What a restore does to one section: records now and after, and the counts and first names of the changes."""

    section: Section
    now: int
    after: int
    removed: int
    comes_back: int
    changed: int
    removed_names: tuple[str, ...]
    comes_back_names: tuple[str, ...]
    changed_names: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the restore leaves the section as it is."""
        return not (self.removed or self.comes_back or self.changed)


def sections(found: Rehearsal) -> list[SectionChange]:
    """Return the sections that have records or differ, in their order."""
    tables: dict[Section, list[TableChange]] = {}
    for table in found.tables:
        if table.table not in _NOT_SHOWN:
            tables.setdefault(_SECTION_OF.get(table.table, Section.OTHER), []).append(table)
    made = [_together(section, tables[section]) for section in Section if section in tables]
    return [one for one in made if not one.is_same or (one.section not in _QUIET and (one.now or one.after))]


def lost(found: Iterable[SectionChange]) -> list[SectionChange]:
    """Return the sections from which records of the user's go."""
    return [one for one in found if one.removed and one.section not in NOT_COUNTED]


def _together(section: Section, tables: list[TableChange]) -> SectionChange:
    return SectionChange(
        section,
        sum(one.now for one in tables),
        sum(one.after for one in tables),
        sum(one.removed for one in tables),
        sum(one.comes_back for one in tables),
        sum(one.changed for one in tables),
        tuple(name for one in tables for name in one.removed_names),
        tuple(name for one in tables for name in one.comes_back_names),
        tuple(name for one in tables for name in one.changed_names),
    )
