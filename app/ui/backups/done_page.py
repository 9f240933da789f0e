"""The end of a restore: what is there now, and how to take it back."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.services.backup import Restored
from app.ui.backups import words
from app.ui.dialogs.page import WizardPage
from app.ui.i18n import tr, tr_n
from app.ui.widgets.button import default
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind


class DonePage(WizardPage):
    """Says that the ledger was restored, and offers to undo that."""

    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.undo = default(tr("&Undo this restore…"), "undo-2")
        self.undo.clicked.connect(self.undo_wanted)
        self.undo.setAutoDefault(False)
        self._records = Label("", tabular=True, wrap=True)
        self._files = Label("", tone="secondary", tabular=True, wrap=True)
        self.note = Notice("", NoticeKind.WARNING)
        row = QHBoxLayout()
        row.addWidget(self.undo)
        row.addStretch()
        for piece in (self._records, self._files, self.note):
            self.body.addWidget(piece)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_restored(self, restored: Restored, *, can_undo: bool, zone: dt.tzinfo | None) -> None:
        """Show what a restore did."""
        self.set_title(restored_text(restored, zone))
        self.set_line(
            tr("What was there before is kept, and File > Undo the last restore brings it back.")
            if can_undo
            else tr("Everything was checked after it had been written.")
        )
        purchases, debts = restored.rows.get("purchases", 0), restored.rows.get("debts", 0)
        self._records.setText(
            tr("The ledger has {purchases} and {debts} now.").format(
                purchases=tr_n("{n} purchase", "{n} purchases", purchases),
                debts=tr_n("{n} debt", "{n} debts", debts),
            )
        )
        self._files.setText(
            tr_n(
                "{n} attached file came from the backup; the others were there already.",
                "{n} attached files came from the backup; the others were there already.",
                restored.copied,
            )
        )
        self._files.setVisible(restored.copied > 0)
        self.note.set(words.left_out_note(restored.left_out))
        self.note.setVisible(bool(restored.left_out))
        self.undo.setVisible(can_undo)

    def focus_first(self) -> None:
        """Nothing is to be entered here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def restored_text(restored: Restored, zone: dt.tzinfo | None) -> str:
    """Return that a restore is done: "Restored the backup of 18 Nov 2025, 21:04"."""
    made = words.moment(restored.created_at, zone)
    return tr("Restored the backup of {moment}").format(moment=made)
