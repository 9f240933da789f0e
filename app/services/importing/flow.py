"""The import wizard as a state machine without Qt: where one is, what is known, what may come next.

Pages draw it and tell it what the user chose. What takes time (looking into a file, the rehearsal, the import) is
done elsewhere, and its result is handed in with `take_file`, `take_preview` and `take_report`. Whatever changes
what would be imported makes a preview that was taken before invalid, so that nothing is imported that was not shown.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from app.domain.parsing import DateOrder, DecimalMark
from app.services.importing.guessing import Ambiguity, guess_mapping, settle
from app.services.importing.inspection import FileFacts
from app.services.importing.kind import ImportKind
from app.services.importing.mapping import Mapping, Target, TargetKind
from app.services.importing.plan import ImportOptions, Plan
from app.services.importing.presets import Preset, by_id
from app.services.importing.rehearsal import Rehearsal
from app.services.importing.report import ImportReport


class Step(StrEnum):
    """The steps of the wizard, in their order."""

    FILE = "file"
    COLUMNS = "columns"
    PREVIEW = "preview"
    RUN = "run"
    REPORT = "report"


STEPS = tuple(Step)


class WrongStep(RuntimeError):
    """The flow was told something that its step does not allow: a mistake in the program."""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of the file: its name, some of its values, and the field it becomes ("" for none)."""

    header: str
    values: tuple[str, ...]
    target: str


class ImportFlow:
    """One walk through the wizard. `currency` is the one of rows that name none, at first the ledger's own."""

    def __init__(self, currency: str) -> None:
        self.step = Step.FILE
        self.facts: FileFacts | None = None
        self.mapping = Mapping()
        self.questions: tuple[Ambiguity, ...] = ()
        self.currency = currency
        self.duplicates = "skip"
        self.all_or_nothing = False
        self.preview: Rehearsal | None = None
        self.report: ImportReport | None = None
        self.revision = 0
        """Changes whenever a preview that is being made would no longer be true."""
        self._currency_before = currency
        self._mark: DecimalMark | None = None
        self._order: DateOrder | None = None

    # -- the file

    def take_file(self, facts: FileFacts) -> None:
        """Go on with a file that was looked into; the mapping is what was recognised or guessed."""
        self._be_before_run()
        self.facts = facts
        self._mark = self._order = None
        self.mapping = facts.plan.mapping
        self.questions = facts.plan.ambiguities
        self.currency = self.mapping.currency or self._currency_before
        self._changed()

    def drop_file(self) -> None:
        """Forget the file, because another is looked into or because it cannot be imported."""
        self._be_before_run()
        self.facts = None
        self.mapping = Mapping()
        self.questions = ()
        self._changed()

    @property
    def path(self) -> Path:
        """The file. Raises `WrongStep` while there is none."""
        return self._facts().path

    @property
    def asks_currency(self) -> bool:
        """Whether the file leaves open which currency its amounts are in."""
        return self.facts is not None and not self._plan().names_currency

    def set_currency(self, currency: str) -> None:
        """Choose the currency of rows that name none."""
        self._be_before_run()
        self.currency = currency
        self._changed()

    # -- the columns

    @property
    def kind(self) -> ImportKind | None:
        """What kind of records the file holds, None while there is no file."""
        return None if self.facts is None else self._kind()

    @property
    def preset(self) -> Preset | None:
        """The program whose layout is used, None for a mapping of one's own."""
        return by_id(self._kind().presets, self.mapping.preset) if self.mapping.preset else None

    def fitting_presets(self) -> list[Preset]:
        """Return the programs whose layout could be used: the recognised one first, then others that come near."""
        if self.facts is None:
            return []
        recognised, headers = self.facts.plan.preset, self.facts.headers
        near = [
            known
            for known in self._kind().presets
            if known is not recognised and _comes_near(self._kind(), known, headers)
        ]
        return [recognised, *near] if recognised is not None else near

    @property
    def is_exact(self) -> bool:
        """Whether the program that wrote the file is known and leaves nothing to be asked."""
        return self.preset is not None and not self.missing and not self.questions

    @property
    def missing(self) -> tuple[Target, ...]:
        """The fields without which no record can be made and that no column becomes."""
        return () if self.facts is None else self._kind().missing(self.mapping.columns)

    def columns(self) -> list[ColumnView]:
        """Return the columns of the file with the field that each becomes."""
        if self.facts is None:
            return []
        fields: dict[str, str] = {}
        for key, header in self.mapping.columns.items():
            fields.setdefault(header, key)
        return [
            ColumnView(header, values, fields.get(header, ""))
            for header, values in zip(self.facts.headers, self.facts.values, strict=True)
        ]

    def has(self, *kinds: TargetKind) -> bool:
        """Tell whether a column becomes a field that holds one of these."""
        if self.facts is None:
            return False
        return any(self._kind().target_of[key].kind in kinds for key in self.mapping.columns)

    def map_column(self, header: str, key: str) -> None:
        """Let a column become a field, or with "" none; the column that was that field before is then none."""
        columns = {
            other: column
            for other, column in self.mapping.columns.items()
            if column != header and other != key
        }
        if key:
            columns[key] = header
        self._settle(replace(self.mapping, columns=columns))

    def set_decimal_mark(self, mark: DecimalMark) -> None:
        """Say how amounts are written."""
        self._mark = mark
        self._settle(self.mapping)

    def set_date_order(self, order: DateOrder) -> None:
        """Say how dates are written."""
        self._order = order
        self._settle(self.mapping)

    def use_preset(self, preset: Preset) -> None:
        """Map the columns as a program has them, as far as the file has those."""
        if self.facts is None:
            return
        if preset is self.facts.plan.preset:
            self.take_file(self.facts)
            return
        self._mark = self._order = None
        columns = preset.columns_in(self.facts.headers)
        self._settle(Mapping(columns=columns, tag_separator=preset.tag_separator, preset=preset.id))

    def use_guess(self) -> None:
        """Map the columns by their names and contents, whatever program the file may be of."""
        if self.facts is None:
            return
        self._mark = self._order = None
        plan = self.facts.plan
        self._settle(guess_mapping(plan.kind, plan.source.headers, plan.samples).mapping)

    def use_mapping(self, mapping: Mapping) -> None:
        """Use a mapping that was saved, as far as the file has its columns."""
        if self.facts is None:
            return
        present = set(self.facts.headers)
        columns = {key: column for key, column in mapping.columns.items() if column in present}
        known = any(mapping.preset == preset.id for preset in self._kind().presets)
        self._mark, self._order = mapping.decimal_mark, mapping.date_order
        if mapping.currency:
            self.currency = mapping.currency
        self._settle(replace(mapping, columns=columns, currency="", preset=mapping.preset if known else ""))

    def mapping_to_save(self) -> Mapping:
        """Return the mapping as it is to be kept for other files of the same kind."""
        return replace(self.mapping, currency=self.currency if self.asks_currency else "")

    # -- the preview

    def set_duplicates(self, policy: str) -> None:
        """Say what to do with records that the ledger has already: `skip`, `update` or `add`."""
        self._be_before_run()
        self.duplicates = policy
        self._changed()

    def set_all_or_nothing(self, chosen: bool) -> None:
        """Say whether one bad row keeps all others out. What is shown stays true."""
        self._be_before_run()
        self.all_or_nothing = chosen

    def options(self) -> ImportOptions:
        """Return how the file is to be imported by what was chosen."""
        facts = self._facts()
        return ImportOptions(
            facts.plan.kind,
            mapping=self.mapping,
            currency=self.currency,
            duplicates=self.duplicates,
            all_or_nothing=self.all_or_nothing,
            read=facts.options,
        )

    def take_preview(self, preview: Rehearsal, revision: int) -> bool:
        """Take the result of a rehearsal that began at a revision; tells whether it is still true."""
        if revision != self.revision:
            return False
        self.preview = preview
        return True

    @property
    def will_import(self) -> int:
        """How many records the import makes or changes, as far as the preview knows."""
        if self.preview is None:
            return 0
        report = self.preview.report
        return 0 if self.all_or_nothing and report.failed else report.created + report.updated

    # -- the import

    def stop(self) -> None:
        """Return from an import that was cancelled or failed; nothing was changed by it."""
        if self.step is not Step.RUN:
            raise WrongStep("No import runs.")
        self.step = Step.PREVIEW

    def take_report(self, report: ImportReport) -> None:
        """End with what an import did."""
        if self.step is not Step.RUN:
            raise WrongStep("No import runs.")
        self.report = report
        self.step = Step.REPORT

    # -- moving

    @property
    def can_go_on(self) -> bool:
        """Whether this step has all that it needs."""
        if self.step is Step.FILE:
            return self.facts is not None
        if self.step is Step.COLUMNS:
            return self._is_mapped
        return self.step is Step.PREVIEW and self.will_import > 0

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step before that can be changed."""
        return self.step in (Step.COLUMNS, Step.PREVIEW)

    def next(self) -> Step:
        """Go to the next step; columns that are known exactly are passed over."""
        if not self.can_go_on:
            raise WrongStep(f"The step {self.step.value!r} is not complete.")
        if self.step is Step.FILE and self.is_exact:
            self.step = Step.PREVIEW
        else:
            self.step = STEPS[STEPS.index(self.step) + 1]
        return self.step

    def back(self) -> Step:
        """Go to the step before, also to one that was passed over."""
        if not self.can_go_back:
            raise WrongStep(f"There is no way back from {self.step.value!r}.")
        self.step = STEPS[STEPS.index(self.step) - 1]
        return self.step

    def can_reach(self, step: Step) -> bool:
        """Tell whether one can go to a step directly."""
        if step is self.step or self.step in (Step.RUN, Step.REPORT):
            return False
        if step is Step.FILE:
            return True
        if step is Step.COLUMNS:
            return self.facts is not None
        return step is Step.PREVIEW and self.facts is not None and self._is_mapped

    def go_to(self, step: Step) -> None:
        """Go to a step that can be reached."""
        if not self.can_reach(step):
            raise WrongStep(f"One cannot go to {step.value!r} now.")
        self.step = step

    # -- inside

    @property
    def _is_mapped(self) -> bool:
        return self.facts is not None and not self.missing and not self.questions

    def _facts(self) -> FileFacts:
        if self.facts is None:
            raise WrongStep("There is no file yet.")
        return self.facts

    def _kind(self) -> ImportKind:
        return self._facts().plan.kind

    def _plan(self) -> Plan:
        return replace(self._facts().plan, mapping=self.mapping)

    def _settle(self, mapping: Mapping) -> None:
        """Fill in decimal mark and order of dates: what the user said, else what the file shows, else a question."""
        self._be_before_run()
        plan = self._facts().plan
        known_mark, known_order = self._known_styles(mapping)
        open_mapping = replace(
            mapping, decimal_mark=self._mark or known_mark, date_order=self._order or known_order
        )
        guess = settle(plan.kind, open_mapping, plan.source.headers, plan.samples)
        self.mapping, self.questions = guess.mapping, guess.ambiguities
        self._changed()

    def _known_styles(self, mapping: Mapping) -> tuple[DecimalMark | None, DateOrder | None]:
        """Return decimal mark and order of dates that the program behind a mapping is known to use."""
        if not mapping.preset or self.facts is None:
            return None, None
        recognised = self.facts.plan.mapping
        if mapping.preset == recognised.preset:
            return recognised.decimal_mark, recognised.date_order
        preset = by_id(self._kind().presets, mapping.preset)
        return preset.decimal_mark, preset.date_order

    def _changed(self) -> None:
        self.revision += 1
        self.preview = None

    def _be_before_run(self) -> None:
        if self.step in (Step.RUN, Step.REPORT):
            raise WrongStep("The import has begun.")


def _comes_near(kind: ImportKind, preset: Preset, headers: tuple[str, ...]) -> bool:
    """Tell whether a file has the columns of a program that a record cannot be without."""
    columns = preset.columns_in(headers)
    return all(target.key in columns for target in kind.targets if target.required)
