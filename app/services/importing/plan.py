"""Everything that is settled before the first row is imported: how the file is read and what its columns mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from app.domain.money import CURRENCIES
from app.domain.parsing import NotUnderstood, parse_money
from app.domain.problems import Refused
from app.domain.purchases.exchange import FORMAT_VERSION
from app.services.importing.guessing import (
    MARKS,
    SAMPLE_ROWS,
    Ambiguity,
    Guess,
    Samples,
    guess_mapping,
    looks_like_data,
    settle,
)
from app.services.importing.mapping import TARGET_OF, TARGETS, Mapping
from app.services.importing.presets import Preset, by_id, recognise
from app.services.importing.presets.budgets import HOMEBANK, HOMEBANK_COLUMNS
from app.services.importing.presets.counterfoil import COUNTERFOIL_DOCUMENT, COUNTERFOIL_TABLE
from app.services.importing.readers import Cell, ReadOptions, Row, Source, UnreadableFile, open_table
from app.services.importing.readers.json_items import JsonItems

DUPLICATES = ("skip", "update", "add")
"""What may be done with a row whose purchase is in the ledger already."""


@dataclass(frozen=True)
class ImportOptions:
    """How a file is to be imported. What is empty is recognised or guessed.

    `preset` names a program, `mapping` says all that a preset would. `currency` is for rows that name none;
    otherwise it is the profile's. `duplicates` is `skip`, `update` or `add`.
    """

    preset: str = ""
    mapping: Mapping | None = None
    currency: str = ""
    duplicates: str = "skip"
    all_or_nothing: bool = False
    dry_run: bool = False
    read: ReadOptions = field(default_factory=ReadOptions)

    def check(self) -> None:
        """Raise `Refused` for options that cannot be."""
        if self.duplicates not in DUPLICATES:
            raise Refused(f"Duplicates can be treated as {', '.join(DUPLICATES)}; choose one of these.")
        if self.currency and self.currency not in CURRENCIES:
            raise Refused(f"“{self.currency[:20]}” is not a currency code; use one such as EUR or USD.")


@dataclass(frozen=True)
class Plan:
    """An opened file with its mapping. `ambiguities` are open questions, `unmapped` the columns not used."""

    source: Source
    mapping: Mapping
    samples: Samples
    preset: Preset | None = None
    ambiguities: tuple[Ambiguity, ...] = ()
    unmapped: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The titles of required fields that no column is mapped to."""
        by_parts = "unit_price" in self.mapping.columns
        return tuple(
            target.title
            for target in TARGETS
            if target.required
            and target.key not in self.mapping.columns
            and not (target.key == "price" and by_parts)
        )

    @property
    def names_currency(self) -> bool:
        """Whether rows say their currency, in a column or beside the price."""
        columns = self.mapping.columns
        if "currency" in columns:
            return True
        texts = self.samples.texts(columns.get("price", ""))[:200]
        told = [bool(currency) for currency in map(_currency_in, texts) if currency is not None]
        return bool(told) and all(told)


def make_plan(path: Path, options: ImportOptions) -> Plan:
    """Open a file and settle what its columns are. Raises `Refused`, also as `UnreadableFile`."""
    options.check()
    source = open_table(path, options.read)
    _check_version(source)
    first = next(iter(source.rows()), None)
    if options.read.has_header and not options.preset and _is_homebank(source, first):
        source = _as_homebank(path, options.read)
    samples = Samples(source.headers, _sampled(source))
    preset = _preset_of(source, options)
    guess = _guess(source, samples, preset, options)
    plan = Plan(source, guess.mapping, samples, preset, guess.ambiguities, guess.unmapped)
    source.notes.extend(note for note in _unknown_columns(plan) if note not in source.notes)
    return plan


def check_plan(plan: Plan) -> None:
    """Raise `Refused` where no purchase can be made of the rows, because a column is missing."""
    name = plan.source.path.name
    if not plan.missing:
        return
    if plan.preset is None and plan.source.options.has_header and looks_like_data(plan.source.headers):
        raise UnreadableFile(
            f"The first line of {name} is data; add a line with the names of the columns above it."
        )
    wanted = " and ".join(f"“{title}”" for title in plan.missing)
    raise Refused(
        f"No column of {name} is recognised as {wanted}; name the columns, or say with a map which is which."
    )


def _guess(source: Source, samples: Samples, preset: Preset | None, options: ImportOptions) -> Guess:
    given = options.mapping
    if given is not None and given.columns:
        return _settled(given, source, samples, preset)
    if preset is None:
        guess = guess_mapping(source.headers, samples)
        if given is None:
            return guess
        return _settled(replace(given, columns=guess.mapping.columns), source, samples, None)
    mapping = Mapping(
        columns=preset.columns_in(source.headers),
        decimal_mark=preset.decimal_mark,
        date_order=preset.date_order,
        tag_separator=preset.tag_separator,
        preset=preset.id,
    )
    return _settled(mapping, source, samples, preset)


def _settled(mapping: Mapping, source: Source, samples: Samples, preset: Preset | None) -> Guess:
    if preset is not None and preset.own and mapping.decimal_mark is None:
        # We never group digits, so that a comma can only be the decimal one.
        texts = (
            text for key in ("price", "unit_price") for text in samples.texts(mapping.columns.get(key, ""))
        )
        mapping = replace(mapping, decimal_mark="," if any("," in text for text in texts) else ".")
    guess = settle(mapping, source.headers, samples)
    if preset is None or guess.mapping.date_order is not None:
        return guess
    usual = preset.usual_order(guess.mapping.decimal_mark)
    return (
        guess if usual is None else settle(replace(guess.mapping, date_order=usual), source.headers, samples)
    )


def _preset_of(source: Source, options: ImportOptions) -> Preset | None:
    named = options.preset or (options.mapping.preset if options.mapping else "")
    if not named:
        if options.mapping is not None and options.mapping.columns:
            return None
        if isinstance(source, JsonItems) and "counterfoil" in source.facts:
            return COUNTERFOIL_DOCUMENT
        return recognise(source.headers)
    preset = by_id(named)
    if preset is COUNTERFOIL_TABLE and isinstance(source, JsonItems):
        preset = COUNTERFOIL_DOCUMENT
    present = preset.columns_in(source.headers)
    if options.mapping is None or not options.mapping.columns:
        for key in ("name", "price", "purchased_on"):
            if key in preset.columns and key not in present:
                wanted = preset.columns[key]
                header = wanted if isinstance(wanted, str) else wanted[0]
                raise Refused(
                    f"{source.path.name} is not a file of {preset.label}: it has no column “{header}”; "
                    "choose another preset, or none."
                )
    return preset


def _sampled(source: Source) -> Iterable[Sequence[Cell]]:
    rows = (row for row in source.rows() if not row.problem)
    return [row.cells for row in islice(rows, SAMPLE_ROWS)]


def _unknown_columns(plan: Plan) -> list[str]:
    """Return a note for columns that a mapping names and the file does not have. Raises `Refused` for required ones."""
    present = set(plan.source.headers)
    gone = {key: column for key, column in plan.mapping.columns.items() if column not in present}
    for key, column in gone.items():
        if TARGET_OF[key].required:
            raise Refused(
                f"{plan.source.path.name} has no column “{column[:40]}”, which the map wants; mend the map."
            )
    return [f"The file has no column “{column}”; it was left out." for column in gone.values()]


def _check_version(source: Source) -> None:
    """Refuse a document of ours that a newer program wrote."""
    head = source.facts.get("counterfoil") if isinstance(source, JsonItems) else None
    version = head.get("format") if isinstance(head, dict) else None
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise UnreadableFile(
            f"{source.path.name} was written by a newer Counterfoil (format {version}, this one knows "
            f"{FORMAT_VERSION}); install the newer program."
        )


def _is_homebank(source: Source, first: Row | None) -> bool:
    """Tell whether a file without column names is of HomeBank: eight cells, a date, a mode of payment, an amount."""
    cells = [str(cell) for cell in source.headers]
    if source.format != "CSV" or len(cells) != len(HOMEBANK_COLUMNS) or first is None:
        return False
    mode = cells[1] if not cells[1].startswith("Column") else ""
    return mode.isdigit() and int(mode) <= 11 and looks_like_data(cells[:1]) and looks_like_data(cells[5:6])


def _as_homebank(path: Path, read: ReadOptions) -> Source:
    source = open_table(path, replace(read, has_header=False))
    source.headers = HOMEBANK_COLUMNS
    source.notes.append(f"The file was read as one of {HOMEBANK.label}, which has no line of column names.")
    return source


def _currency_in(text: str) -> str | None:
    """Return the currency beside an amount, "" where none is written, None for what is no amount."""
    for mark in MARKS:
        try:
            return parse_money(text, mark, "EUR").currency
        except NotUnderstood:
            continue
    return None
