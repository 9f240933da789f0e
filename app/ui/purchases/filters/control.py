"""The filter of the page of purchases: its chips, and the popups that edit it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter, PurchaseStatus
from app.services import purchases
from app.services.ledger import Interrupt
from app.ui.i18n import tr
from app.ui.purchases.filters.chips import (
    BOUGHT,
    ID_KEYS,
    KEYS,
    PRICE,
    RECEIPT,
    STATUS,
    chips_of,
    choices_of,
    menu_text,
    name_ids,
    receipt_choices,
    with_name_ids,
    without,
)
from app.ui.purchases.lists import NameBook
from app.ui.purchases.words import status_name
from app.ui.records.filters import FilterControl
from app.ui.session import Session
from app.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from app.ui.records.popup import FilterPopup

_STATE = "purchases.filter"


class PurchaseFilters(FilterControl[PurchaseFilter]):
    """The filter that is in force on the page of purchases."""

    def __init__(self, session: Session, book: NameBook, parent: QWidget) -> None:
        self._book = book
        self._known: tuple[dt.date, dt.date] | None = None
        self._currencies: list[str] = []
        super().__init__(session, _STATE, _remembered(session), PurchaseFilter(), parent)
        book.changed.connect(self.show_chips)

    def kinds(self) -> Sequence[tuple[str, str]]:
        """Return the kinds of conditions, in the order of the menu."""
        return [(key, menu_text(key)) for key in KEYS]

    def chips(self) -> list[Chip]:
        """Return one chip for each condition."""
        return chips_of(self.wanted, self._book)

    def with_text(self, text: str) -> PurchaseFilter:
        """Return the filter in force with another text."""
        return replace(self.wanted, text=text)

    def without(self, key: str) -> PurchaseFilter:
        """Return the filter in force without one condition."""
        return without(self.wanted, key)

    def popup(self, key: str) -> "FilterPopup":
        """Return the popup in which a condition is chosen."""
        from app.ui.purchases.filters.ranges import BoughtPopup, PricePopup, WarrantyPopup

        wanted, parent = self.wanted, self.bar
        makers: dict[str, Callable[[], FilterPopup]] = {
            STATUS: self._status_popup,
            BOUGHT: lambda: BoughtPopup(wanted, self.set, self.session.ledger.today(), self._known, parent),
            PRICE: lambda: PricePopup(wanted, self.set, self._offered_currencies(), parent),
            RECEIPT: self._receipt_popup,
            **{name: partial(self._names_popup, name) for name in ID_KEYS},
        }
        maker = makers.get(key)
        return maker() if maker else WarrantyPopup(wanted, self.set, parent)

    def learn(self, currencies: list[str]) -> None:
        """Learn which currencies there are, and look up on which days something was bought."""
        self._currencies = currencies
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> tuple[dt.date, dt.date] | None:
            return purchases.days(ledger)

        self.session.bridge.read(read, self._take_days, key="purchases.days")

    def _take_days(self, known: tuple[dt.date, dt.date] | None) -> None:
        self._known = known

    def _status_popup(self) -> "FilterPopup":
        from app.ui.records.popup import ChoicePopup

        def choose(ticked: frozenset[object]) -> None:
            self.set(replace(self.wanted, statuses=cast("frozenset[PurchaseStatus]", ticked)))

        choices = [(status, status_name(status)) for status in PurchaseStatus]
        return ChoicePopup(tr("Status"), choices, frozenset(self.wanted.statuses), choose, self.bar)

    def _receipt_popup(self) -> "FilterPopup":
        from app.ui.records.popup import OneOfPopup

        def choose(there: object) -> None:
            self.set(replace(self.wanted, receipt=bool(there)))

        choices: list[tuple[object, str]] = [*receipt_choices()]
        return OneOfPopup(tr("Receipt"), choices, self.wanted.receipt, choose, self.bar)

    def _names_popup(self, key: str) -> "FilterPopup":
        from app.ui.records.popup import ChoicePopup

        def choose(ticked: frozenset[object]) -> None:
            self.set(with_name_ids(self.wanted, key, cast("frozenset[int]", ticked)))

        choices: list[tuple[object, str]] = [*choices_of(self._book, key)]
        title = menu_text(key).replace("&", "")
        return ChoicePopup(title, choices, frozenset(name_ids(self.wanted, key)), choose, self.bar)

    def _offered_currencies(self) -> list[str]:
        own = self.session.ledger.profile.currency
        return list(dict.fromkeys([own, *self._currencies]))


def _remembered(session: Session) -> PurchaseFilter:
    document = session.state.get(_STATE)
    if not isinstance(document, dict):
        return PurchaseFilter()
    try:
        return PurchaseFilter.from_json(document)
    except Refused:
        return PurchaseFilter()
