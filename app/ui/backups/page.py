"""The page of backups: how things stand, and the backups that are there."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.domain.backups import SNAPSHOT_ENDING
from app.domain.problems import Refused
from app.services import backup, job_kinds
from app.services.backup import BackupSettings, LastBackup, Listed, Verified, automatic, latest
from app.services.changes import Change
from app.services.jobs import Job
from app.services.ledger import EnvironmentProblem, Interrupt, Ledger
from app.ui import formats
from app.ui.actions import Action
from app.ui.backups import commands, known, words
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.i18n import tr
from app.ui.pages import Page
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import default, flat, primary
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.pill import PillKind

_ROW_ACTIONS = ("backups.restore_this", "backups.verify", "backups.write_out", "backups.show")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the settings, the last backup, those in the folder (`trouble` says why there are none).

    `scheduled` is the last one in the folder of the automatic ones, by which the next of those is due.
    """

    settings: BackupSettings
    last: LastBackup | None
    scheduled: LastBackup | None
    listed: tuple[Listed, ...]
    points: tuple[Listed, ...]
    trouble: str


def look(ledger: Ledger) -> Found:
    """Look at the folder of backups and at the restore points. Runs on a reader thread."""
    settings, last = automatic.read(ledger), latest.of(ledger.path)
    listed: list[Listed] = []
    trouble = ""
    if settings.folder:
        try:
            listed = backup.listing(Path(settings.folder))
        except (Refused, EnvironmentProblem) as problem:
            trouble = str(problem)
    scheduled = latest.of(ledger.path, settings.folder) if settings.folder else None
    return Found(settings, last, scheduled, tuple(listed), tuple(known.restore_points(ledger.path)), trouble)


class BackupsPage(Page):
    """A card that says how things stand, above a table of the backups."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._rows: list[Listed] = []
        self._found: Found | None = None
        self._verified: dict[Path, Verified] = {}
        self.restore = default(tr("Restore…"), "archive-restore")
        self.restore.clicked.connect(lambda: session.restore(None))
        self.now = primary(tr("Back up now"), "archive")
        self.now.clicked.connect(lambda: commands.back_up_now(session))
        self.headline = Label("", "subtitle", tabular=True, wrap=True)
        self.where = ElidedLabel("", tone="secondary", mode=Qt.TextElideMode.ElideMiddle)
        self.schedule = Label("", tone="secondary", tabular=True, wrap=True)
        self.to_file = default(tr("Back up to a file…"), "file-archive", compact=True)
        self.to_file.clicked.connect(lambda: commands.back_up_to_file(session))
        self.change = default(tr("Change folder and schedule…"), "settings", compact=True)
        self.change.clicked.connect(self._open_settings)
        self.note = Notice("", NoticeKind.WARNING)
        self.note.hide()
        self.table = GridView(_columns(), tr("Backups"))
        self._empty = EmptyState(
            tr("No backups here yet"),
            tr(
                "A backup holds the whole ledger, receipts included, and brings all of it back. "
                "Choose a folder on another disk, and the second one costs only what changed."
            ),
            "archive",
        )
        self._empty.add_primary(tr("Back up now"), "archive").clicked.connect(
            lambda: commands.back_up_now(session)
        )
        self._buttons: list[QWidget] = []
        self._declare()
        self._lay_out()
        session.bridge.job_changed.connect(self._follow)
        self.table.row_moved.connect(lambda _row: session.actions.refresh_soon())
        self.table.doubleClicked.connect(lambda _index: self._restore())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_context_menu)

    def refresh(self, change: Change | None) -> None:
        """Look at everything anew."""
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> Found:
            return look(ledger)

        self.session.bridge.read(read, self._show, key="backups.page")

    def focus_first(self) -> None:
        """Begin in the table, or at the button that fills it."""
        first = self.now if self._stack.currentWidget() is self._empty else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        """The card, the table."""
        return [self.to_file, self.table]

    def current(self) -> Listed | None:
        """Return the backup that is selected."""
        row = self.table.currentIndex().row()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    # -- showing

    def _follow(self, job: Job) -> None:
        if job.terms == job_kinds.BACKUP and job.state.is_over:
            self.refresh(None)

    def _show(self, found: Found) -> None:
        before = self.current()
        self._found = found
        zone = self.session.ledger.profile.zone
        now = self.session.ledger.now().astimezone(zone)
        self.headline.setText(words.last_backup(found.last, now))
        self.where.setText(_where(found))
        self.schedule.setText(words.schedule(found.settings, found.scheduled, now))
        self.note.set(found.trouble)
        self.note.setVisible(bool(found.trouble))
        self._rows = [*found.listed, *found.points]
        self.table.show_rows([self._cells(one, zone) for one in self._rows])
        self._stack.setCurrentWidget(self._below if self._rows else self._empty)
        chosen = before.path if before is not None else None
        row = next((at for at, one in enumerate(self._rows) if one.path == chosen), 0)
        self.table.go_to(row, 0)
        self.session.actions.refresh_soon()

    def _cells(self, one: Listed, zone: dt.tzinfo) -> list[GridCell]:
        found = self._found
        kind = (
            tr("Before a restore")
            if found is not None and one in found.points
            else tr("In the folder")
            if one.path.name.endswith(SNAPSHOT_ENDING)
            else tr("File")
        )
        return [
            GridCell(words.moment(one.created_at, zone)),
            GridCell(formats.NO_VALUE if one.bytes is None else formats.file_size(one.bytes)),
            GridCell(formats.NO_VALUE if one.files is None else formats.count(one.files)),
            GridCell(kind),
            self._state(one),
            GridCell(one.path.name, reason=str(one.path)),
        ]

    def _state(self, one: Listed) -> GridCell:
        """Return whether a backup is known to be good; each was read back when it was made."""
        verified = self._verified.get(one.path)
        if one.trouble or (verified is not None and not verified.ok):
            why = one.trouble or (verified.problems[0] if verified is not None else "")
            return GridCell(tr("Damaged"), reason=why, pill=PillKind.BAD)
        if verified is not None:
            return GridCell(tr("Verified"), pill=PillKind.OK)
        if one.locked:
            return GridCell(tr("Locked"), reason=tr("A passphrase opens it"), pill=PillKind.NEUTRAL)
        return GridCell(tr("When it was made"), quiet=True)

    # -- acting

    def _declare(self) -> None:
        actions = self.session.actions
        chosen = self._is_chosen
        actions.add(
            Action(
                "backups.restore_this",
                tr("&Restore this backup…"),
                self._restore,
                icon="archive-restore",
                shortcuts=("Return", "Enter"),
                enabled=chosen,
                page=commands.PAGE,
                within=self.table,
            ),
            Action(
                "backups.verify",
                tr("&Verify"),
                self._verify,
                icon="shield-check",
                tip=tr("Read the whole backup and check every checksum"),
                enabled=lambda: chosen() and not self._is_locked(),
                page=commands.PAGE,
            ),
            Action(
                "backups.write_out",
                tr("&Write out as one file…"),
                self._write_out,
                icon="file-archive",
                enabled=lambda: chosen() and self._is_snapshot(),
                page=commands.PAGE,
            ),
            Action(
                "backups.show",
                tr("&Show in folder"),
                self._show_in_folder,
                icon="folder-open",
                enabled=chosen,
                page=commands.PAGE,
            ),
        )

    def _is_chosen(self) -> bool:
        return self.current() is not None

    def _is_snapshot(self) -> bool:
        one = self.current()
        return one is not None and one.path.name.endswith(SNAPSHOT_ENDING) and not one.trouble

    def _is_locked(self) -> bool:
        one = self.current()
        return one is not None and one.locked

    def _restore(self) -> None:
        one = self.current()
        if one is not None:
            self.session.restore(one.path)

    def _verify(self) -> None:
        one = self.current()
        if one is not None:
            commands.verify(self.session, one.path, self._take_verified)

    def _take_verified(self, found: Verified) -> None:
        self._verified[found.path] = found
        if self._found is not None:
            self._show(self._found)

    def _write_out(self) -> None:
        one = self.current()
        if one is not None:
            commands.write_out(self.session, one)

    def _show_in_folder(self) -> None:
        one = self.current()
        if one is not None:
            commands.show_in_folder(one.path)

    def _open_settings(self) -> None:
        from app.ui.window.ledger_actions import open_settings

        open_settings(self.session, "backups")

    def _show_context_menu(self, point: QPoint) -> None:
        menu = self.session.actions.context_menu(self, list(_ROW_ACTIONS))
        menu.popup(self.table.viewport().mapToGlobal(point))

    # -- laying out

    def _lay_out(self) -> None:
        look_ = theme.current()
        header = PageHeader(tr("Backups"))
        header.add_control(self.restore)
        header.add_control(self.now)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(look_.space("s"))
        below.addLayout(self._row_buttons())
        below.addWidget(Card(self.table), 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._below)
        self._stack.addWidget(self._empty)
        inner = QVBoxLayout()
        inner.setContentsMargins(look_.space("xl"), 0, look_.space("xl"), look_.space("xl"))
        inner.setSpacing(look_.space("l"))
        inner.addWidget(self._card())
        inner.addWidget(self.note)
        inner.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addLayout(inner, 1)

    def _row_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().space("s"))
        row.addWidget(ElidedLabel(tr("Backups that are there"), "heading"), 1)
        for id in _ROW_ACTIONS:
            does = self.session.actions.qaction(id)
            made = flat(does.text(), self.session.actions.get(id).icon, compact=True)
            made.clicked.connect(does.trigger)
            does.changed.connect(lambda made=made, does=does: made.setEnabled(does.isEnabled()))
            made.setEnabled(does.isEnabled())
            row.addWidget(made)
        return row

    def _card(self) -> QFrame:
        look_ = theme.current()
        card = QFrame()
        card.setObjectName("card")
        picture = QLabel()
        side = look_.px(24)
        picture.setPixmap(look_.icons.pixmap("archive", "accent", side, self.devicePixelRatioF()))
        said = QVBoxLayout()
        said.setSpacing(look_.space("xs"))
        for piece in (self.headline, self.where, self.schedule):
            said.addWidget(piece)
        row = QHBoxLayout(card)
        row.setContentsMargins(look_.space("l"), look_.space("l"), look_.space("l"), look_.space("l"))
        row.setSpacing(look_.space("m"))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        row.addWidget(self.to_file, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignVCenter)
        return card


def _where(found: Found) -> str:
    if found.last is not None:
        return str(found.last.path)
    return found.settings.folder or tr("No folder for backups is chosen yet.")


def _columns() -> tuple[GridColumn, ...]:
    return (
        GridColumn(tr("Made"), 190, strong=True, fits=True),
        GridColumn(tr("Size"), 110, right=True, fits=True),
        GridColumn(tr("Files"), 90, right=True, fits=True),
        GridColumn(tr("Kind"), 160, fits=True),
        GridColumn(tr("Verified"), 160, fits=True),
        GridColumn(tr("Name"), 180, quiet=True, grows=1),
    )
