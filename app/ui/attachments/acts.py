"""What a user can do with files, wherever they are shown."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices, QDrag, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from app.domain.attachments import Attachment, AttachmentKind, Owner, OwnerKind, safe_name
from app.services import attachments
from app.services.attachments import AttachReport, NewFile
from app.services.jobs import JobContext
from app.services.ledger import Interrupt
from app.ui import formats
from app.ui.attachments.words import kind_choice
from app.ui.i18n import tr, tr_n
from app.ui.session import Session
from app.ui.theme import icons
from app.ui.widgets.dialog import MessageDialog

_FOLDER = "attachments.folder"
"""Where files were last chosen from or saved to, as the ledger remembers it."""


class FileActs(QObject):
    """Opens, saves, replaces, renames, sorts and removes files. Nothing here waits for a disk."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._widget = parent

    @property
    def can_change(self) -> bool:
        """Whether the ledger can be written to."""
        return not self._session.ledger.read_only

    # -- getting at a file

    def open(self, file: Attachment) -> None:
        """Open a copy in the program that the system has for it; ask first where that may run something."""
        if not file.may_run:
            self._open(file)
            return
        dialog = MessageDialog(
            self._session.window,
            tr("Open “{name}”?").format(name=file.name),
            tr(
                "A file of this kind can run a program on this computer. Open it only if you trust its sender."
            ),
            window_title=tr("Open a file"),
            icon="triangle-alert",
            color="warning",
        )
        dialog.add_verb(tr("Open"))
        dialog.add_cancel().setFocus(Qt.FocusReason.OtherFocusReason)
        dialog.accepted.connect(partial(self._open, file))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open(self, file: Attachment) -> None:
        def take(path: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                text = tr(
                    "No program on this computer opens “{name}”. Save it and choose a program yourself."
                )
                self._session.notices.show_problem(
                    text.format(name=file.name), tr("Save as…"), partial(self.save_as, file)
                )

        self._with_copy(file, take)

    def _with_copy(self, file: Attachment, then: Callable[[Path], object]) -> None:
        ledger = self._session.ledger

        def read(_interrupt: Interrupt) -> Path:
            return attachments.open_copy(ledger, file)

        self._session.bridge.read(read, then)

    def save_as(self, file: Attachment) -> None:
        """Ask where to, and save a copy there."""
        start = str(Path(self._folder()) / safe_name(file.name))
        chosen, _filter = QFileDialog.getSaveFileName(self._widget, tr("Save a copy"), start)
        if not chosen:
            return
        target, ledger = Path(chosen), self._session.ledger
        self._remember(target)

        def work(_context: JobContext) -> None:
            attachments.copy_out(ledger, file, target)

        def saved(_result: None) -> None:
            self._session.notify(tr("Saved {name}").format(name=target.name))

        name = tr("Saving “{name}”").format(name=file.name)
        self._session.bridge.start_job(name, work, saved)

    def drag(self, file: Attachment, source: QWidget, picture: QPixmap | None) -> None:
        """Drag a copy out of the window, as soon as it is there and while the mouse still pulls."""

        def begin(path: Path) -> None:
            if not QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                return
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(path))])
            drag = QDrag(source)
            drag.setMimeData(data)
            if picture is not None:
                ratio = picture.devicePixelRatio()
                drag.setPixmap(picture)
                drag.setHotSpot(QPoint(round(picture.width() / ratio / 2), 12))
            drag.exec(Qt.DropAction.CopyAction)

        self._with_copy(file, begin)

    # -- changing

    def choose_and_add(self, owner: Owner) -> None:
        """Ask for files, and add them to a record."""
        chosen, _filter = QFileDialog.getOpenFileNames(self._widget, tr("Add files"), self._folder())
        if chosen:
            self._remember(Path(chosen[0]))
            self.add(owner, [Path(name) for name in chosen])

    def add(self, owner: Owner, paths: Sequence[Path]) -> None:
        """Add files to a record, as one step that undo takes back."""
        ledger, kind = self._session.ledger, usual_kind(owner)
        wanted = list(paths)

        def work(context: JobContext) -> AttachReport:
            return attachments.attach(ledger, owner, wanted, context, kind)

        name = tr_n("Adding {n} file", "Adding {n} files", len(wanted))
        self._session.bridge.start_job(name, work, partial(tell_failed, self._session, len(wanted)))

    def replace(self, file: Attachment) -> None:
        """Ask for another file that takes the place of this one."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self._widget, tr("Replace “{name}”").format(name=file.name), self._folder()
        )
        if not chosen:
            return
        path, session = Path(chosen), self._session
        self._remember(path)

        def work(context: JobContext) -> NewFile:
            return attachments.take_in(session.ledger, path, context)

        def put(new: NewFile) -> None:
            session.bridge.run_command(attachments.replace_file(file.id, new))

        session.bridge.start_job(tr("Reading “{name}”").format(name=path.name), work, put)

    def rename(self, file: Attachment) -> None:
        """Ask for another name."""
        from app.ui.attachments.renaming import RenameDialog

        if self.can_change:
            dialog = RenameDialog(self._session, file)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def set_kind(self, file: Attachment, kind: AttachmentKind) -> None:
        """Say what a file is for."""
        if kind is not file.kind:
            self._session.bridge.run_command(attachments.set_kind([file.id], kind))

    def remove(self, file: Attachment) -> None:
        """Take a file off its record; undo brings it back."""
        if self.can_change:
            self._session.bridge.run_command(attachments.remove([file.id]))

    # -- the menu

    def menu(self, file: Attachment, parent: QWidget, look: Callable[[], object]) -> QMenu:
        """Return what can be done with a file, as a menu that deletes itself; `look` shows it larger."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, icon, run, allowed in (
            (tr("&Preview"), "eye", look, True),
            (tr("&Open"), "external-link", partial(self.open, file), file.available),
            (tr("&Save as…"), "download", partial(self.save_as, file), file.available),
            ("", "", None, True),
            (tr("R&eplace…"), "refresh-cw", partial(self.replace, file), self.can_change),
            (tr("Re&name…"), "pencil", partial(self.rename, file), self.can_change),
        ):
            _add(menu, text, icon, run, allowed=allowed)
        self._add_kinds(menu, file)
        menu.addSeparator()
        belongs = file.owner
        _add(
            menu,
            tr("&Add files…"),
            "paperclip",
            partial(self.choose_and_add, belongs),
            allowed=self.can_change,
        )
        _add(menu, tr("&Remove"), "trash-2", partial(self.remove, file), allowed=self.can_change)
        return menu

    def _add_kinds(self, menu: QMenu, file: Attachment) -> None:
        kinds = menu.addMenu(tr("&Kind"))
        kinds.setEnabled(self.can_change)
        group = QActionGroup(kinds)
        for kind in AttachmentKind:
            choice = QAction(kind_choice(kind), group)
            choice.setCheckable(True)
            choice.setChecked(kind is file.kind)
            choice.triggered.connect(partial(self.set_kind, file, kind))
            kinds.addAction(choice)

    # -- inside

    def _folder(self) -> str:
        remembered = self._session.state.get(_FOLDER, "")
        return remembered if isinstance(remembered, str) else ""

    def _remember(self, path: Path) -> None:
        self._session.state.put(_FOLDER, str(path.parent))


def usual_kind(owner: Owner) -> AttachmentKind | None:
    """Return what a new file of a record is for; None lets its name say so.

    Only what is added to a purchase is taken for its receipt: a warranty has certificates, a debt has statements.
    """
    return None if owner.kind is OwnerKind.PURCHASE else AttachmentKind.OTHER


def tell_failed(session: Session, wanted: int, report: AttachReport, words: str = "") -> None:
    """Say which of so many files could not be added, if any; `words` have places for `{n}` of `{all}`."""
    if not report.failed:
        return
    if wanted == 1:
        session.notices.show_problem(report.failed[0][1])
        return

    def show() -> None:
        from app.ui.attachments.failed import FailedFilesDialog

        dialog = FailedFilesDialog(report.failed, session.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    text = words or tr("{n} of {all} files could not be added")
    counted = text.format(n=formats.count(len(report.failed)), all=formats.count(wanted))
    session.notices.partly_failed(counted, show)


def _add(menu: QMenu, text: str, icon: str, run: Callable[[], object] | None, *, allowed: bool) -> None:
    if run is None:
        menu.addSeparator()
        return
    action = menu.addAction(text)
    icons.bind(action, icon)
    action.setEnabled(allowed)
    action.triggered.connect(lambda _on=False: run())
