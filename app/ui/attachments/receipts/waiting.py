"""What is shown while receipts are read or added."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from app.ui.dialogs.progress import ProgressPanel
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind
from app.ui.widgets.label import Label


class WaitStage(QWidget):
    """Progress, and a button that cancels."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = ProgressPanel()
        self._words = Label("", tone="secondary", wrap=True)
        box = QDialogButtonBox()
        self.cancel = box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(self.cancel, ButtonKind.DEFAULT)
        self.cancel.setAutoDefault(False)
        box.rejected.connect(self.cancelled)
        look = theme.current()
        space = look.space("l")
        column = QVBoxLayout(self)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(look.space("m"))
        column.addStretch(1)
        column.addWidget(self.progress)
        column.addWidget(self._words)
        column.addStretch(2)
        column.addWidget(box)

    def start(self, name: str, words: str) -> None:
        """Begin with work of this name; the words say what it means for the ledger."""
        self.progress.start(name)
        self._words.setText(words)
        self.cancel.setEnabled(True)

    def show_stopping(self) -> None:
        """Say that the work is being stopped."""
        self._words.setText(tr("Stopping…"))
        self.cancel.setEnabled(False)

    def focus_first(self) -> None:
        """The only thing to do is to cancel."""
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
