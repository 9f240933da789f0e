"""File > New ledger: the form in a dialog over the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.shell import Shell
from app.ui.theme import theme
from app.ui.welcome.new_ledger import NewLedgerForm
from app.ui.widgets.button import default, primary
from app.ui.widgets.label import Label

_WIDTH = 520


class NewLedgerDialog(QDialog):
    """The new ledger opens in the window's place; the one that is open stays as it is."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("New ledger"))
        self.form = NewLedgerForm(shell)
        self.create_button = primary(tr("Create ledger"))
        cancel = default(tr("Cancel"))
        cancel.setAutoDefault(False)
        self.form.change.setAutoDefault(False)
        buttons = QDialogButtonBox()
        buttons.addButton(self.create_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.form.submit)
        buttons.rejected.connect(self.reject)
        self.form.working.connect(lambda busy: self.create_button.setEnabled(not busy))
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("l"), look.space("xl"), look.space("l"))
        column.setSpacing(look.space("m"))
        column.addWidget(Label(tr("New ledger"), "subtitle"))
        column.addWidget(self.form, 1)
        column.addWidget(buttons)
        self.setMinimumWidth(look.px(_WIDTH))
        # Only a button that is in the dialog already can become its default.
        self.create_button.setDefault(True)
        self.form.focus_first()
