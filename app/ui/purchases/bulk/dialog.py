"""The dialog that says what is to change in many purchases."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.money import CURRENCIES
from app.domain.purchases import DebtReference, PurchaseStatus
from app.services.names import NameKind
from app.ui.i18n import tr, tr_n
from app.ui.purchases.form.debt import DebtChoice
from app.ui.purchases.lists import NameBook
from app.ui.purchases.words import status_name
from app.ui.records.bulk import TicksDialog
from app.ui.widgets.fields import NameCombo
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


class BulkDialog(TicksDialog):
    """The fields that purchases can share. `wanted` carries a `Wanted`."""

    wanted = Signal(object)

    def __init__(self, count: int, book: NameBook, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._book = book
        self.setWindowTitle(tr_n("Edit {n} purchase", "Edit {n} purchases", count))
        self._make_fields(currency)
        self.finish(
            tr("Only what is ticked changes. A name left empty is taken away. Undo takes all of it back."),
            tr_n("Change {n} purchase", "Change {n} purchases", count),
        )
        self.tick("status").setFocus(Qt.FocusReason.OtherFocusReason)

    def entered(self) -> Wanted:
        """Return what is ticked, with its values."""
        ticked = self.ticked()
        values = {key: self._text(key) for key in self._fields if key in ticked and key not in _APART}
        debt = self._debts.debt() if "debt" in ticked else None
        return Wanted(
            values,
            self._tags("tags") if "tags" in ticked else (),
            self._tags("untag") if "untag" in ticked else (),
            debt,
            no_debt="debt" in ticked and debt is None,
        )

    def take(self) -> None:
        """Tell what is wanted and close."""
        entered = self.entered()
        if entered:
            self.accept()
            self.wanted.emit(entered)

    def _make_fields(self, currency: str) -> None:
        states = QComboBox()
        for status in PurchaseStatus:
            states.addItem(status_name(status), status.value)
        states.setCurrentIndex(states.findData(PurchaseStatus.RECEIVED.value))
        states.activated.connect(lambda: self.touched("status"))
        self.add_field("status", tr("&Status"), states)
        for key, kind, text in (
            ("retailer", NameKind.RETAILER, tr("&Retailer")),
            ("brand", NameKind.BRAND, tr("&Brand")),
            ("category", NameKind.CATEGORY, tr("&Category")),
        ):
            combo = NameCombo(self._book.names(kind))
            self._hint(combo)
            combo.editTextChanged.connect(lambda _text, key=key: self.touched(key))
            self.add_field(key, text, combo)
        for key, text in (("tags", tr("&Add tags")), ("untag", tr("&Take off tags"))):
            editor = TagEditor(self._book.names(NameKind.TAG))
            editor.tags_changed.connect(lambda key=key: self.touched(key))
            self.add_field(key, text, editor)
        self._debts = DebtChoice(self._book.debts())
        self._debts.activated.connect(lambda: self.touched("debt"))
        self.add_field("debt", tr("Bought on &debt"), self._debts)
        codes = QComboBox()
        for code in dict.fromkeys([currency, *sorted(CURRENCIES)]):
            codes.addItem(code, code)
        codes.activated.connect(lambda: self.touched("currency"))
        self.add_field("currency", tr("C&urrency"), codes)

    @staticmethod
    def _hint(combo: NameCombo) -> None:
        line = combo.lineEdit()
        if line is not None:
            line.setPlaceholderText(tr("None"))

    def _text(self, key: str) -> str:
        widget = self._fields[key]
        if isinstance(widget, NameCombo):
            return widget.name()
        return str(widget.currentData()) if isinstance(widget, QComboBox) else ""

    def _tags(self, key: str) -> tuple[str, ...]:
        widget = self._fields[key]
        return widget.tags() if isinstance(widget, TagEditor) else ()
