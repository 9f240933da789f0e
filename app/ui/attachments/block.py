"""The files of a record in its pane: the first receipt as a picture, the others as rows, and what is missing."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.attachments import Attachment, AttachmentKind, Owner, OwnerKind
from app.services import attachments, claims
from app.services.changes import Area, Change
from app.services.ledger import EnvironmentProblem, Interrupt, Ledger
from app.ui.attachments.acts import FileActs
from app.ui.attachments.invitation import Invitation
from app.ui.attachments.previews import previews_of
from app.ui.attachments.receipt_card import ReceiptCard
from app.ui.attachments.rows import FileList
from app.ui.i18n import tr, tr_n
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import tool_button
from app.ui.widgets.label import Label

_CHECKED_AFTER_MS = 400
_CHECKED_BYTES = 16 * 1024 * 1024
"""So much of a record's files is read to see whether they are as they were, whenever the record is shown."""


class AttachmentsBlock(QWidget):
    """Shows the files of one record and lets them be opened, saved, replaced, renamed, removed and added to.

    It follows changes by itself. `counted` carries how many files there are, whenever that was looked up;
    `stepped` the place within the block that the keyboard is on, to be scrolled to.
    """

    counted = Signal(int)
    stepped = Signal(QRect)

    def __init__(self, session: Session, owner: Owner | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._owner: Owner | None = None
        self._files: list[Attachment] = []
        self.acts = FileActs(session, self)
        self._previews = previews_of(session)
        self._card: ReceiptCard | None = None
        self.list = FileList(self._previews)
        self.list.setObjectName("files")
        self.invitation = Invitation()
        self._heading = Label("", "heading")
        self._add = tool_button("plus", tr("Add files…"), compact=True)
        self._open = tool_button("external-link", tr("Open this file"), compact=True)
        self._more = tool_button("ellipsis", tr("What else can be done with this file"), compact=True)
        self._head = QWidget()
        self._lay_out()
        self._connect()
        session.bridge.changed.connect(self._data_changed)
        # Not at once: somebody who goes through a list with the arrow keys does not stay at a record.
        self._soon = QTimer(self, singleShot=True, interval=_CHECKED_AFTER_MS)
        self._soon.timeout.connect(self._check)
        self._show()
        if owner is not None:
            self.set_owner(owner)

    @property
    def card(self) -> ReceiptCard:
        """The part that shows the first receipt of a purchase; made when there is one."""
        if self._card is None:
            self._card = self._make_card()
        return self._card

    @property
    def owner(self) -> Owner | None:
        """The record whose files are shown."""
        return self._owner

    @property
    def files(self) -> Sequence[Attachment]:
        """The files that are shown, receipts first."""
        return self._files

    def set_owner(self, owner: Owner) -> None:
        """Show the files of a record as soon as they are looked up."""
        if owner != self._owner:
            self.show_files(owner, [])
        self.reload()

    def show_files(self, owner: Owner, files: Sequence[Attachment]) -> None:
        """Show the files of a record that were looked up already."""
        again = {file.sha256 for file in self._files if not file.available}
        for file in files:
            if file.available and file.sha256 in again:
                self._previews.forget(file.sha256)
        self._owner, self._files = owner, list(files)
        self._show()
        if files:
            self._soon.start()

    def reload(self) -> None:
        """Look the files up anew."""
        owner, ledger = self._owner, self._session.ledger
        if owner is None:
            return

        def read(_interrupt: Interrupt) -> list[Attachment]:
            return files_of(ledger, owner)

        def take(files: list[Attachment]) -> None:
            if owner == self._owner:
                self.show_files(owner, files)

        self._session.bridge.read(read, take, key=self)

    def add_files(self) -> None:
        """Ask for files to add."""
        if self._owner is not None:
            self.acts.choose_and_add(self._owner)

    def add(self, paths: Sequence[Path]) -> None:
        """Add files to the record."""
        if self._owner is not None:
            self.acts.add(self._owner, paths)

    # -- inside

    def _show(self) -> None:
        owner = self._owner
        of_purchase = owner is not None and owner.kind is OwnerKind.PURCHASE
        first = next((file for file in self._files if file.kind is AttachmentKind.RECEIPT), None)
        receipt = first if of_purchase else None
        rest = [file for file in self._files if file is not receipt]
        if receipt is not None:
            self.card.show_file(receipt, can_change=self.acts.can_change)
        if self._card is not None:
            self._card.setVisible(receipt is not None)
        self._head.setVisible(bool(rest))
        self.list.setVisible(bool(rest))
        self.list.show_files(rest)
        self._heading.setText(_heading(owner, len(rest), beside=receipt is not None))
        self.list.setAccessibleName(self._heading.text())
        self.invitation.setVisible(not self._files and owner is not None and self.acts.can_change)
        if owner is not None:
            self.invitation.invite(*_invitation(owner))
        self._add.setEnabled(self.acts.can_change)
        self._enable()
        self.counted.emit(len(self._files))

    def _check(self) -> None:
        """Have it looked whether the bytes are still there, and the right ones; a file of which that changed tells."""
        files, ledger = list(self._files), self._session.ledger

        def read(interrupt: Interrupt) -> None:
            left = _CHECKED_BYTES
            for file in files:
                left -= file.size
                if left < 0 or interrupt.cancelled:
                    return
                with suppress(EnvironmentProblem):
                    attachments.path_of(ledger, file)

        self._session.bridge.read(read, lambda _nothing: None, key=(self, "check"))

    def _enable(self) -> None:
        file = self.list.current()
        self._open.setEnabled(file is not None and file.available)
        self._more.setEnabled(file is not None)

    def _look(self, file: Attachment) -> None:
        from app.ui.attachments.looking import LookDialog

        dialog = LookDialog(self._session, self.acts, self._files, file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_current(self) -> None:
        file = self.list.current()
        if file is not None:
            self.acts.open(file)

    def _menu_of_receipt(self, point: QPoint) -> None:
        file = self.card.attachment
        if file is not None:
            self.acts.menu(file, self, partial(self._look, file)).popup(point)

    def _menu_of_row(self, point: QPoint) -> None:
        file = self.list.current()
        if file is not None:
            self.acts.menu(file, self, partial(self._look, file)).popup(point)

    def _drag_receipt(self) -> None:
        file = self.card.attachment
        if file is not None and file.available:
            picture = self.card.thumbnail.picture()
            self.acts.drag(file, self, picture.pixmap if picture else None)

    def _drag_row(self, file: Attachment) -> None:
        if file.available:
            look = theme.current()
            sign: QPixmap = look.icons.pixmap("file", "textSecondary", look.px(24), self.devicePixelRatioF())
            self.acts.drag(file, self, sign)

    def _data_changed(self, change: Change) -> None:
        if Area.ATTACHMENTS in change.areas:
            self.reload()

    def _make_card(self) -> ReceiptCard:
        card = ReceiptCard(self._previews, self)
        card.look_requested.connect(self._look)
        card.open_requested.connect(self.acts.open)
        card.replace_requested.connect(self.acts.replace)
        card.rename_requested.connect(self.acts.rename)
        card.remove_requested.connect(self.acts.remove)
        card.menu_requested.connect(self._menu_of_receipt)
        card.thumbnail.drag_begun.connect(self._drag_receipt)
        self._column.insertWidget(0, card)
        return card

    def _connect(self) -> None:
        rows = self.list
        rows.look_requested.connect(self._look)
        rows.open_requested.connect(self.acts.open)
        rows.rename_requested.connect(self.acts.rename)
        rows.remove_requested.connect(self.acts.remove)
        rows.menu_requested.connect(self._menu_of_row)
        rows.drag_begun.connect(self._drag_row)
        rows.chosen.connect(self._enable)
        rows.stepped.connect(self._tell_place)
        self.invitation.add_requested.connect(self.add_files)
        self._add.clicked.connect(self.add_files)
        self._open.clicked.connect(self._open_current)
        self._more.clicked.connect(
            lambda: self._menu_of_row(self._more.mapToGlobal(self._more.rect().bottomLeft()))
        )

    def _tell_place(self, place: QRect) -> None:
        top = self.list.viewport().mapTo(self, place.topLeft())
        self.stepped.emit(QRect(top, place.size()))

    def _lay_out(self) -> None:
        look = theme.current()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, look.space("s"), 0, 0)
        head.setSpacing(look.space("xs"))
        head.addWidget(self._heading, 1)
        for made, name in ((self._add, "add"), (self._open, "open"), (self._more, "more")):
            made.setObjectName(f"files_{name}")
            head.addWidget(made)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.space("xs"))
        for part in (self._head, self.list, self.invitation):
            self._column.addWidget(part)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)


def files_of(ledger: Ledger, owner: Owner) -> list[Attachment]:
    """Return the files that a record shows: also those of a purchase's warranties and of a warranty's claims."""
    if owner.kind is OwnerKind.PURCHASE:
        return list(attachments.of_purchase(ledger, owner.id))
    if owner.kind is OwnerKind.DEBT:
        return list(attachments.of_debt(ledger, owner.id))
    owners = [owner]
    if owner.kind is OwnerKind.WARRANTY:
        owners += [Owner(OwnerKind.CLAIM, claim.id) for claim in claims.of_cover(ledger, owner.id)]
    return [file for each in owners for file in attachments.listing(ledger, each)]


def _heading(owner: Owner | None, count: int, *, beside: bool) -> str:
    if owner is not None and owner.kind is OwnerKind.DEBT:
        return tr("Statements and contracts")
    if beside:
        return tr_n("{n} more file", "{n} more files", count)
    return tr_n("{n} file", "{n} files", count)


def _invitation(owner: Owner) -> tuple[str, str]:
    """Return what is said where there are no files yet, and what the button does."""
    if owner.kind is OwnerKind.PURCHASE:
        return tr("No receipt yet"), tr("Add a receipt…")
    if owner.kind is OwnerKind.DEBT:
        return tr("No statements or contracts yet"), tr("Add files…")
    return tr("No files yet"), tr("Add files…")
