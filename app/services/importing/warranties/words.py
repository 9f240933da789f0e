"""The fields of a warranty that a column can be mapped to, and what such columns are called, in English and German.

Words are folded (small letters, no accents), with single blanks for everything that is no letter or digit. In each
line the surest names come first.
"""

from app.domain.parsing import NotUnderstood
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


def read_duration(cell: Cell) -> Duration | None:
    """Read a length of time as our files write it, `P24M`. Raises `NotUnderstood`."""
    duration = duration_from(read_text(cell))
    if duration is not None and not duration:
        raise NotUnderstood("A warranty lasts at least a day; mend its length.")
    return duration


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
            "duration": "duration",
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
