"""Asks for the name that a mapping is kept under."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.domain.text import NAME_LIMIT, name_key
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, button, set_kind
from app.ui.widgets.form import FormField

_WIDTH = 380


class SaveMappingDialog(QDialog):
    """One field. `named` carries the name when it can be used; a name that is taken is replaced, and that is said."""

    named = Signal(str)

    def __init__(self, taken: Sequence[str], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save this mapping"))
        self._taken = {name_key(known) for known in taken}
        self.name = QLineEdit(name)
        self.name.setMaxLength(NAME_LIMIT)
        self.name.textChanged.connect(self._check)
        self.field = FormField(
            tr("&Name"), self.name, help_text=tr("Under this name it is offered for other files.")
        )
        box = QDialogButtonBox()
        save = button(tr("Save"), ButtonKind.PRIMARY)
        box.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(cancel, ButtonKind.DEFAULT)
        cancel.setAutoDefault(False)
        save.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(look.space("l"))
        column.addWidget(self.field)
        column.addWidget(box)
        save.setDefault(True)
        self.setMinimumWidth(look.px(_WIDTH))
        self._check()

    def _check(self) -> None:
        if name_key(self.name.text()) in self._taken:
            self.field.set_warning(tr("There is a mapping of this name. It will be replaced."))
        else:
            self.field.clear_message()

    def _save(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.field.set_error(tr("Enter a name."))
            self.field.focus_and_announce()
            return
        self.accept()
        self.named.emit(name)
