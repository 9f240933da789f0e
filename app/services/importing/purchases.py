"""The import of purchases: one command, one transaction, one undo, however many rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo
from itertools import islice
from pathlib import Path

from app.domain.purchases import Purchase
from app.services.changes import Area, Command, Write
from app.services.importing.duplicates import Duplicates, Repeated
from app.services.importing.merging import merged
from app.services.importing.plan import ImportOptions, Plan, check_plan, make_plan
from app.services.importing.readers import Row
from app.services.importing.refunds import import_refunds
from app.services.importing.report import MOST_LISTED, ImportReport, RowError, clipped
from app.services.importing.rows import Ready, RowReader, Skipped
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage.purchases import reading, writing

__all__ = ["ImportOptions", "ImportReport", "RowError", "import_purchases"]

BATCH = 2_000
ALREADY_THERE = "already in the ledger"
"""Why a row was passed over whose purchase the ledger has."""


class _TakenBack(Exception):
    """The import went through and is not to be kept; `report` says what it would have done."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__("the import is rolled back")
        self.report = report


def import_purchases(
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
    profile = ledger.profile
    currency = options.currency or profile.currency
    command = Command(
        f"Import {path.name}",
        lambda write: _run(write, plan, options, currency, profile.zone, running),
        label_of=lambda report: f"Import {report.created + report.updated:,} purchases",
    )
    try:
        report: ImportReport = ledger.run(command, running.interrupt).result
    except _TakenBack as taken_back:
        report = taken_back.report
    return report


def _run(
    write: Write, plan: Plan, options: ImportOptions, currency: str, zone: tzinfo, running: JobContext
) -> ImportReport:
    report = ImportReport(row_word=plan.source.row_word)
    reader = RowReader(plan, currency, zone)
    if plan.preset is not None and plan.preset.refunds:
        import_refunds(write, plan, reader, report, running)
    else:
        _Import(write, plan, reader, options, report, running).run()
    report.warnings = _warnings(plan, report)
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
        self._source = plan.source
        self._uuid_column = plan.mapping.columns.get("uuid", "uuid")
        self._reader = reader
        self._policy = options.duplicates
        self._report = report
        self._running = running
        self._duplicates = Duplicates(write)

    def run(self) -> None:
        """Import every row."""
        rows = self._source.rows()
        while batch := list(islice(self._ready(rows), BATCH)):
            self._store(batch)
        self._duplicates.close()
        if self._report.created or self._report.updated:
            self._write.touch(Area.PURCHASES, None)

    def _ready(self, rows: Iterator[Row]) -> Iterator[tuple[int, Ready]]:
        """Give the purchases that rows are, with their lines; what is none is counted."""
        for number, row in enumerate(rows):
            if number % 100 == 0:
                self._running.progress(self._source.position, self._source.size)
            made = self._reader.read(row)
            if isinstance(made, Ready):
                yield row.line, made
            elif isinstance(made, Skipped):
                self._report.skip(made.reason)
            else:
                self._report.fail(row.line, made)

    def _store(self, batch: list[tuple[int, Ready]]) -> None:
        rows = [ready.purchase for _, ready in batch]
        if self._policy == "add":
            self._insert([replace(purchase, uuid=None) for purchase in rows])
            return
        new: list[Purchase] = []
        known: list[tuple[int, int, Ready]] = []
        for (line, ready), match in zip(batch, self._duplicates.match(rows), strict=True):
            if match is None:
                new.append(ready.purchase)
            elif isinstance(match, Repeated):
                reason = "An earlier row has the same UUID; remove one of them, or this UUID."
                error = RowError(line, self._uuid_column, str(ready.purchase.uuid), reason)
                self._report.fail(line, [error])
            elif self._policy == "update":
                known.append((line, match, ready))
            else:
                self._report.skip(ALREADY_THERE)
        self._insert(new)
        self._update(known)

    def _insert(self, batch: list[Purchase]) -> None:
        if not batch:
            return
        taken = self._duplicates.taken_uuids(batch)
        writing.insert(self._write, [_without(purchase, taken) for purchase in batch] if taken else batch)
        self._report.created += len(batch)

    def _update(self, known: list[tuple[int, int, Ready]]) -> None:
        if not known:
            return
        present = {
            stored.id: stored
            for stored in reading.get_many(self._write.connection, [id for _, id, _ in known])
        }
        changed: dict[int, Purchase] = {}
        for line, id, ready in known:
            foreign = self._duplicates.foreign_parts(id, ready.purchase)
            before = changed.get(id, present[id])
            after, problems = merged(before, _without(ready.purchase, foreign), ready.given)
            if problems:
                self._report.fail(
                    line, [RowError(line, item.field, clipped(item.value), item.reason) for item in problems]
                )
                continue
            self._report.updated += 1
            if after != before:
                changed[id] = after
        if changed:
            writing.replace(self._write, list(changed.values()))


def _without(purchase: Purchase, taken: set[bytes]) -> Purchase:
    """Return a purchase without those UUIDs that others have; new ones are made for them."""
    if not taken:
        return purchase
    return replace(
        purchase,
        uuid=None if purchase.uuid is not None and purchase.uuid.bytes in taken else purchase.uuid,
        covers=tuple(
            replace(cover, uuid=None) if cover.uuid is not None and cover.uuid.bytes in taken else cover
            for cover in purchase.covers
        ),
        refunds=tuple(
            replace(refund, uuid=None) if refund.uuid is not None and refund.uuid.bytes in taken else refund
            for refund in purchase.refunds
        ),
    )


def _warnings(plan: Plan, report: ImportReport) -> list[str]:
    found = list(dict.fromkeys(plan.source.notes))
    found.extend(ambiguity.question for ambiguity in plan.ambiguities)
    found.extend(
        f"{count:,} row{'' if count == 1 else 's'} passed over: {reason}."
        for reason, count in report.skipped_for.items()
        if reason != ALREADY_THERE
    )
    if len(report.errors) >= MOST_LISTED:
        found.append(f"Only the first {MOST_LISTED:,} errors are listed.")
    return found
