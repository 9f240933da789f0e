"""Commands on what is selected in a table: at once or as a job, and only when all of its rows are known."""

from collections.abc import Callable

from app.services import job_kinds
from app.services.changes import Change, Command
from app.services.jobs import JobContext
from app.ui.session import Session
from app.ui.tables.model import LazyTableModel

_MANY = 500
"""From so many records on a change runs as a job, which shows in the status bar."""


def run_on_many(
    session: Session, command: Command, count: int, name: str, then: Callable[[Change], None] | None = None
) -> None:
    """Run a command on so many records at once, or as a job of that name where it may take a while."""
    ledger = session.ledger
    if count < _MANY:
        session.bridge.run_command(command, then)
        return

    def work(context: JobContext) -> Change:
        return ledger.run(command, context.interrupt)

    session.bridge.start_job(name, work, then, terms=job_kinds.BULK_EDIT)


def when_complete(model: LazyTableModel, action: Callable[[], None]) -> None:
    """Do something once all rows are known, so that a selection of all of them is one of all of them."""
    if model.complete:
        action()
        return

    def settled() -> None:
        model.settled.disconnect(settled)
        action()

    model.settled.connect(settled)
