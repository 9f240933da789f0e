"""The fields of a warranty that a column can be mapped to, and what such columns are called, in English and German.

Words are folded (small letters, no accents), with single blanks for everything that is no letter or digit. In each
line the surest names come first.
"""

import re

from app.domain.parsing import NotUnderstood, shown
from app.domain.text import fold
from app.domain.warranties import COVER_KINDS, Duration
from app.domain.warranties.exchange import duration_from
from app.services.importing.cells import read_text
from app.services.importing.mapping import Target
from app.services.importing.readers.source import Cell
from app.services.importing.samples import HeaderIndex, header_words

_KIND_WORDS = {
    "LIMITED": "limited, limited warranty, manufacturer, manufacturer warranty, herstellergarantie, garantie, begrenzt",
    "EXTENDED": "extended, extended warranty, garantieverlangerung, anschlussgarantie, erweitert, verlangert",
    "LIFETIME": "lifetime, lifetime warranty, lebenslang, lebenslange garantie",
    "STATUTORY": "statutory, statutory warranty, legal guarantee, gewahrleistung, gesetzlich",
    "PARTS": "parts, parts only, teile, ersatzteile",
    "LABOUR": "labour, labor, arbeit, arbeitszeit, arbeitslohn",
    "ACCIDENTAL": "accidental, accidental damage, accident, unfall, unfallschutz, gerateschutz",
}
_KINDS = {word.strip(): kind for kind, words in _KIND_WORDS.items() for word in words.split(",")}


def cover_kind(text: str) -> str:
    """Return the kind of warranty that a text means; one that is none of ours is a kind of its own."""
    return text.upper() if text.upper() in COVER_KINDS else _KINDS.get(fold(text), text)


_UNIT_WORDS = {
    "years": "year, years, yr, yrs, jahr, jahre, an, ans, ano, anos",
    "months": "month, months, mo, mos, m, monat, monate, mois, mes, meses",
    "days": "day, days, d, tag, tage, jour, jours, dia, dias",
}
_UNITS = {word.strip(): unit for unit, words in _UNIT_WORDS.items() for word in words.split(",")}
_PARTS = re.compile(r"(?:[0-9]{1,5} ?[a-z]+\.? ?)+")
_PART = re.compile(r"([0-9]+) ?([a-z]+)")
_BETWEEN = re.compile(r"\s*(?:,|\b(?:and|und|et|y)\b|\s)\s*")


def read_duration(cell: Cell) -> Duration | None:
    """Read a length of time in words, `24 months`, or as our files write it, `P24M`. Raises `NotUnderstood`."""
    text = read_text(cell)
    duration = _in_words(text)
    if duration is None:
        try:
            duration = duration_from(text)
        except NotUnderstood:
            raise NotUnderstood(f"{shown(text)} is not a duration; write 24 months, or P24M.") from None
    if duration is not None and not duration:
        raise NotUnderstood("A warranty lasts at least a day; mend its length.")
    return duration


def _in_words(text: str) -> Duration | None:
    """Return the length of time that words such as `1 year, 6 months` tell, None for anything else."""
    plain = _BETWEEN.sub(" ", fold(text)).strip()
    if not _PARTS.fullmatch(plain):
        return None
    parts: dict[str, int] = {}
    for number, word in _PART.findall(plain):
        unit = _UNITS.get(word)
        if unit is None or unit in parts:
            return None
        parts[unit] = int(number)
    more_years, months = divmod(parts.get("months", 0), 12)
    return Duration(parts.get("years", 0) + more_years, months, parts.get("days", 0))


TARGETS = (
    Target("product", "Product", required=True, instead=("purchase_uuid",)),
    Target("purchased_on", "Purchased on", "date"),
    Target("purchase_uuid", "UUID of the purchase", "uuid"),
    Target("kind", "Kind of warranty"),
    Target("starts_on", "Starts on", "date"),
    Target(
        "ends_on",
        "Ends on",
        "date",
        required=True,
        instead=("duration", "years", "months", "days", "lifetime"),
    ),
    Target("duration", "Duration", "word", read=read_duration),
    Target("years", "Length in years", "count"),
    Target("months", "Length in months", "count"),
    Target("days", "Length in days", "count"),
    Target("lifetime", "Lifetime", "yes"),
    Target("provider", "Provider"),
    Target("policy_number", "Policy number"),
    Target("voided", "Voided", "yes"),
    Target("notes", "Notes", "note"),
    Target("claims", "Claims", "json"),
    Target("uuid", "UUID", "uuid"),
)
"""Everything that a column of a file of warranties can be mapped to, in the order of a wizard's list."""

HEADERS = HeaderIndex(
    header_words(
        {
            "product": """
                product, product name, item, item name, article, covered item, produkt, produktname, artikel,
                artikelname, gerat, geraet, gegenstand, bezeichnung, title, name, titel
            """,
            "purchased_on": """
                purchased on, purchase date, date of purchase, bought on, date bought, bought, kaufdatum, gekauft am,
                bestelldatum, rechnungsdatum
            """,
            "purchase_uuid": "purchase uuid",
            "kind": """
                kind, kind of warranty, warranty type, type of warranty, warranty kind, coverage type, type, coverage,
                art der garantie, garantieart, art, typ
            """,
            "starts_on": """
                starts on, warranty start, warranty start date, warranty from, start date, start, starts, valid from,
                from, garantiebeginn, garantie ab, beginn, gultig ab, gueltig ab, ab, von
            """,
            "ends_on": """
                ends on, warranty end, warranty end date, warranty until, warranty ends, warranty expires,
                warranty expiry, warranty expiration date, end date, expiration date, expiry date, expires on, expires,
                expiry, valid until, until, end, ends, garantieende, garantie bis, ablaufdatum, lauft ab,
                laeuft ab, gultig bis, gueltig bis, ende, bis
            """,
            "duration": """
                duration, warranty duration, warranty length, warranty term, garantiedauer, laufzeit der garantie
            """,
            "years": "years, warranty years, length in years, term in years, jahre, garantie jahre, laufzeit in jahren",
            "months": """
                months, warranty months, length in months, term in months, warranty period months, monate,
                garantie monate, garantiemonate, laufzeit in monaten
            """,
            "days": "days, warranty days, length in days, tage, laufzeit in tagen",
            "lifetime": "lifetime, lifetime warranty, is lifetime, lebenslang, lebenslange garantie",
            "provider": """
                provider, warranty provider, warranty by, insurer, company, garantiegeber, versicherer, versicherung,
                anbieter
            """,
            "policy_number": """
                policy number, policy no, policy, contract number, contract no, certificate number, policennummer,
                versicherungsnummer, vertragsnummer, police
            """,
            "voided": "voided, void, cancelled, canceled, erloschen, ungultig, ungueltig, storniert",
            "notes": """
                notes, note, warranty notes, comment, comments, remark, terms, notizen, notiz, bemerkung, bemerkungen,
                garantiebedingungen
            """,
            "claims": "claims",
            "uuid": "uuid, guid",
        }
    )
)
