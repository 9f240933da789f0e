"""The dialog in which fields of many records are ticked and set."""

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind
from app.ui.widgets.label import Label


class TicksDialog(QDialog):
    """A field each, with a tick that says whether it is to change. A subclass adds the fields, then calls `finish`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ticks: dict[str, QCheckBox] = {}
        self._fields: dict[str, QWidget] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def tick(self, key: str) -> QCheckBox:
        """Return the tick of a field."""
        return self._ticks[key]

    def field(self, key: str) -> QWidget:
        """Return a field by its key."""
        return self._fields[key]

    def ticked(self) -> set[str]:
        """Return the keys of the fields that are to change."""
        return {key for key, tick in self._ticks.items() if tick.isChecked()}

    def add_field(self, key: str, text: str, widget: QWidget) -> None:
        """Add a field; `text` is what its tick says, with a mnemonic."""
        tick = QCheckBox(text)
        name = text.replace("&", "")
        tick.setAccessibleName(tr("Change {field}").format(field=name))
        tick.toggled.connect(self._name_button)
        widget.setAccessibleName(name)
        row = self._grid.rowCount()
        self._grid.addWidget(tick, row, 0)
        self._grid.addWidget(widget, row, 1)
        self._ticks[key] = tick
        self._fields[key] = widget

    def touched(self, key: str) -> None:
        """Tick a field whose value was just chosen."""
        self._ticks[key].setChecked(True)

    def finish(self, lead: str, verb: str) -> None:
        """Put the dialog together: `lead` above the fields, and `verb` on the button."""
        buttons = QDialogButtonBox()
        self._change = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        set_kind(self._change, ButtonKind.PRIMARY)
        cancel = buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(cancel, ButtonKind.DEFAULT)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.take)
        buttons.rejected.connect(self.reject)
        space = theme.current().space("l")
        column = QVBoxLayout(self)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(space)
        column.addWidget(Label(lead, tone="secondary", wrap=True))
        column.addLayout(self._grid)
        column.addStretch()
        column.addWidget(buttons)
        self.setMinimumWidth(theme.current().px(460))
        self._name_button()

    def take(self) -> None:
        """Take what was entered over; a subclass does it and closes."""

    def _name_button(self) -> None:
        self._change.setEnabled(any(tick.isChecked() for tick in self._ticks.values()))
