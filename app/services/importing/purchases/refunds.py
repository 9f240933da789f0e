"""Refund files: what came back is written to the purchases that it was for, found by their order."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from app.domain.purchases import Purchase, Refund, check
from app.services.changes import Area, Write
from app.services.importing.kind import Ready, Skipped
from app.services.importing.plan import Plan
from app.services.importing.report import ImportReport, RowError
from app.services.importing.rows import RowReader
from app.services.jobs import JobContext
from app.storage.purchases import reading, writing
from app.storage.purchases.matching import Matcher


def import_refunds(
    write: Write, plan: Plan, reader: RowReader, report: ImportReport, running: JobContext
) -> None:
    """Add each refund of a file to its purchase; one that is there already is passed over.

    Of the lines of an order the refund goes to the one that cost just as much, else to one that cost more.
    """
    matcher = Matcher(write)
    order_column = plan.mapping.columns.get("order_number", "order_number")
    for number, row in enumerate(plan.source.rows()):
        if number % 100 == 0:
            running.progress(plan.source.position, plan.source.size)
        made = reader.read(row)
        if isinstance(made, Skipped):
            report.skip(made.reason)
        elif isinstance(made, Ready):
            reason = _store(write, matcher, made.record, report)
            if reason:
                report.fail(row.line, [RowError(row.line, order_column, made.record.order_number, reason)])
        else:
            report.fail(row.line, made)
    matcher.close()
    if report.updated:
        write.touch(Area.PURCHASES, None)


def _store(write: Write, matcher: Matcher, told: Purchase, report: ImportReport) -> str:
    """Store one refund, or return why that cannot be."""
    # The same refund has the same identifier whenever its file is imported.
    uuid = uuid5(NAMESPACE_URL, f"refund:{told.source}:{told.order_number}:{told.name}:{told.price}")
    ids = [line.id for line in matcher.by_order([told.order_number]) if line.source == told.source]
    lines = list(reading.get_many(write.connection, ids))
    if not lines:
        return "No purchase of this order is in the ledger; import the order history first."
    if any(refund.uuid == uuid for line in lines for refund in line.refunds):
        report.skip("already in the ledger")
        return ""
    fitting = _fitting(lines, told)
    if fitting is None:
        return "No purchase of this order has cost as much; enter the refund on it by hand."
    refund = Refund(told.purchased_on, told.price, note=f"Refund {told.name}", uuid=uuid)
    changed = replace(fitting, refunds=(*fitting.refunds, refund))
    problems = check(changed)
    if problems:
        return problems[0].reason
    writing.replace(write, [changed])
    report.updated += 1
    return ""


def _fitting(lines: Sequence[Purchase], told: Purchase) -> Purchase | None:
    possible = [line for line in lines if line.currency == told.currency and line.net >= told.price]
    exact = [line for line in possible if line.price == told.price]
    return next(iter(exact or sorted(possible, key=lambda line: line.net)), None)
