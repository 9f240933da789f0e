"""The dialog that says what is to change in many warranties."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.domain.text import clean
from app.domain.warranties import COVER_KINDS, LIFETIME
from app.ui import entry
from app.ui.i18n import tr, tr_n
from app.ui.purchases.words import cover_kind_name, cover_kind_of
from app.ui.records.bulk import TicksDialog
from app.ui.widgets.fields import NameCombo
from app.ui.widgets.form import FormField


class CoverBulkDialog(TicksDialog):
    """The fields that warranties can share. `wanted` carries what is to change, by the names of the fields."""

    wanted = Signal(object)

    def __init__(self, count: int, kinds: Sequence[str], providers: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr_n("Edit {n} warranty", "Edit {n} warranties", count))
        own = [kind for kind in kinds if kind not in COVER_KINDS]
        names = [cover_kind_name(kind) for kind in (*COVER_KINDS, *own) if kind != LIFETIME]
        self._kind, self._provider = NameCombo(names), NameCombo(providers)
        self._voided = QComboBox()
        for voided, text in ((True, tr("Voided")), (False, tr("Not voided"))):
            self._voided.addItem(text, voided)
        self._by = QLineEdit()
        self._by.setPlaceholderText(tr("12 months"))
        self.by = FormField("", self._by)
        self.by.label.hide()
        for key, text, combo in (
            ("kind", tr("&Kind"), self._kind),
            ("provider", tr("&Provider"), self._provider),
        ):
            combo.editTextChanged.connect(lambda _text, key=key: self.touched(key))
            self.add_field(key, text, combo)
        self._voided.activated.connect(lambda: self.touched("voided"))
        self.add_field("voided", tr("&Voided"), self._voided)
        self._by.textEdited.connect(self._by_edited)
        self.add_field("extend", tr("&Extend by"), self.by)
        self._by.setAccessibleName(tr("Extend by"))
        self.finish(
            tr(
                "Only what is ticked changes. A provider left empty is taken away. Undo takes all of it back."
            ),
            tr_n("Change {n} warranty", "Change {n} warranties", count),
        )
        self.tick("kind").setFocus(Qt.FocusReason.OtherFocusReason)

    def entered(self) -> dict[str, Any] | None:
        """Return what is ticked with its values, or None where a length cannot be read and says so."""
        values: dict[str, Any] = {
            "kind": cover_kind_of(clean(self._kind.name())),
            "provider": clean(self._provider.name()),
            "voided": bool(self._voided.currentData()),
        }
        ticked = self.ticked()
        if "extend" in ticked:
            values["extend"] = entry.read_duration(self._by.text())
            if not values["extend"]:
                self.by.set_error(tr("Enter a length such as 12 months."))
                self.by.focus_and_announce()
                return None
        return {key: value for key, value in values.items() if key in ticked}

    def take(self) -> None:
        """Tell what is wanted and close."""
        entered = self.entered()
        if entered:
            self.accept()
            self.wanted.emit(entered)

    def _by_edited(self) -> None:
        self.by.clear_message()
        self.touched("extend")
