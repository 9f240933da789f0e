"""The import of a file: one command, one transaction, one undo, however many rows."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from app.services.changes import Command, Write
from app.services.importing.kind import Joins, Known, Ready, Record, Refusal, Setting, Skipped, without_uuid
from app.services.importing.plan import ImportOptions, Plan, check_plan, make_plan
from app.services.importing.readers import Row
from app.services.importing.report import MOST_LISTED, ImportReport, RowError, clipped
from app.services.importing.rows import RowReader
from app.services.jobs import JobContext
from app.services.ledger import Ledger, Reader

BATCH = 2_000
ALREADY_THERE = "already in the ledger"
"""Why a row was passed over whose record the ledger has."""


class _TakenBack(Exception):
    """The import went through and is not to be kept; `report` says what it would have done."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__("the import is rolled back")
        self.report = report


def import_file(
    ledger: Ledger, path: Path, options: ImportOptions, context: JobContext | None = None
) -> ImportReport:
    """Import a file and return what became of its rows.

    All of it is one transaction: when it is cancelled or fails, nothing was changed. Rows that cannot be imported
    are in the report and keep no other from it, unless `all_or_nothing` is set: then the report says what is wrong
    and nothing is kept. Raises `Refused` for a file that cannot be imported, `Cancelled` or `Interrupted`, and
    `EnvironmentProblem`.
    """
    running = context or JobContext()
    plan = make_plan(path, options)
    check_plan(plan)
    command = Command(
        f"Import {path.name}",
        lambda write: _run(write, plan, options, setting_for(ledger, options, write.connection), running),
        label_of=lambda report: _label(plan.kind.one, plan.kind.many, report.created + report.updated),
    )
    try:
        report: ImportReport = ledger.run(command, running.interrupt).result
    except _TakenBack as taken_back:
        report = taken_back.report
    return report


def setting_for(ledger: Ledger, options: ImportOptions, reader: Reader) -> Setting:
    """Return what the rows of a file are read by in a ledger."""
    profile = ledger.profile
    return Setting(reader, options.currency or profile.currency, profile.zone, ledger.today())


def _label(one: str, many: str, number: int) -> str:
    return f"Import {number:,} {one if number == 1 else many}"


def _run(
    write: Write, plan: Plan, options: ImportOptions, setting: Setting, running: JobContext
) -> ImportReport:
    report = ImportReport(row_word=plan.source.row_word)
    reader = RowReader(plan, setting)
    other = plan.kind.others.get(plan.preset.id) if plan.preset is not None else None
    if other is not None:
        other(write, plan, reader, report, running)
    else:
        _Import(write, plan, reader, options, report, running).run()
    report.warnings = _warnings(plan, report, setting)
    if options.dry_run or (options.all_or_nothing and report.failed):
        report.rolled_back, report.rehearsed = True, options.dry_run
        if not options.dry_run:
            report.created = report.updated = 0
        raise _TakenBack(report)
    return report


class _Import:
    """One run over a file: rows in batches, each matched with the ledger and written in a few statements."""

    def __init__(
        self,
        write: Write,
        plan: Plan,
        reader: RowReader,
        options: ImportOptions,
        report: ImportReport,
        running: JobContext,
    ) -> None:
        self._write = write
        self._plan = plan
        self._reader = reader
        self._policy = options.duplicates
        self._report = report
        self._running = running
        self._keeper = plan.kind.keeper(write)

    def run(self) -> None:
        """Import every row."""
        rows = self._plan.source.rows()
        while batch := list(islice(self._ready(rows), BATCH)):
            self._store(batch)
        self._keeper.finish()
        if self._report.created or self._report.updated:
            self._write.touch(self._plan.kind.area, None)

    def _ready(self, rows: Iterator[Row]) -> Iterator[tuple[int, Ready]]:
        """Give the records that rows are, with their lines; what is none is counted."""
        source = self._plan.source
        for number, row in enumerate(rows):
            if number % 100 == 0:
                self._running.progress(source.position, source.size)
            made = self._reader.read(row)
            if isinstance(made, Ready):
                yield row.line, made
            elif isinstance(made, Skipped):
                self._report.skip(made.reason)
            else:
                self._report.fail(row.line, made)

    def _store(self, batch: list[tuple[int, Ready]]) -> None:
        rows = [ready.record for _, ready in batch]
        if self._policy == "add" and not self._plan.kind.follows:
            self._insert([without_uuid(record) for record in rows])
            return
        new: list[Record] = []
        known: list[tuple[int, Known]] = []
        for (line, ready), match in zip(batch, self._keeper.match(rows), strict=True):
            if match is None:
                new.append(ready.record)
            elif self._policy == "add" and not isinstance(match, Skipped):
                new.append(without_uuid(ready.record))
            elif isinstance(match, Refusal):
                self._refuse(line, match.field, str(getattr(ready.record, match.field)), match.reason)
            elif isinstance(match, Skipped):
                self._report.skip(match.reason)
            elif isinstance(match, Joins):
                whole = ready if self._policy == "update" else replace(ready, given=match.only)
                known.append((line, Known(match.id, whole)))
            elif self._policy == "update":
                known.append((line, Known(match, ready)))
            else:
                self._report.skip(ALREADY_THERE)
        self._insert(new)
        self._update(known)

    def _insert(self, batch: list[Record]) -> None:
        if batch:
            self._keeper.insert(batch)
            self._report.created += len(batch)

    def _update(self, known: list[tuple[int, Known]]) -> None:
        if not known:
            return
        found = self._keeper.update([row for _, row in known])
        for (line, _), problems in zip(known, found, strict=True):
            if problems:
                self._report.fail(
                    line, [RowError(line, item.field, clipped(item.value), item.reason) for item in problems]
                )
            else:
                self._report.updated += 1

    def _refuse(self, line: int, field: str, value: str, reason: str) -> None:
        column = self._plan.mapping.columns.get(field, field)
        self._report.fail(line, [RowError(line, column, clipped(value), reason)])


def _warnings(plan: Plan, report: ImportReport, setting: Setting) -> list[str]:
    found = list(dict.fromkeys(plan.source.notes))
    found.extend(ambiguity.question for ambiguity in plan.ambiguities)
    found.extend(
        f"{count:,} row{'' if count == 1 else 's'} passed over: {reason}."
        for reason, count in report.skipped_for.items()
        if reason != ALREADY_THERE
    )
    found.extend(
        f"{count:,} row{'' if count == 1 else 's'}: {words}." for words, count in setting.told.items()
    )
    if len(report.errors) >= MOST_LISTED:
        found.append(f"Only the first {MOST_LISTED:,} errors are listed.")
    return found
