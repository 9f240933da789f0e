"""Everything that is settled before the first row is imported: how the file is read and what its columns mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from app.domain.exchange import FORMAT_VERSION
from app.domain.money import CURRENCIES
from app.domain.parsing import NotUnderstood, parse_money
from app.domain.problems import Refused
from app.services.importing.guessing import (
    MARKS,
    SAMPLE_ROWS,
    Ambiguity,
    Guess,
    guess_mapping,
    looks_like_data,
    settle,
)
from app.services.importing.kind import ImportKind
from app.services.importing.mapping import Mapping, Target
from app.services.importing.presets import Preset, by_id, recognise
from app.services.importing.readers import Cell, ReadOptions, Source, UnreadableFile, open_table
from app.services.importing.readers.json_items import JsonItems
from app.services.importing.samples import Samples

DUPLICATES = ("skip", "update", "add")
"""What may be done with a row whose record is in the ledger already."""


@dataclass(frozen=True)
class ImportOptions:
    """How a file is to be imported, and what kind of records it holds. What is empty is recognised or guessed.

    `preset` names a program, `mapping` says all that a preset would. `currency` is for rows that name none;
    otherwise it is the profile's. `duplicates` is `skip`, `update` or `add`.
    """

    kind: ImportKind
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

    kind: ImportKind
    source: Source
    mapping: Mapping
    samples: Samples
    preset: Preset | None = None
    ambiguities: tuple[Ambiguity, ...] = ()
    unmapped: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Target, ...]:
        """The required fields that no column is mapped to."""
        return self.kind.missing(self.mapping.columns)

    @property
    def names_currency(self) -> bool:
        """Whether rows say their currency, in a column or beside the first amount, or need none."""
        columns = self.mapping.columns
        if "currency" in columns or not self.kind.asks_currency:
            return True
        first = next((target.key for target in self.kind.targets if target.kind == "money"), "")
        texts = self.samples.texts(columns.get(first, ""))[:200]
        told = [bool(currency) for currency in map(_currency_in, texts) if currency is not None]
        return bool(told) and all(told)


def make_plan(path: Path, options: ImportOptions) -> Plan:
    """Open a file and settle what its columns are. Raises `Refused`, also as `UnreadableFile`."""
    options.check()
    kind = options.kind
    source = kind.reshaped(open_table(path, options.read, kind.key))
    _check_head(source, kind)
    if options.read.has_header and not options.preset:
        source = _with_headers(source, kind)
    samples = Samples(source.headers, _sampled(source))
    preset = _preset_of(source, options)
    guess = _guess(source, samples, preset, options)
    plan = Plan(kind, source, guess.mapping, samples, preset, guess.ambiguities, guess.unmapped)
    source.notes.extend(note for note in _unknown_columns(plan) if note not in source.notes)
    return plan


def check_plan(plan: Plan) -> None:
    """Raise `Refused` where no record can be made of the rows, because a column is missing."""
    name = plan.source.path.name
    if not plan.missing:
        return
    if (
        plan.preset is None
        and plan.source.options.has_header
        and looks_like_data(plan.kind, plan.source.headers)
    ):
        raise UnreadableFile(
            f"The first line of {name} is data; add a line with the names of the columns above it."
        )
    wanted = " and ".join(f"“{target.title}”" for target in plan.missing)
    raise Refused(
        f"No column of {name} is recognised as {wanted}; name the columns, or say with a map which is which."
    )


def _guess(source: Source, samples: Samples, preset: Preset | None, options: ImportOptions) -> Guess:
    given = options.mapping
    if given is not None and given.columns:
        return _settled(options.kind, given, source, samples, preset)
    if preset is None:
        guess = guess_mapping(options.kind, source.headers, samples)
        if given is None:
            return guess
        return _settled(options.kind, replace(given, columns=guess.mapping.columns), source, samples, None)
    mapping = Mapping(
        columns=preset.columns_in(source.headers),
        decimal_mark=preset.decimal_mark,
        date_order=preset.date_order,
        tag_separator=preset.tag_separator,
        preset=preset.id,
    )
    return _settled(options.kind, mapping, source, samples, preset)


def _settled(
    kind: ImportKind, mapping: Mapping, source: Source, samples: Samples, preset: Preset | None
) -> Guess:
    if preset is not None and preset.own and mapping.decimal_mark is None:
        # We never group digits, so that the only mark is the decimal one. A file with both was mended by hand.
        marks = {
            mark
            for key, column in mapping.columns.items()
            if kind.target_of[key].kind in ("money", "rate")
            for text in samples.texts(column)
            for mark in MARKS
            if mark in text
        }
        if len(marks) < len(MARKS):
            mapping = replace(mapping, decimal_mark=marks.pop() if marks else ".")
    guess = settle(kind, mapping, source.headers, samples)
    if preset is None or guess.mapping.date_order is not None:
        return guess
    usual = preset.usual_order(guess.mapping.decimal_mark)
    if usual is None:
        return guess
    return settle(kind, replace(guess.mapping, date_order=usual), source.headers, samples)


def _preset_of(source: Source, options: ImportOptions) -> Preset | None:
    presets = options.kind.presets
    document = next((preset for preset in presets if preset.document), None)
    named = options.preset or (options.mapping.preset if options.mapping else "")
    if not named:
        if options.mapping is not None and options.mapping.columns:
            return None
        if isinstance(source, JsonItems) and "counterfoil" in source.facts:
            return document
        return recognise(presets, source.headers)
    preset = by_id(presets, named)
    if preset.own and isinstance(source, JsonItems):
        preset = document or preset
    if options.mapping is None or not options.mapping.columns:
        _check_preset(source, preset, options.kind)
    return preset


def _check_preset(source: Source, preset: Preset, kind: ImportKind) -> None:
    """Raise `Refused` where a file has not the columns that a preset needs."""
    present = preset.columns_in(source.headers)
    for target in kind.missing(present):
        wanted = preset.columns.get(target.key)
        if wanted is not None:
            header = wanted if isinstance(wanted, str) else wanted[0]
            raise Refused(
                f"{source.path.name} is not a file of {preset.label}: it has no column “{header}”; "
                "choose another preset, or none."
            )


def _sampled(source: Source) -> Iterable[Sequence[Cell]]:
    rows = (row for row in source.rows() if not row.problem)
    return [row.cells for row in islice(rows, SAMPLE_ROWS)]


def _unknown_columns(plan: Plan) -> list[str]:
    """Return a note for columns that a mapping names and the file does not have. Raises `Refused` for required ones."""
    present = set(plan.source.headers)
    gone = {key: column for key, column in plan.mapping.columns.items() if column not in present}
    for key, column in gone.items():
        if plan.kind.target_of[key].required:
            raise Refused(
                f"{plan.source.path.name} has no column “{column[:40]}”, which the map wants; mend the map."
            )
    return [f"The file has no column “{column}”; it was left out." for column in gone.values()]


def _check_head(source: Source, kind: ImportKind) -> None:
    """Refuse a document of ours that a newer program wrote, or that holds other records."""
    head = source.facts.get("counterfoil") if isinstance(source, JsonItems) else None
    if not isinstance(head, dict):
        return
    version, holds = head.get("format"), head.get("kind")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise UnreadableFile(
            f"{source.path.name} was written by a newer Counterfoil (format {version}, this one knows "
            f"{FORMAT_VERSION}); install the newer program."
        )
    if isinstance(source, JsonItems) and source.list_key != kind.key and isinstance(holds, str):
        raise Refused(f"{source.path.name} holds {holds[:40]}, not {kind.many}; import it as what it holds.")


def _with_headers(source: Source, kind: ImportKind) -> Source:
    """Give a file of a program that writes no line of column names those that it means."""
    if source.format != "CSV":
        return source
    for preset in kind.presets:
        if preset.headerless and preset.begins([str(cell) for cell in source.headers]):
            opened = open_table(source.path, replace(source.options, has_header=False))
            opened.headers = preset.headerless
            opened.notes.append(
                f"The file was read as one of {preset.label}, which has no line of column names."
            )
            return opened
    return source


def _currency_in(text: str) -> str | None:
    """Return the currency beside an amount, "" where none is written, None for what is no amount."""
    for mark in MARKS:
        try:
            return parse_money(text, mark, "EUR").currency
        except NotUnderstood:
            continue
    return None
