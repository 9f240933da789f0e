"""What can be done after an import: save the report and the failed rows, take it back, look at it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtWidgets import QDialog, QFileDialog

from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter
from app.services.changes import Change
from app.services.importing.flow import ImportFlow
from app.services.importing.report import ImportReport
from app.services.importing.report_files import write_failed_rows, write_report
from app.services.jobs import JobContext
from app.services.ledger import EnvironmentProblem
from app.ui.i18n import tr, tr_n
from app.ui.importing.report_page import ReportPage
from app.ui.kinds import words_for
from app.ui.session import Session
from app.ui.tables.base import RowTable

_UNFILTERED: dict[str, dict[str, Any]] = {"purchases": {"filter": PurchaseFilter()}}
"""What a page has to be opened with, so that nothing it has is hidden."""


class Aftermath:
    """Serves the buttons of the report's page."""

    def __init__(self, session: Session, flow: ImportFlow, page: ReportPage, wizard: QDialog) -> None:
        self._session = session
        self._flow = flow
        self._page = page
        self._wizard = wizard
        self._label: str | None = None
        page.save_report_wanted.connect(self._save_report)
        page.save_failed_wanted.connect(self._save_failed)
        page.undo_wanted.connect(self._undo)
        page.show_wanted.connect(self._show_imported)

    def take_report(self, report: ImportReport) -> None:
        """Show what an import did."""
        changed = report.created + report.updated > 0
        self._label = self._session.ledger.undo_label if changed else None
        if self._flow.kind is not None:
            words = words_for(self._flow.kind.key)
            self._page.show_report(report, self._flow.path.name, words, can_undo=self._label is not None)

    def _save_report(self) -> None:
        report = self._flow.report
        target = self._ask_place(tr("Save the report"), "report.txt", tr("Text (*.txt);;JSON (*.json)"))
        if report is None or target is None:
            return
        self._write(target, lambda: write_report(report, target), tr("The report is in {file}."))

    def _save_failed(self) -> None:
        report = self._flow.report
        target = self._ask_place(tr("Save the failed rows"), "failed.csv", tr("CSV (*.csv)"))
        if report is None or target is None:
            return
        path, options = self._flow.path, self._flow.options()
        words = tr_n(
            "{n} row is in {{file}}. Mend it there and import that file.",
            "{n} rows are in {{file}}. Mend them there and import that file.",
            report.failed,
        )
        self._write(target, lambda: write_failed_rows(path, options, report, target), words)

    def _write(self, target: Path, write: Callable[[], object], words: str) -> None:
        def run(_context: JobContext) -> None:
            write()

        self._session.bridge.start_job(
            tr("Writing {file}").format(file=target.name),
            run,
            lambda _result: self._written(words.format(file=target)),
            self._failed,
        )

    def _written(self, sentence: str) -> None:
        if shiboken6.isValid(self._page):
            self._page.show_saved(sentence)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refused | EnvironmentProblem) and shiboken6.isValid(self._page):
            self._page.show_problem(str(error))
        else:
            self._session.bridge.show_error(error)

    def _ask_place(self, title: str, ending: str, filters: str) -> Path | None:
        path = self._flow.path
        suggestion = path.with_name(f"{path.stem}-{ending}")
        chosen, _filter = QFileDialog.getSaveFileName(self._wizard, title, str(suggestion), filters)
        return Path(chosen) if chosen else None

    def _undo(self) -> None:
        ledger, bridge = self._session.ledger, self._session.bridge
        if ledger.undo_label != self._label:
            self._page.show_problem(tr("Something else was changed since. Use Edit > Undo, step by step."))
            return
        self._page.undo.setEnabled(False)
        bridge.call(ledger.undo(), self._undone, self._failed)

    def _undone(self, change: Change | None) -> None:
        if not shiboken6.isValid(self._page):
            return
        self._page.undo.setEnabled(True)
        if change is not None:
            self._page.show_undone()

    def _show_imported(self) -> None:
        """Close, and show all records with the latest on top."""
        report, kind = self._flow.report, self._flow.kind
        self._wizard.accept()
        if kind is None:
            return
        shown = words_for(kind.key).page
        page = self._session.show_page(shown, **_UNFILTERED.get(shown, {}))
        table = getattr(page, "table", None)
        if isinstance(table, RowTable) and report is not None:
            table.sort_by("created_at" if report.created else "updated_at", descending=True)
