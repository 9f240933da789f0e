"""Writes what is due to a file that every calendar opens."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.domain.due import DueFilter
from app.services import due, job_kinds
from app.services.exporting import ExportReport
from app.services.jobs import JobContext
from app.ui.due.words import counted
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.widgets.corner_card import CornerCard

STATE_KEY = "due.calendar"
_ENDING = ".ics"
_SHOWN_MS = 12_000


def export_calendar(session: Session, wanted: DueFilter) -> None:
    """Ask where to, then write what a filter lets through; the window says when it is done."""
    chosen, _filter = QFileDialog.getSaveFileName(
        session.window,
        tr("Export as calendar file"),
        str(_suggested(session)),
        tr("Calendar files ({pattern})").format(pattern=f"*{_ENDING}"),
    )
    if chosen:
        path = Path(chosen)
        target = path if path.suffix.lower() == _ENDING else path.with_name(path.name + _ENDING)
        if target != path and target.exists():
            # The file dialog asked about the name without its ending only.
            words = tr("A file {name} is there already. Choose it to replace it, or another name.")
            session.notices.show_problem(words.format(name=target.name))
            return
        session.state.put(STATE_KEY, str(target.parent))
        write_calendar(session, wanted, target)


def write_calendar(session: Session, wanted: DueFilter, target: Path) -> None:
    """Write what a filter lets through to a file, in a job."""
    ledger = session.ledger

    def run(context: JobContext) -> ExportReport:
        from app.services.exporting.calendar import export_calendar as write

        items = due.listing(ledger, wanted, interrupt=context.interrupt)
        return write(ledger, items, target, context=context)

    def done(report: ExportReport) -> None:
        dates, path = counted(report.rows), Path(report.path)
        session.notify(tr("Exported {dates} to {file}").format(dates=dates, file=path.name))
        card = CornerCard(
            session.window, tr("Exported {dates}").format(dates=dates), path.name, "calendar-check"
        )
        card.add_link(tr("Show in folder"), lambda: _show_folder(path))
        card.show_for(_SHOWN_MS)

    session.bridge.start_job(
        tr("Exporting {file}").format(file=target.name), run, done, terms=job_kinds.EXPORT
    )


def _suggested(session: Session) -> Path:
    held = session.state.get(STATE_KEY)
    folder = Path(held) if isinstance(held, str) and held else None
    if folder is None or not folder.is_dir():
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(documents) if documents and Path(documents).is_dir() else Path.home()
    return folder / (tr("what-is-due") + _ENDING)


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
