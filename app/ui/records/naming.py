"""Asks under which name a filter is to be saved."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.records.entries import TextEntry
from app.ui.widgets.button import ButtonKind, set_kind


class NameDialog(QDialog):
    """Asks for the name of a filter."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save filter"))
        self._name = TextEntry(
            tr("Name"),
            required=tr("Enter a name for the filter."),
            help_text=tr("A filter of the same name is replaced"),
        )
        self._name.set_text(name)
        self._name.line.selectAll()
        buttons = QDialogButtonBox()
        save = buttons.addButton(tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_kind(save, ButtonKind.PRIMARY)
        set_kind(buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole), ButtonKind.DEFAULT)
        buttons.accepted.connect(self._check)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self._name)
        column.addWidget(buttons)
        self.setMinimumWidth(360)

    def name(self) -> str:
        """Return the name entered."""
        return self._name.text()

    def _check(self) -> None:
        if self._name.check():
            self.accept()
        else:
            self._name.focus_and_announce()
