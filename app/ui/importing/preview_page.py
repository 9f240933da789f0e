"""The third step: what would happen, with every problem at its cell, before anything does."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.services.importing.flow import ImportFlow
from app.services.importing.rehearsal import Rehearsal
from app.services.importing.report import ImportReport
from app.services.jobs import Job
from app.ui import formats
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.dialogs.now_after import NowAfter
from app.ui.dialogs.page import WizardPage
from app.ui.dialogs.progress import ProgressPanel
from app.ui.i18n import tr, tr_n
from app.ui.importing.error_table import ErrorTable
from app.ui.importing.preview_cells import cells_of, columns_of, field_at, shown_fields, word_for_good_rows
from app.ui.kinds import KindWords, words_for
from app.ui.theme import theme
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind

_BEFORE_FIELDS = 2


class PreviewPage(WizardPage):
    """The ledger now and afterwards, the first rows as records, and a list of what cannot be imported.

    `duplicates_chosen` carries "skip", "update" or "add", `all_or_nothing_chosen` whether that is wanted.
    """

    duplicates_chosen = Signal(str)
    all_or_nothing_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Check what changes"),
            tr("Nothing has changed yet. Your ledger stays as it is until you choose Import."),
            parent,
        )
        self._rehearsal: Rehearsal | None = None
        self._fields: list[str] = []
        self.boxes = NowAfter(tr("Your ledger now"), tr("After importing"))
        self.duplicates = QComboBox()
        for value, text in (
            ("skip", tr("Leave as they are")),
            ("update", tr("Update from the file")),
            ("add", tr("Add once more")),
        ):
            self.duplicates.addItem(text, value)
        self.duplicates.activated.connect(
            lambda _at: self.duplicates_chosen.emit(self.duplicates.currentData())
        )
        self._duplicates_field = FormField(tr("Records that are there &already"), self.duplicates)
        self.all_or_nothing = QCheckBox(tr("All or &nothing: one bad row keeps all others out"))
        self.all_or_nothing.toggled.connect(self.all_or_nothing_chosen)
        self.rows = GridView((), tr("Rows as they would be imported"))
        self.errors = ErrorTable()
        self.errors.row_moved.connect(self._show_error)
        self.note = Notice("")
        self.progress = ProgressPanel()
        self._lay_out()

    def show_waiting(self, rows: int | None, *, in_bytes: bool) -> None:
        """Show how the rehearsal gets on, in place of results that are not true any more.

        `rows` is how many rows the file has, where that is known; `in_bytes` whether its size is in bytes.
        """
        self._rehearsal = None
        self.progress.start(tr("Trying the import out"), rows, in_bytes=in_bytes)
        self._stack.setCurrentWidget(self._waiting)

    def follow(self, job: Job) -> None:
        """Show how the rehearsal stands."""
        self.progress.follow(job)

    def show_flow(self, flow: ImportFlow) -> None:
        """Show what was chosen, and what the rehearsal found."""
        self.duplicates.setCurrentIndex(self.duplicates.findData(flow.duplicates))
        if flow.kind is None:
            return
        words = words_for(flow.kind.key)
        self._duplicates_field.label.setText(words.already)
        self.duplicates.setAccessibleName(words.already.replace("&", ""))
        self._duplicates_field.set_help(_explanation(flow.duplicates, words))
        self.rows.setAccessibleName(words.as_rows)
        self.all_or_nothing.setChecked(flow.all_or_nothing)
        if flow.preview is None:
            return
        report = flow.preview.report
        self.boxes.show_texts(
            words.counted(flow.preview.present),
            words.counted(flow.preview.present + self._added(flow)),
            counts_text(report),
        )
        blocked = flow.all_or_nothing and report.failed > 0
        self.note.set(_note(flow), NoticeKind.WARNING if blocked else NoticeKind.INFO)
        self.note.setVisible(bool(self.note.text()))
        if flow.preview is not self._rehearsal:
            self._rehearsal = flow.preview
            self._show_rows(flow.preview)
        self._stack.setCurrentWidget(self._content)

    def focus_first(self) -> None:
        """Begin with the problems where there are some, else with the rows."""
        if self._rehearsal is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._rehearsal.report.errors:
            self.errors.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside

    @staticmethod
    def _added(flow: ImportFlow) -> int:
        if flow.preview is None or not flow.will_import:
            return 0
        return flow.preview.report.created

    def _show_rows(self, rehearsal: Rehearsal) -> None:
        preview, report = rehearsal.preview, rehearsal.report
        self._fields = shown_fields(preview)
        good = word_for_good_rows(report)
        self.rows.show_rows(
            [cells_of(preview, row, self._fields, good) for row in preview.rows],
            columns_of(preview, self._fields),
        )
        shown = len(preview.rows)
        self._shown.setText(
            tr("{n} of {all} rows").format(n=formats.count(shown), all=formats.count(report.rows))
            if shown < report.rows
            else tr("All rows of the file")
        )
        self._problems.setVisible(bool(report.errors))
        self._problems_title.setText(
            tr_n("{n} row cannot be imported", "{n} rows cannot be imported", report.failed)
        )
        self.errors.show_errors(report.errors, report.row_word)

    def _show_error(self, at: int) -> None:
        """Bring the cell of an error into view."""
        if self._rehearsal is None:
            return
        error, preview = self.errors.error_at(at), self._rehearsal.preview
        for row, shown in enumerate(preview.rows):
            if shown.line == error.line:
                self.rows.go_to(row, _BEFORE_FIELDS + field_at(preview, error.column, self._fields))
                return

    def _lay_out(self) -> None:
        look = theme.current()
        choices = QHBoxLayout()
        choices.setSpacing(look.space("xl"))
        choices.addWidget(self._duplicates_field, 3, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.addSpacing(look.px(27))
        beside.addWidget(self.all_or_nothing)
        beside.addStretch(1)
        choices.addLayout(beside, 2)
        self._shown = Label("", "small", "secondary")
        self._problems_title = Label("", "bodyStrong")
        self._problems = QWidget()
        below = QVBoxLayout(self._problems)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(look.space("xs"))
        below.addWidget(self._problems_title)
        below.addWidget(Card(self.errors), 1)
        self._content, self._waiting = QWidget(), QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("s"))
        column.addWidget(self.boxes)
        column.addLayout(choices)
        column.addWidget(self._shown)
        column.addWidget(Card(self.rows), 3)
        column.addWidget(self.note)
        column.addWidget(self._problems, 2)
        waiting = QVBoxLayout(self._waiting)
        waiting.setContentsMargins(0, look.space("m"), 0, 0)
        waiting.addWidget(self.progress)
        waiting.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._content)
        self._stack.addWidget(self._waiting)
        self.body.addWidget(self._stack, 1)


def counts_text(report: ImportReport) -> str:
    """Return what becomes of the rows: "46 new · 3 updated · 2 passed over · 4 not imported"."""
    parts = [tr("{n} new").format(n=formats.count(report.created))]
    if report.updated:
        parts.append(tr("{n} updated").format(n=formats.count(report.updated)))
    if report.skipped:
        parts.append(tr("{n} passed over").format(n=formats.count(report.skipped)))
    if report.failed:
        parts.append(tr("{n} not imported").format(n=formats.count(report.failed)))
    return "· " + " · ".join(parts)


def _explanation(policy: str, kind: KindWords) -> str:
    words = {
        "skip": tr("They are passed over. Importing a file twice then adds nothing."),
        "update": tr("They take over what the file says; what it does not say stays."),
        "add": kind.adds,
    }
    return words[policy]


def _note(flow: ImportFlow) -> str:
    """Return what is to be known besides the counts."""
    if flow.preview is None:
        return ""
    report = flow.preview.report
    if report.failed and flow.all_or_nothing:
        return tr_n(
            "{n} row cannot be imported, so nothing will be.",
            "{n} rows cannot be imported, so nothing will be.",
            report.failed,
        )
    return " ".join(report.warnings)
