"""The dialog that writes a plan's schedule to a file."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QVBoxLayout

from app.domain.debts.plan import Plan
from app.domain.problems import Refused
from app.services.exporting import ExportFormat, ExportReport
from app.services.exporting.schedule import ScheduleOptions, export_schedule
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import EnvironmentProblem, Interrupted
from app.ui.dialogs.choices import Choice, ChoiceList
from app.ui.dialogs.path_field import PathField
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, button, set_kind

STATE_KEY = "plans.export"
_WIDTH = 560
_LIVE = "live"


class ExportScheduleDialog(QDialog):
    """Asks how and where to; closes when the file is written. What was at the place stays if that fails."""

    def __init__(self, session: Session, plan: Plan, currency: str, name: str) -> None:
        super().__init__(session.window)
        self._session = session
        self._plan, self._currency, self._name = plan, currency, name
        self.setWindowTitle(tr("Export schedule"))
        held = session.state.get(STATE_KEY)
        held = held if isinstance(held, dict) else {}
        self.formats = ChoiceList(
            tr("Format"),
            [
                Choice("csv", tr("&CSV"), tr("A row for each debt and month, for any program")),
                Choice("json", tr("&JSON"), tr("With what the figures rest on")),
                Choice("xlsx", tr("&XLSX"), tr("A workbook with amounts and totals")),
                Choice(
                    _LIVE, tr("XLSX with &formulas"), tr("Works itself out again when you change the extra")
                ),
            ],
        )
        chosen = held.get("format")
        self.formats.set_value(chosen if chosen in ("csv", "json", "xlsx", _LIVE) else "csv")
        self.target = PathField(tr("&File"), tr("Choose…"))
        folder = Path(str(held.get("folder") or "")) if held.get("folder") else Path.home()
        self.target.set_path(folder / f"{_file_name(name)}.{self._suffix()}")
        self.export_button = button(tr("Export"), ButtonKind.PRIMARY)
        self._lay_out()
        self.formats.chosen.connect(self._format_chosen)
        self.target.browse_wanted.connect(self._browse)
        self.target.edited.connect(lambda: self.target.show_message(""))

    def accept(self) -> None:
        """Write the file, and close when it is there."""
        target = self.target.path()
        if target is None or not target.name:
            self.target.show_message(tr("Enter where the file is to go."), "error")
            self.target.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        chosen = self.formats.value()
        options = ScheduleOptions(
            ExportFormat.XLSX if chosen == _LIVE else ExportFormat(chosen), live=chosen == _LIVE
        )
        ledger, plan, currency = self._session.ledger, self._plan, self._currency

        def run(context: JobContext) -> ExportReport:
            return export_schedule(ledger, plan, currency, target, options, context)

        self.export_button.setEnabled(False)
        self._session.state.put(STATE_KEY, {"format": chosen, "folder": str(target.parent)})
        self._session.bridge.start_job(
            tr("Exporting {file}").format(file=target.name), run, self._done, self._failed
        )

    def _done(self, report: ExportReport) -> None:
        self._session.notify(tr("Exported the schedule to {file}").format(file=Path(report.path).name))
        super().accept()

    def _failed(self, error: BaseException) -> None:
        self.export_button.setEnabled(True)
        if isinstance(error, Cancelled | Interrupted):
            self.target.show_message(tr("The export was cancelled; nothing was written."), "warning")
        elif isinstance(error, Refused | EnvironmentProblem):
            self.target.show_message(str(error), "error")
        else:
            self._session.bridge.show_error(error)

    def _suffix(self) -> str:
        return "xlsx" if self.formats.value() == _LIVE else self.formats.value()

    def _format_chosen(self, _value: str) -> None:
        path = self.target.path()
        if path is not None and path.name:
            self.target.set_path(path.with_suffix(f".{self._suffix()}"))

    def _browse(self) -> None:
        path = self.target.path()
        suffix = self._suffix()
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Export schedule"), str(path or Path.home()), f"{suffix.upper()} (*.{suffix})"
        )
        if chosen:
            self.target.set_path(Path(chosen))
            self.target.show_message("")

    def _lay_out(self) -> None:
        look = theme.current()
        box = QDialogButtonBox()
        box.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(cancel, ButtonKind.DEFAULT)
        cancel.setAutoDefault(False)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        side = look.space("xl")
        column.setContentsMargins(side, look.space("l"), side, look.space("l"))
        column.setSpacing(look.space("l"))
        column.addWidget(self.formats)
        column.addWidget(self.target)
        column.addWidget(box)
        self.export_button.setDefault(True)
        self.resize(look.px(_WIDTH), self.sizeHint().height())


def _file_name(name: str) -> str:
    """A scenario's name as a file's."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in name)
    words = " ".join(kept.split())[:60].lower().replace(" ", "-")
    return tr("{name}-schedule").format(name=words or "plan")
