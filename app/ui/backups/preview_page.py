"""The third step of a restore: what would change, section by section, before anything does."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.services.backup.flow import RestoreFlow
from app.services.backup.sections import SectionChange, sections
from app.services.jobs import Job
from app.ui import formats
from app.ui.backups import words
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.dialogs.now_after import NowAfter
from app.ui.dialogs.page import WizardPage
from app.ui.dialogs.progress import ProgressPanel
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind


class PreviewPage(WizardPage):
    """The ledger now and afterwards, a table of the sections, what is lost, and the box of the safety backup.

    `keep_chosen` carries whether the present state is kept, `list_wanted` asks for the names.
    """

    keep_chosen = Signal(bool)
    list_wanted = Signal()

    def __init__(self, *, replaces: bool) -> None:
        super().__init__(
            tr("Check what changes") if replaces else tr("Check what comes"),
            tr("Nothing has changed yet. Your ledger stays as it is until you choose Restore.")
            if replaces
            else tr("Nothing has been written yet, and nothing will be until you choose Restore."),
        )
        self._replaces = replaces
        self.changes: list[SectionChange] = []
        self.boxes = NowAfter(tr("Your ledger now"), tr("After restoring"))
        self.table = GridView(_columns(), tr("What changes, section by section"))
        self.note = Notice("", NoticeKind.WARNING)
        self.show_list = self.note.add_link(tr("Show the &list…"))
        self.show_list.clicked.connect(self.list_wanted)
        self.keep = QCheckBox(tr("Back &up the ledger as it is now first"))
        self.keep.setChecked(True)
        self.keep.toggled.connect(self.keep_chosen)
        self._about = Label("", "body", "secondary", tabular=True)
        self.progress = ProgressPanel()
        self._lay_out()

    def show_waiting(self) -> None:
        """Show how the rehearsal gets on, in place of results that are not true any more."""
        self.progress.start(tr("Comparing the backup with your ledger"))
        self._stack.setCurrentWidget(self._waiting)

    def follow(self, job: Job) -> None:
        """Show how the rehearsal stands."""
        self.progress.follow(job)

    def show_flow(self, flow: RestoreFlow, now: str, present_size: int, zone: dt.tzinfo | None) -> None:
        """Show what the rehearsal found; `now` says what the present ledger is, `present_size` is in bytes."""
        found, verified = flow.rehearsal, flow.verified
        if found is None or verified is None:
            return
        after = " · ".join(
            ("", words.files_and_size(verified.files, verified.bytes), tr("verified"))
        ).lstrip()
        self.boxes.show_texts(now, words.moment(found.created_at, zone), after)
        self.changes = sections(found)
        self.table.show_rows([_cells(one) for one in self.changes])
        self._show_note(flow)
        self.keep.setChecked(flow.keep_present)
        self._about.setText(
            tr("(about {size}, lets you undo this restore)").format(size=formats.file_size(present_size))
        )
        self.keep.setAccessibleDescription(self._about.text())
        self._keep_row.setVisible(self._replaces)
        self._stack.setCurrentWidget(self._content)

    def focus_first(self) -> None:
        """Begin at the safety backup, where something is replaced."""
        first = self.keep if self._replaces else self.table
        waiting = self._stack.currentWidget() is self._waiting
        (self if waiting else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_note(self, flow: RestoreFlow) -> None:
        left_out = words.left_out_note(flow.verified.left_out) if flow.verified is not None else ""
        said, is_loss = words.loss(self.changes) if self._replaces else ("", False)
        older = (
            tr("It was made by an older version and is brought up to date on the way.")
            if flow.rehearsal is not None and flow.rehearsal.older_schema
            else ""
        )
        text = " ".join(part for part in (said, left_out, older) if part)
        self.note.set(text, NoticeKind.WARNING if is_loss or left_out else NoticeKind.INFO)
        self.note.setVisible(bool(text))
        self.show_list.setVisible(self._replaces and any(not one.is_same for one in self.changes))

    def _lay_out(self) -> None:
        look = theme.current()
        self._content, self._waiting = QWidget(), QWidget()
        self._keep_row = QWidget()
        row = QHBoxLayout(self._keep_row)
        row.setContentsMargins(0, look.space("s"), 0, 0)
        row.setSpacing(look.space("xs"))
        row.addWidget(self.keep)
        row.addWidget(self._about)
        row.addStretch()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("m"))
        column.addWidget(self.boxes)
        column.addWidget(Card(self.table), 1)
        column.addWidget(self.note)
        column.addWidget(self._keep_row)
        waiting = QVBoxLayout(self._waiting)
        waiting.setContentsMargins(0, look.space("m"), 0, 0)
        waiting.addWidget(self.progress)
        waiting.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._content)
        self._stack.addWidget(self._waiting)
        self.body.addWidget(self._stack, 1)


def _columns() -> tuple[GridColumn, ...]:
    return (
        GridColumn(tr("Section"), 150, strong=True, fits=True),
        GridColumn(tr("Now"), 90, right=True, quiet=True, fits=True),
        GridColumn(tr("After"), 90, right=True, strong=True, fits=True),
        GridColumn(tr("Removed"), 100, right=True, quiet=True, fits=True),
        GridColumn(tr("Comes back"), 120, right=True, quiet=True, fits=True),
        GridColumn(tr("Changed"), 100, right=True, fits=True),
        GridColumn(tr("Detail"), 120, grows=1, small=True),
    )


def _cells(one: SectionChange) -> list[GridCell]:
    quiet, none = one.is_same, GridCell(formats.NO_VALUE, quiet=True)
    return [
        GridCell(words.section_name(one.section), quiet=quiet),
        GridCell(formats.count(one.now)),
        GridCell(formats.count(one.after), quiet=quiet),
        GridCell(f"−{formats.count(one.removed)}", tone="danger") if one.removed else none,
        GridCell(f"+{formats.count(one.comes_back)}", tone="success") if one.comes_back else none,
        GridCell(formats.count(one.changed)) if one.changed else none,
        GridCell(words.detail(one), quiet=True),
    ]
