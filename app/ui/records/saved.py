"""Filters that were saved under a name, in the head of the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.problems import Refused
from app.services import saved
from app.services.ledger import Interrupt
from app.services.saved import Saved, Shelf
from app.ui.actions import literal
from app.ui.i18n import tr
from app.ui.records.filters import RecordFilter
from app.ui.session import Session
from app.ui.widgets.button import default

_WIDEST = 230
_AROUND = 74


@dataclass(frozen=True, slots=True)
class FilterShelf:
    """Whose filters are saved: the page's id, what it calls all of its records, and how a filter is read.

    `all_entry` is `all_text` with its mnemonic, `everything` the filter that lets everything through. `read` makes a
    filter of what its `to_json` wrote, and raises `Refused`.
    """

    scope: str
    all_text: str
    all_entry: str
    everything: RecordFilter
    read: Callable[[Mapping[str, Any]], RecordFilter]


class SavedFilters(QObject):
    """The button that names the filter in force, with the saved ones in its menu.

    `chosen` carries the filter that the user wants to have in force.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, shelf: FilterShelf, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._shelf = shelf
        self._entries: list[Saved] = []
        self._wanted = shelf.everything
        self.button = default(shelf.all_text, "bookmark", parent=parent)
        self.button.setProperty("menu", "true")
        session.theme.changed.connect(self._name_button)
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self._menu)
        self._name_button()

    def load(self) -> None:
        """Read which filters are saved."""
        ledger, scope = self._session.ledger, self._shelf.scope

        def read(_interrupt: Interrupt) -> list[Saved]:
            return saved.listing(ledger, Shelf.FILTERS, scope)

        self._session.bridge.read(read, self._take, key=self)

    def show_filter(self, wanted: RecordFilter) -> None:
        """Learn which filter is in force."""
        self._wanted = wanted
        self._name_button()

    def ask_for_name(self) -> None:
        """Ask under which name the filter in force is to be saved, and save it."""
        from app.ui.records.naming import NameDialog

        present = self._present()
        dialog = NameDialog(present.name if present else "", self._session.window)
        dialog.accepted.connect(lambda: self._save(dialog.name()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, name: str) -> None:
        try:
            command = saved.save(Shelf.FILTERS, self._shelf.scope, name, self._wanted.to_json())
        except Refused as refusal:
            self._session.notices.show_problem(str(refusal))
            return
        self._session.bridge.run_command(command)

    def _take(self, entries: list[Saved]) -> None:
        self._entries = entries
        self._name_button()

    def _present(self) -> Saved | None:
        wanted = self._wanted.to_json()
        return next((entry for entry in self._entries if entry.definition == wanted), None)

    def _name_button(self) -> None:
        present = self._present()
        if present is not None:
            text = present.name
        elif self._wanted:
            text = tr("Unsaved filter")
        else:
            text = self._shelf.all_text
        look, metrics = self._session.theme, self.button.fontMetrics()
        around = look.px(_AROUND)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, look.px(_WIDEST) - around)
        self.button.setText(literal(shown))
        # Qt adds the room for the arrow twice and would leave it empty at the left.
        self.button.setFixedWidth(metrics.horizontalAdvance(shown) + around)
        self.button.setAccessibleName(tr("Saved filters: {name}").format(name=text))

    def _fill(self) -> None:
        menu, present = self._menu, self._present()
        menu.clear()
        group = QActionGroup(menu)
        everything = menu.addAction(self._shelf.all_entry)
        everything.setCheckable(True)
        everything.setChecked(not self._wanted)
        everything.triggered.connect(lambda: self.chosen.emit(self._shelf.everything))
        group.addAction(everything)
        for entry in self._entries:
            action = menu.addAction(literal(entry.name))
            action.setCheckable(True)
            action.setChecked(present is not None and present.id == entry.id)
            action.triggered.connect(partial(self._choose, entry))
            group.addAction(action)
        menu.addSeparator()
        save = menu.addAction(tr("&Save this filter…"))
        save.setEnabled(bool(self._wanted))
        save.triggered.connect(self.ask_for_name)
        delete = menu.addMenu(tr("&Delete"))
        delete.setEnabled(bool(self._entries))
        for entry in self._entries:
            delete.addAction(literal(entry.name)).triggered.connect(partial(self._delete, entry))

    def _choose(self, entry: Saved) -> None:
        try:
            self.chosen.emit(self._shelf.read(entry.definition))
        except Refused as refusal:
            self._session.notices.show_problem(str(refusal))

    def _delete(self, entry: Saved) -> None:
        self._session.bridge.run_command(saved.delete(Shelf.FILTERS, entry))
