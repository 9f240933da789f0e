"""Keeps the filter of the page, its chips and the popups that edit it in step."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter, PurchaseStatus
from app.services import purchases
from app.services.ledger import Interrupt
from app.ui.i18n import tr
from app.ui.purchases.filters.chips import (
    BOUGHT,
    KEYS,
    NAME_KINDS,
    PRICE,
    STATUS,
    chips_of,
    menu_text,
    name_ids,
    none_text,
    with_name_ids,
    without,
)
from app.ui.purchases.lists import NameBook
from app.ui.purchases.words import status_name
from app.ui.session import Session
from app.ui.widgets.filter_bar import FilterBar

if TYPE_CHECKING:
    from app.ui.purchases.filters.popup import FilterPopup

_STATE = "purchases.filter"


class FilterControl(QObject):
    """The filter that is in force; `changed` tells that it is another one. It survives a restart."""

    changed = Signal()

    def __init__(self, session: Session, book: NameBook, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._book = book
        self._wanted = _remembered(session)
        self._known: tuple[dt.date, dt.date] | None = None
        self._currencies: list[str] = []
        self.bar = FilterBar(tr("Filter this table"))
        self.bar.set_text(self._wanted.text)
        self.bar.text_changed.connect(self._typed)
        self.bar.chip_removed.connect(self.remove)
        self.bar.chip_edit_requested.connect(self.edit)
        self.bar.add_requested.connect(self.open_menu)
        self.bar.clear_requested.connect(self.clear)
        book.changed.connect(self._show_chips)
        self._show_chips()

    @property
    def wanted(self) -> PurchaseFilter:
        """The filter in force."""
        return self._wanted

    def set(self, wanted: PurchaseFilter) -> None:
        """Put another filter in force."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if self.bar.text().strip() != wanted.text:
            self.bar.field.blockSignals(True)
            self.bar.set_text(wanted.text)
            self.bar.field.blockSignals(False)
        self._show_chips()
        self._session.state.put(_STATE, wanted.to_json())
        self.changed.emit()

    def clear(self) -> None:
        """Let everything through."""
        self.set(PurchaseFilter())
        self.bar.field.setFocus()

    def remove(self, key: str) -> None:
        """Take one condition away."""
        self.set(without(self._wanted, key))

    def edit(self, key: str) -> None:
        """Open the popup of a condition below its chip, or below "Add filter"."""
        self._popup(key).open_below(self.bar.chip_button(key) or self.bar.add_button)

    def open_menu(self) -> None:
        """Show the kinds of conditions."""
        menu = QMenu(self.bar)
        for key in KEYS:
            menu.addAction(menu_text(key)).triggered.connect(partial(self.edit, key))
        button = self.bar.add_button
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def learn(self, currencies: list[str]) -> None:
        """Learn which currencies there are, and look up on which days something was bought."""
        self._currencies = currencies
        ledger = self._session.ledger

        def read(_interrupt: Interrupt) -> tuple[dt.date, dt.date] | None:
            return purchases.days(ledger)

        self._session.bridge.read(read, self._take_days, key="purchases.days")

    def _take_days(self, known: tuple[dt.date, dt.date] | None) -> None:
        self._known = known

    def _typed(self, text: str) -> None:
        self.set(replace(self._wanted, text=text.strip()))

    def _show_chips(self) -> None:
        chips = chips_of(self._wanted, self._book)
        if chips != self.bar.chips():
            self.bar.set_chips(chips)
        self.bar.clear_button().setVisible(bool(self._wanted))

    def _popup(self, key: str) -> "FilterPopup":
        from app.ui.purchases.filters.ranges import BoughtPopup, PricePopup, WarrantyPopup

        wanted, parent = self._wanted, self.bar
        makers: dict[str, Callable[[], FilterPopup]] = {
            STATUS: self._status_popup,
            BOUGHT: lambda: BoughtPopup(wanted, self.set, self._session.ledger.today(), self._known, parent),
            PRICE: lambda: PricePopup(wanted, self.set, self._offered_currencies(), parent),
            **{name: partial(self._names_popup, name) for name in NAME_KINDS},
        }
        maker = makers.get(key)
        return maker() if maker else WarrantyPopup(wanted, self.set, parent)

    def _status_popup(self) -> "FilterPopup":
        from app.ui.purchases.filters.popup import ChoicePopup

        def choose(ticked: frozenset[object]) -> None:
            self.set(replace(self._wanted, statuses=cast("frozenset[PurchaseStatus]", ticked)))

        choices = [(status, status_name(status)) for status in PurchaseStatus]
        return ChoicePopup(tr("Status"), choices, frozenset(self._wanted.statuses), choose, self.bar)

    def _names_popup(self, key: str) -> "FilterPopup":
        from app.ui.purchases.filters.popup import ChoicePopup

        def choose(ticked: frozenset[object]) -> None:
            self.set(with_name_ids(self._wanted, key, cast("frozenset[int]", ticked)))

        choices: list[tuple[object, str]] = [*self._book.choices(NAME_KINDS[key]), (0, none_text(key))]
        title = menu_text(key).replace("&", "")
        return ChoicePopup(title, choices, frozenset(name_ids(self._wanted, key)), choose, self.bar)

    def _offered_currencies(self) -> list[str]:
        own = self._session.ledger.profile.currency
        return list(dict.fromkeys([own, *self._currencies]))


def _remembered(session: Session) -> PurchaseFilter:
    document = session.state.get(_STATE)
    if not isinstance(document, dict):
        return PurchaseFilter()
    try:
        return PurchaseFilter.from_json(document)
    except Refused:
        return PurchaseFilter()
