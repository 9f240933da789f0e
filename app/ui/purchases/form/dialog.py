"""The dialog around the purchase form: new, edited, or a copy as new."""

from collections.abc import Callable
from dataclasses import replace

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

from app.domain.problems import Refused
from app.domain.purchases import Purchase
from app.services import purchases
from app.services.changes import Change
from app.services.ledger import EnvironmentProblem, Interrupt
from app.ui.i18n import tr
from app.ui.purchases.form.form import PurchaseForm
from app.ui.purchases.form.purpose import Purpose
from app.ui.purchases.lists import NameBook
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, button, set_kind
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind

_WIDTH, _HEIGHT = 640, 640


class PurchaseDialog(QDialog):
    """Enters a purchase and saves it; stays open until that has succeeded. `saved` carries the purchase's id."""

    saved = Signal(int)

    def __init__(
        self,
        session: Session,
        book: NameBook,
        purpose: Purpose = Purpose.NEW,
        purchase: Purchase | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent or session.window)
        self._session = session
        self._purpose = purpose
        self._saving = False
        self.form = PurchaseForm(session.ledger.today, book)
        self._notice = Notice("")
        self._notice.hide()
        self._discard = _DiscardBar()
        self._discard.hide()
        self._buttons = QDialogButtonBox()
        self._make_buttons()
        self._lay_out()
        self.setWindowTitle(_title(purpose))
        self.form.show_purchase(purchase or self._blank(), blank=purchase is None)
        self._before = self.form.snapshot()
        self.form.focus_start()
        self._read_used_texts()

    def has_changes(self) -> bool:
        """Tell whether anything was entered that is not saved."""
        return self.form.snapshot() != self._before

    def save(self) -> None:
        """Save and close; or show what is wrong."""
        self._save(self._saved)

    def save_and_add(self) -> None:
        """Save and begin another purchase of the same day and retailer."""
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
        self.form.tabs.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.tabs.currentWidget().focusNextChild()

    # -- saving

    def _save(self, then: Callable[[Change], None]) -> None:
        if self._saving:
            return
        self._notice.hide()
        purchase = self.form.purchase()
        if purchase is None:
            self.form.focus_first_error()
            return
        self._set_saving(saving=True)
        new = self._purpose is not Purpose.EDIT
        command = purchases.add(purchase) if new else purchases.replace_with(purchase)
        self._session.bridge.run_command(command, then, self._failed)

    def _saved(self, change: Change) -> None:
        self._set_saving(saving=False)
        self._before = self.form.snapshot()
        self.saved.emit(change.result)
        self.accept()

    def _saved_and_on(self, change: Change) -> None:
        self._set_saving(saving=False)
        entered = self.form.purchase()
        self.saved.emit(change.result)
        if entered is not None:
            self._notice.set(tr("“{name}” is saved.").format(name=entered.name), NoticeKind.INFO)
            self._notice.show()
            self.form.show_purchase(self._like(entered), blank=True)
        self._before = self.form.snapshot()
        self.form.focus_start()

    def _failed(self, error: BaseException) -> None:
        self._set_saving(saving=False)
        if isinstance(error, Refused):
            self.form.show_problems(error.problems)
            self.form.focus_first_error()
        if isinstance(error, EnvironmentProblem) or (isinstance(error, Refused) and not error.problems):
            self._notice.set(str(error), NoticeKind.DANGER)
            self._notice.show()
        elif not isinstance(error, Refused):
            self._session.bridge.show_error(error)

    def _set_saving(self, *, saving: bool) -> None:
        self._saving = saving
        self.form.setEnabled(not saving)
        self._buttons.setEnabled(not saving)

    def _blank(self) -> Purchase:
        profile = self._session.ledger.profile
        return Purchase("", 0, profile.currency, self._session.ledger.today())

    def _like(self, entered: Purchase) -> Purchase:
        """What the next purchase of the same shopping starts with."""
        return replace(
            self._blank(),
            currency=entered.currency,
            purchased_on=entered.purchased_on,
            retailer=entered.retailer,
            paid_with=entered.paid_with,
            order_number=entered.order_number,
            status=entered.status,
        )

    def _read_used_texts(self) -> None:
        ledger = self._session.ledger

        def read(_interrupt: Interrupt) -> tuple[list[str], list[str]]:
            return purchases.used_texts(ledger, "paid_with"), purchases.used_texts(ledger, "kept_at")

        reading = self._session.bridge.read(read, lambda found: self.form.offer_texts(*found), key=self)
        self.finished.connect(lambda _result: reading.cancel())

    # -- the look

    def _make_buttons(self) -> None:
        self._save_button = self._buttons.addButton(tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_kind(self._save_button, ButtonKind.PRIMARY)
        self._save_button.setDefault(True)
        self._save_button.setToolTip(tr("Save ({keys})").format(keys=_keys("Ctrl+Return")))
        if self._purpose is not Purpose.EDIT:
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

    def _lay_out(self) -> None:
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
        column.addWidget(self.form, 1)
        column.addWidget(line)
        column.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(
            min(look.px(_WIDTH), room.width() - 40),
            min(look.px(_HEIGHT), room.height() - 60),
        )


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


def _title(purpose: Purpose) -> str:
    return {
        Purpose.NEW: tr("New purchase"),
        Purpose.EDIT: tr("Edit purchase"),
        Purpose.COPY: tr("New purchase from a copy"),
    }[purpose]
