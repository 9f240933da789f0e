"""The dialog around a form: it stays open until what was entered is saved, and discards nothing without asking."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.problems import Problem, Refused
from app.services.changes import Change, Command
from app.services.ledger import EnvironmentProblem
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, button, set_kind
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind

_ROOM_FOR_MESSAGES = 40
"""What a small dialog is higher than its fields, for what is wrong with them."""


class RecordForm(Protocol):
    """What a dialog asks of the form in it."""

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems at the fields they belong to."""

    def focus_first_error(self) -> None:
        """Go to the first field that is marked as wrong."""

    def focus_start(self) -> None:
        """Go to the first field."""

    def resume(self) -> None:
        """Go on where the user was."""


class RecordDialog(QDialog):
    """Enters a record and saves it. `saved` carries what the command returned, mostly the record's id.

    A subclass makes its form, hands it to `assemble`, and says in `command` what saves it.
    """

    saved = Signal(object)

    def __init__(self, session: Session, title: str, verb: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent or session.window)
        self.session = session
        self._verb = verb or tr("Save")
        self._saving = False
        self._before: tuple[object, ...] = ()
        self._notice = Notice("")
        self._notice.hide()
        self._discard = _DiscardBar()
        self._discard.hide()
        self._buttons = QDialogButtonBox()
        self.setWindowTitle(title)

    # -- what a subclass says

    def command(self) -> Command | None:
        """Return the command that saves what was entered, or None with what is wrong shown at its field."""
        return None

    def begin_another(self) -> str:
        """Prepare the form for another record after one was saved; return a sentence about the saved one."""
        return ""

    def assemble(self, fields: QWidget, form: RecordForm, size: tuple[int, int], *, another: bool) -> None:
        """Put the form and the buttons together; `size` is in pixels at 100 % text size, 0 for what is needed."""
        self._form = form
        self._fields = fields
        self._make_buttons(another=another)
        self._lay_out(*size)
        # Only a button that is in the dialog already can become its default.
        self._save_button.setDefault(True)

    def settle(self) -> None:
        """Take what the form shows as not edited yet, and go to its first field."""
        self._before = self._form.snapshot()
        self._form.focus_start()

    # -- what a user can do

    def has_changes(self) -> bool:
        """Tell whether anything was entered that is not saved."""
        return self._form.snapshot() != self._before

    def save(self) -> None:
        """Save and close; or show what is wrong."""
        self._save(self._saved)

    def save_and_add(self) -> None:
        """Save and begin another record."""
        self._save(self._saved_and_on)

    def reject(self) -> None:
        """Close; where something was entered, ask within the dialog whether to discard it."""
        if self._saving:
            return
        if not self._discard.isHidden():
            self._keep_editing()
        elif self.has_changes():
            self._discard.show()
            self._buttons.hide()
            self._discard.keep.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().reject()

    def _discarded(self) -> None:
        super().reject()

    def _keep_editing(self) -> None:
        self._discard.hide()
        self._buttons.show()
        self._form.resume()

    # -- saving

    def _save(self, then: Callable[[Change], None]) -> None:
        if self._saving:
            return
        self._notice.hide()
        try:
            command = self.command()
        except Refused as refusal:
            self._failed(refusal)
            return
        if command is None:
            self._form.focus_first_error()
            return
        self._set_saving(saving=True)
        self.session.bridge.run_command(command, then, self._failed)

    def _saved(self, change: Change) -> None:
        self._set_saving(saving=False)
        self._before = self._form.snapshot()
        self.saved.emit(change.result)
        self.accept()

    def _saved_and_on(self, change: Change) -> None:
        self._set_saving(saving=False)
        self.saved.emit(change.result)
        self._notice.set(self.begin_another(), NoticeKind.INFO)
        self._notice.show()
        self.settle()

    def _failed(self, error: BaseException) -> None:
        self._set_saving(saving=False)
        if isinstance(error, Refused):
            self._form.show_problems(error.problems)
            self._form.focus_first_error()
        if isinstance(error, EnvironmentProblem) or (isinstance(error, Refused) and not error.problems):
            self._notice.set(str(error), NoticeKind.DANGER)
            self._notice.show()
        elif not isinstance(error, Refused):
            self.session.bridge.show_error(error)

    def _set_saving(self, *, saving: bool) -> None:
        self._saving = saving
        self._fields.setEnabled(not saving)
        self._buttons.setEnabled(not saving)

    # -- the look

    def _make_buttons(self, *, another: bool) -> None:
        self._save_button = self._buttons.addButton(self._verb, QDialogButtonBox.ButtonRole.AcceptRole)
        set_kind(self._save_button, ButtonKind.PRIMARY)
        tip = tr("{verb} ({keys})").format(verb=self._verb, keys=_keys("Ctrl+Return"))
        self._save_button.setToolTip(tip)
        if another:
            more = button(tr("Save and add &another"))
            more.setAutoDefault(False)
            more.setToolTip(tr("Save and add another ({keys})").format(keys=_keys("Ctrl+Shift+Return")))
            self._buttons.addButton(more, QDialogButtonBox.ButtonRole.ActionRole)
            more.clicked.connect(self.save_and_add)
            for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"):
                QShortcut(QKeySequence(keys), self, self.save_and_add)
        cancel = self._buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(cancel, ButtonKind.DEFAULT)
        cancel.setAutoDefault(False)
        self._buttons.accepted.connect(self.save)
        self._buttons.rejected.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        self._discard.keep.clicked.connect(self._keep_editing)
        self._discard.discard.clicked.connect(self._discarded)

    def _lay_out(self, width: int, height: int) -> None:
        look = theme.current()
        foot = QVBoxLayout()
        foot.setContentsMargins(look.space("xl"), look.space("m"), look.space("xl"), look.space("l"))
        foot.setSpacing(look.space("m"))
        foot.addWidget(self._notice)
        foot.addWidget(self._discard)
        foot.addWidget(self._buttons)
        line = QFrame()
        line.setProperty("rule", "horizontal")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.space("s"), 0, 0)
        column.setSpacing(0)
        column.addWidget(self._fields, 1)
        column.addWidget(line)
        column.addLayout(foot)
        room = self.screen().availableGeometry()
        high = look.px(height) if height else self.sizeHint().height() + look.px(_ROOM_FOR_MESSAGES)
        self.resize(min(look.px(width), room.width() - 40), min(high, room.height() - 60))


class _DiscardBar(QWidget):
    """Asks, in place of the buttons, whether what was entered is to be discarded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keep: QPushButton = button(tr("Keep editing"))
        self.discard: QPushButton = button(tr("Discard changes"), ButtonKind.DANGER)
        for made in (self.keep, self.discard):
            made.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(tr("Discard what you entered?"), "bodyStrong"), 1)
        row.addWidget(self.discard)
        row.addWidget(self.keep)


def _keys(shortcut: str) -> str:
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
