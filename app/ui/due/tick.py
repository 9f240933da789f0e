"""The tick box of one warranty: whether there is a reminder before it ends."""

import shiboken6
from PySide6.QtWidgets import QCheckBox

from app.domain.due import FOR_EVER, DueItem
from app.domain.due_kinds import DueKind
from app.domain.warranties import Cover
from app.services import due, reminders
from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.ui.i18n import tr, tr_n
from app.ui.session import Session


class ReminderTick(QCheckBox):
    """Ticked unless nothing is to be told of a warranty ever again. Hidden where no reminder can come.

    It saves by itself, and follows undo and the settings. Put it into its place before it is given a cover.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._item: DueItem | None = None
        self.setEnabled(not session.ledger.read_only)
        self.clicked.connect(self._save)
        session.bridge.changed.connect(self._take_change)
        self.hide()

    def show_cover(self, cover: Cover, purchase_id: int, product: str, currency: str) -> None:
        """Show whether there is a reminder before a cover of a purchase ends."""
        self._item = due.item_of_cover(cover, purchase_id, product, currency)
        # A pane that is filled anew finds the focus again by this.
        self.setObjectName(f"reminder {cover.id}")
        self._show()

    def _show(self) -> None:
        item, ledger = self._item, self._session.ledger
        wanted = ledger.reminders
        comes = item is not None and item.on >= ledger.today() and DueKind.WARRANTY_END in wanted.kinds
        self.setVisible(comes and bool(wanted.days))
        if item is None or self.isHidden():
            return
        first = wanted.window
        text = tr_n("Remind me {n} day before it ends", "Remind me {n} days before it ends", first)
        self.setText(text if first else tr("Remind me when it ends"))
        self.setToolTip(tr("All reminders: Tools, Settings, Reminders"))

        def read(_interrupt: Interrupt) -> bool:
            return reminders.snoozed_until(ledger, item) != FOR_EVER

        def take(ticked: bool) -> None:
            # A pane that shows something else by now has thrown the box away.
            if shiboken6.isValid(self):
                self.setChecked(ticked)

        self._session.bridge.read(read, take, key=("due.tick", id(self)))

    def _save(self, ticked: bool) -> None:
        item = self._item
        if item is not None:
            command = reminders.wake([item]) if ticked else reminders.snooze([item], None)
            self._session.bridge.run_command(command)

    def _take_change(self, change: Change) -> None:
        if self._item is not None and change.areas & {Area.REMINDERS, Area.SETTINGS}:
            self._show()
