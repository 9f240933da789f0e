"""Tools > Check ledger: looks for damage in the background and says what it found."""

from app.services import check, job_kinds
from app.ui.i18n import tr, tr_n
from app.ui.session import Session


def check_ledger(session: Session) -> None:
    """Check the ledger as a job; what is wrong is told above the page, with a button where it can be mended."""
    session.bridge.start_job(
        tr("Checking the ledger"),
        lambda context: check.find(session.ledger, context),
        lambda findings: _tell(session, findings),
        terms=job_kinds.CHECK,
    )


def _tell(session: Session, findings: list[check.Finding]) -> None:
    if not findings:
        session.notify(tr("The ledger is in order"))
        return
    first = findings[0]
    words = tr("{what}, in {where}. {repair}").format(what=first.what, where=first.where, repair=first.repair)
    if len(findings) > 1:
        words = f"{words} {tr_n('{n} more problem was found.', '{n} more problems were found.', len(findings) - 1)}"
    if any(finding.mendable for finding in findings):
        session.notices.show_problem(words, tr("Repair"), lambda: _mend(session, findings))
    else:
        session.notices.show_problem(words)


def _mend(session: Session, findings: list[check.Finding]) -> None:
    session.bridge.run_command(check.mend(session.ledger, findings), lambda _change: check_ledger(session))
