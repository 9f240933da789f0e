"""`run-due`: run the jobs that are due, as a timer of the system asks for."""

import argparse
from collections.abc import Sequence

from app.cli.frame import Call, CommandLine
from app.cli.output import ProgressLine
from app.services import due_jobs, job_history
from app.services.jobs import Job, JobState
from app.services.ledger import LedgerInUse

_WORDS = {
    JobState.COMPLETED: "completed",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "cancelled",
}


def _arguments(_parser: argparse.ArgumentParser) -> None:
    """There are none."""


def _run(call: Call) -> int:
    try:
        ran = _run_due(call)
    except LedgerInUse:
        # A timer comes round all day: that the program itself is there to do the work is no failure.
        call.output.note("The ledger is open in another program, which runs what is due itself.")
        ran = []
    document = {
        "ran": [
            {"job": job.name, "outcome": _WORDS[job.state], "seconds": round(job.seconds, 3)} for job in ran
        ]
    }
    call.output.answer(document, "\n".join(map(_line, ran)) or "Nothing is due.")
    for job in ran:
        if job.error:
            call.output.note(f"{job.name}: {job.error}")
    return 0 if all(job.state is JobState.COMPLETED for job in ran) else 1


def _run_due(call: Call) -> Sequence[Job]:
    with call.ledger(writing=True) as ledger:
        job_history.mark_interrupted(ledger)
        job_history.follow(ledger)
        line = ProgressLine("Due jobs")
        try:
            return due_jobs.run_due(ledger, lambda context: line.show(context.done, context.total))
        finally:
            line.end()


def _line(job: Job) -> str:
    return f"{job.name}: {_WORDS[job.state]} after {job.seconds:.1f} s."


COMMAND = CommandLine("run-due", "Run the jobs that are due.", _arguments, _run)
