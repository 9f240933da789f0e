"""The dialog that writes a plan's schedule to a file, perhaps as a workbook that recomputes it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.debts.plan import Plan
from app.services.exporting import ExportFormat, ExportReport
from app.services.exporting.choices import with_ending
from app.services.exporting.schedule import ScheduleOptions, export_schedule
from app.ui.dialogs.choices import Choice, ChoiceList
from app.ui.exporting.frame import Writer, WritingDialog
from app.ui.exporting.place import FilePlace
from app.ui.i18n import tr, tr_n
from app.ui.session import Session
from app.ui.theme import theme

STATE_KEY = "export.schedule"
LIVE = "live"
_WIDTH = 560
_LONGEST_NAME = 60


def ask_and_export(
    session: Session, plan: Plan, currency: str, name: str = "", folder: Path | None = None
) -> "ScheduleDialog":
    """Open the dialog for the schedule of a plan in a currency, and return it.

    `name` is that of the scenario, from which the file gets its own. The dialog writes in a job, tells what it wrote
    and deletes itself when it is closed; there is nothing to wait for. Call it as
    `ask_and_export(session, view.chosen.plan, scenario.currency, scenario.name)`.
    """
    dialog = ScheduleDialog(session, plan, currency, name, folder)
    dialog.open()
    return dialog


class ScheduleDialog(WritingDialog):
    """Writes the schedule of a plan to a file."""

    def __init__(
        self, session: Session, plan: Plan, currency: str, name: str = "", folder: Path | None = None
    ) -> None:
        form = ScheduleForm(session, plan, currency, name, folder)
        super().__init__(session, tr("Export schedule"), form, _WIDTH)
        self.form = form


class ScheduleForm(QWidget):
    """In what format, and where to."""

    def __init__(self, session: Session, plan: Plan, currency: str, name: str, folder: Path | None) -> None:
        super().__init__()
        self._session, self._plan, self._currency = session, plan, currency
        self.format = ChoiceList(
            tr("Format"),
            (
                Choice(ExportFormat.CSV.value, tr("&CSV"), tr("a row for each debt and month")),
                Choice(ExportFormat.XLSX.value, tr("&XLSX"), tr("a workbook with sums and assumptions")),
                Choice(
                    LIVE, tr("XLSX with &formulas"), tr("works itself out again when its extra is changed")
                ),
                Choice(ExportFormat.JSON.value, tr("&JSON"), tr("plain data, for programs")),
            ),
        )
        held = session.state.get(STATE_KEY)
        held = held if isinstance(held, dict) else {}
        self._take(str(held.get("format", "")))
        self.place = FilePlace(tr("Export schedule"), self._format())
        first = with_ending(Path(_file_name(name)), self._format()).name
        self.place.begin(folder, str(held.get("folder", "")), first)
        self.format.chosen.connect(lambda _value: self.place.set_format(self._format()))
        self.place.format_meant.connect(self._format_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("l"))
        column.addWidget(self.format)
        column.addWidget(self.place)
        column.addStretch(1)

    @property
    def page(self) -> QWidget:
        """The form itself."""
        return self

    def writer(self) -> Writer:
        """Return what writes the schedule as it is chosen now."""
        ledger, plan, currency = self._session.ledger, self._plan, self._currency
        options = ScheduleOptions(self._format(), live=self.format.value() == LIVE)
        return lambda target, context: export_schedule(ledger, plan, currency, target, options, context)

    def counted(self, report: ExportReport) -> str:
        """Return how many rows were written in words."""
        return tr_n("{n} row", "{n} rows", report.rows)

    def remember(self) -> None:
        """Keep the choices for the next schedule."""
        path = self.place.path()
        folder = str(path.parent) if path is not None else ""
        self._session.state.put(STATE_KEY, {"format": self.format.value(), "folder": folder})

    def focus_first(self) -> None:
        """Put the focus on the format that is chosen."""
        self.format.button(self.format.value()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, format: str) -> None:
        has_debts = bool(self._plan.input.debts)
        self.format.enable(LIVE, enabled=has_debts)
        known = {*(value.value for value in ExportFormat), *([LIVE] if has_debts else [])}
        self.format.set_value(format if format in known else ExportFormat.CSV.value)

    def _format(self) -> ExportFormat:
        chosen = self.format.value()
        return ExportFormat.XLSX if chosen == LIVE else ExportFormat(chosen)

    def _format_typed(self, format: ExportFormat) -> None:
        self.format.set_value(format.value)
        self.place.set_format(format)


def _file_name(scenario: str) -> str:
    """Return a scenario's name as a file's, without an ending."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in scenario)
    words = "-".join(kept.split()).lower()[:_LONGEST_NAME]
    return tr("{name}-schedule").format(name=words or tr("plan"))
