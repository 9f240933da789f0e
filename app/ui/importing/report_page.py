"""The last step: what the import did, and what can still be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services.importing.report import ImportReport
from app.ui import formats
from app.ui.dialogs.grid_view import Card
from app.ui.dialogs.page import WizardPage
from app.ui.i18n import tr, tr_n
from app.ui.importing.error_table import MOST, ErrorTable
from app.ui.kinds import KindWords
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind


class ReportPage(WizardPage):
    """Counts, the rows that failed, and buttons: save them, save the report, take the import back, look at it."""

    save_failed_wanted = Signal()
    save_report_wanted = Signal()
    undo_wanted = Signal()
    show_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._figures = {
            "created": _Figure(tr("created")),
            "updated": _Figure(tr("updated")),
            "skipped": _Figure(tr("passed over")),
            "failed": _Figure(tr("not imported")),
        }
        self.note = Notice("")
        self._errors_title = Label("", "bodyStrong")
        self.errors = ErrorTable()
        self.save_failed = default(tr("Save &failed rows as CSV…"), "file-down")
        self.save_report = default(tr("Save &report…"), "save")
        self.undo = default(tr("&Undo import"), "undo-2")
        self.show_imported = default("", "list")
        self.save_failed.clicked.connect(self.save_failed_wanted)
        self.save_report.clicked.connect(self.save_report_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.show_imported.clicked.connect(self.show_wanted)
        self._lay_out()

    def show_report(self, report: ImportReport, file_name: str, words: KindWords, *, can_undo: bool) -> None:
        """Show what an import did."""
        imported = report.created + report.updated
        if report.rolled_back:
            self.set_title(tr("Nothing was imported"))
            self.set_line(
                tr("A row of {file} could not be imported, and you asked for all or nothing.").format(
                    file=file_name
                )
            )
        else:
            self.set_title(tr("Imported {records}").format(records=words.counted(imported)))
            self.set_line(tr("From {file}. Edit > Undo takes it back as one step.").format(file=file_name))
        for name, figure in self._figures.items():
            figure.show_number(getattr(report, name), bad=name == "failed")
        self.note.set(" ".join(report.warnings), NoticeKind.INFO)
        self.note.setVisible(bool(report.warnings))
        self._errors_title.setText(_title(report))
        self.errors.show_errors(report.errors, report.row_word)
        self._failures.setVisible(report.failed > 0)
        self._spring.setVisible(report.failed == 0)
        self.save_failed.setVisible(report.failed > 0)
        self.undo.setVisible(can_undo)
        self.show_imported.setText(words.show)
        self.show_imported.setVisible(imported > 0)

    def show_undone(self) -> None:
        """Say that the import was taken back."""
        self.set_title(tr("The import was taken back"))
        self.set_line(tr("Your ledger is as it was before. Edit > Redo brings it in again."))
        self.undo.setVisible(False)
        self.show_imported.setVisible(False)

    def show_saved(self, sentence: str) -> None:
        """Say what was written, or why it was not."""
        self.note.set(sentence, NoticeKind.INFO)
        self.note.show()

    def show_problem(self, sentence: str) -> None:
        """Say why something could not be done."""
        self.note.set(sentence, NoticeKind.DANGER)
        self.note.show()

    def focus_first(self) -> None:
        """Begin with the rows that failed, if any."""
        target = self.errors if self._failures.isVisibleTo(self) else self.show_imported
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        look = theme.current()
        figures = QHBoxLayout()
        figures.setSpacing(look.space("m"))
        for figure in self._figures.values():
            figures.addWidget(figure, 1)
        self._failures = QWidget()
        column = QVBoxLayout(self._failures)
        column.setContentsMargins(0, look.space("s"), 0, 0)
        column.setSpacing(look.space("s"))
        column.addWidget(self._errors_title)
        column.addWidget(Card(self.errors), 1)
        self._spring = QWidget()
        buttons = QHBoxLayout()
        buttons.setSpacing(look.space("s"))
        for made in (self.save_failed, self.save_report, self.undo, self.show_imported):
            buttons.addWidget(made)
            made.setAutoDefault(False)
        buttons.addStretch(1)
        self.body.addLayout(figures)
        self.body.addWidget(self.note)
        self.body.addWidget(self._failures, 1)
        self.body.addWidget(self._spring, 1)
        self.body.addLayout(buttons)


class _Figure(QFrame):
    """A number and what it counts."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._words = words
        self._number = Label("", "title", tabular=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(0)
        column.addWidget(self._number)
        column.addWidget(Label(words, "small", "secondary"))

    def show_number(self, number: int, *, bad: bool) -> None:
        """Show a number; a bad one that is not zero is red."""
        self._number.setText(formats.count(number))
        self._number.set_tone("danger" if bad and number else "secondary" if not number else "")
        self.setAccessibleName(f"{formats.count(number)} {self._words}")


def _title(report: ImportReport) -> str:
    words = tr_n("{n} row was not imported", "{n} rows were not imported", report.failed)
    if len(report.errors) > MOST:
        return tr("{rows}; the first {most} problems").format(rows=words, most=formats.count(MOST))
    return words
