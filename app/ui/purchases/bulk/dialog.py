"""The dialog that says what is to change in many purchases."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from app.domain.money import CURRENCIES
from app.domain.purchases import DebtReference, PurchaseStatus
from app.services.names import NameKind
from app.ui.i18n import tr, tr_n
from app.ui.purchases.form.debt import DebtChoice
from app.ui.purchases.lists import NameBook
from app.ui.purchases.words import status_name
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, set_kind
from app.ui.widgets.fields import NameCombo
from app.ui.widgets.label import Label
from app.ui.widgets.tag_editor import TagEditor

_APART = ("tags", "untag", "debt")
"""The fields whose values are no texts."""


@dataclass(frozen=True)
class Wanted:
    """What is to change: fields with their new values, tags to add and tags to take off, and the debt or no debt."""

    values: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    untag: tuple[str, ...] = ()
    debt: DebtReference | None = None
    no_debt: bool = False

    def __bool__(self) -> bool:
        return bool(self.values or self.tags or self.untag or self.debt or self.no_debt)


class BulkDialog(QDialog):
    """A field each, with a tick that says whether it is to change. `wanted` carries a `Wanted`."""

    wanted = Signal(object)

    def __init__(self, count: int, book: NameBook, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._book = book
        self._ticks: dict[str, QCheckBox] = {}
        self._fields: dict[str, QWidget] = {}
        self.setWindowTitle(tr_n("Edit {n} purchase", "Edit {n} purchases", count))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._make_fields(currency)
        self._buttons = QDialogButtonBox()
        self._change = self._buttons.addButton(
            tr_n("Change {n} purchase", "Change {n} purchases", count),
            QDialogButtonBox.ButtonRole.AcceptRole,
        )
        set_kind(self._change, ButtonKind.PRIMARY)
        cancel = self._buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(cancel, ButtonKind.DEFAULT)
        cancel.setAutoDefault(False)
        self._buttons.accepted.connect(self._accepted)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._name_button()
        self._ticks["status"].setFocus(Qt.FocusReason.OtherFocusReason)

    def entered(self) -> Wanted:
        """Return what is ticked, with its values."""
        ticked = {key for key, tick in self._ticks.items() if tick.isChecked()}
        values = {key: self._text(key) for key in self._fields if key in ticked and key not in _APART}
        debt = self._debts.debt() if "debt" in ticked else None
        return Wanted(
            values,
            self._tags("tags") if "tags" in ticked else (),
            self._tags("untag") if "untag" in ticked else (),
            debt,
            no_debt="debt" in ticked and debt is None,
        )

    def tick(self, key: str) -> QCheckBox:
        """Return the tick of a field."""
        return self._ticks[key]

    def field(self, key: str) -> QWidget:
        """Return a field by its key: status, retailer, brand, category, tags, untag, debt or currency."""
        return self._fields[key]

    def _make_fields(self, currency: str) -> None:
        states = QComboBox()
        for status in PurchaseStatus:
            states.addItem(status_name(status), status.value)
        states.setCurrentIndex(states.findData(PurchaseStatus.RECEIVED.value))
        states.activated.connect(lambda: self._touched("status"))
        self._add("status", tr("&Status"), states)
        for key, kind, text in (
            ("retailer", NameKind.RETAILER, tr("&Retailer")),
            ("brand", NameKind.BRAND, tr("&Brand")),
            ("category", NameKind.CATEGORY, tr("&Category")),
        ):
            combo = NameCombo(self._book.names(kind))
            self._hint(combo)
            combo.editTextChanged.connect(lambda _text, key=key: self._touched(key))
            self._add(key, text, combo)
        for key, text in (("tags", tr("&Add tags")), ("untag", tr("&Take off tags"))):
            editor = TagEditor(self._book.names(NameKind.TAG))
            editor.tags_changed.connect(lambda key=key: self._touched(key))
            self._add(key, text, editor)
        self._debts = DebtChoice(self._book.debts())
        self._debts.activated.connect(lambda: self._touched("debt"))
        self._add("debt", tr("Bought on &debt"), self._debts)
        codes = QComboBox()
        for code in dict.fromkeys([currency, *sorted(CURRENCIES)]):
            codes.addItem(code, code)
        codes.activated.connect(lambda: self._touched("currency"))
        self._add("currency", tr("C&urrency"), codes)

    @staticmethod
    def _hint(combo: NameCombo) -> None:
        line = combo.lineEdit()
        if line is not None:
            line.setPlaceholderText(tr("None"))

    def _add(self, key: str, text: str, widget: QWidget) -> None:
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

    def _touched(self, key: str) -> None:
        self._ticks[key].setChecked(True)

    def _text(self, key: str) -> str:
        widget = self._fields[key]
        if isinstance(widget, NameCombo):
            return widget.name()
        return str(widget.currentData()) if isinstance(widget, QComboBox) else ""

    def _tags(self, key: str) -> tuple[str, ...]:
        widget = self._fields[key]
        return widget.tags() if isinstance(widget, TagEditor) else ()

    def _name_button(self) -> None:
        self._change.setEnabled(any(tick.isChecked() for tick in self._ticks.values()))

    def _accepted(self) -> None:
        entered = self.entered()
        if entered:
            self.accept()
            self.wanted.emit(entered)

    def _lay_out(self) -> None:
        lead = Label(
            tr("Only what is ticked changes. A name left empty is taken away. Undo takes all of it back."),
            tone="secondary",
            wrap=True,
        )
        space = theme.current().space("l")
        column = QVBoxLayout(self)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(space)
        column.addWidget(lead)
        column.addLayout(self._grid)
        column.addStretch()
        column.addWidget(self._buttons)
        self.setMinimumWidth(theme.current().px(460))
