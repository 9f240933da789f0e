"""Keeps the filter of a page of records, its chips and the popups that edit it in step."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.i18n import tr
from app.ui.records.popup import FilterPopup
from app.ui.session import Session
from app.ui.widgets.chip import Chip
from app.ui.widgets.filter_bar import FilterBar


class RecordFilter(Protocol):
    """Which records are wanted; false where all are."""

    @property
    def text(self) -> str:
        """What is typed in the filter field."""

    def __bool__(self) -> bool:
        """Whether it keeps anything out."""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values, to be remembered."""


Wanted = TypeVar("Wanted", bound=RecordFilter)


class FilterControl(QObject, Generic[Wanted]):
    """The filter that is in force; `changed` tells that it is another one. It survives a restart.

    What kinds of conditions there are, and how each is shown and edited, is the subclass's to say.
    """

    changed = Signal()

    def __init__(
        self, session: Session, key: str, wanted: Wanted, everything: Wanted, parent: QWidget
    ) -> None:
        """Begin with the filter `wanted`; `everything` is the one that lets everything through."""
        super().__init__(parent)
        self.session = session
        self._key = key
        self._wanted = wanted
        self._everything = everything
        self.bar = FilterBar(tr("Filter this table"))
        self.bar.set_text(wanted.text)
        self.bar.text_changed.connect(self._typed)
        self.bar.chip_removed.connect(self.remove)
        self.bar.chip_edit_requested.connect(self.edit)
        self.bar.add_requested.connect(self.open_menu)
        self.bar.clear_requested.connect(self.clear)
        self.show_chips()

    # -- what a subclass says

    def kinds(self) -> Sequence[tuple[str, str]]:
        """Return the kinds of conditions: key, and text for the menu with its mnemonic."""
        return ()

    def chips(self) -> list[Chip]:
        """Return the chips of the filter in force; what is typed in the filter field is not one."""
        return []

    def with_text(self, text: str) -> Wanted:
        """Return the filter in force with another text."""
        return self._wanted

    def without(self, key: str) -> Wanted:
        """Return the filter in force without the condition of one chip."""
        return self._wanted

    def popup(self, key: str) -> FilterPopup | None:
        """Return the popup in which a condition is chosen."""
        return None

    # -- the filter

    @property
    def wanted(self) -> Wanted:
        """The filter in force."""
        return self._wanted

    def set(self, wanted: Wanted) -> None:
        """Put another filter in force."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if self.bar.text().strip() != wanted.text:
            # The field itself must hear of it, so that its cross comes and goes.
            self.bar.blockSignals(True)
            self.bar.set_text(wanted.text)
            self.bar.blockSignals(False)
        self.show_chips()
        self.session.state.put(self._key, wanted.to_json())
        self.changed.emit()

    def clear(self) -> None:
        """Let everything through."""
        self.set(self._everything)
        self.bar.field.setFocus()

    def remove(self, key: str) -> None:
        """Take one condition away."""
        self.set(self.without(key))

    def edit(self, key: str) -> None:
        """Open the popup of a condition below its chip, or below "Add filter"."""
        popup = self.popup(key)
        if popup is not None:
            popup.open_below(self.bar.chip_button(key) or self.bar.add_button)

    def open_menu(self) -> None:
        """Show the kinds of conditions."""
        menu = QMenu(self.bar)
        for key, text in self.kinds():
            menu.addAction(text).triggered.connect(partial(self.edit, key))
        button = self.bar.add_button
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def show_chips(self) -> None:
        """Show the filter in force in words."""
        chips = self.chips()
        if chips != self.bar.chips():
            self.bar.set_chips(chips)
        self.bar.clear_button().setVisible(bool(self._wanted))

    def _typed(self, text: str) -> None:
        self.set(self.with_text(text.strip()))
