"""The filter of the page of debts: its chips, and the popups that edit it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.debts import DebtFilter, DebtKind
from app.domain.problems import Refused
from app.ui import formats
from app.ui.debts.words import kind_name
from app.ui.i18n import tr
from app.ui.records.filters import FilterControl
from app.ui.records.popup import ChoicePopup, FilterPopup, OneOfPopup
from app.ui.session import Session
from app.ui.widgets.chip import Chip

KIND, STATE, CURRENCY = "kind", "state", "currency"
_STATE_KEY = "debts.filter"


class DebtFilters(FilterControl[DebtFilter]):
    """The filter that is in force on the page of debts."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._currencies: list[str] = []
        super().__init__(session, _STATE_KEY, _remembered(session), DebtFilter(), parent)

    def learn(self, currencies: list[str]) -> None:
        """Learn in which currencies there are debts."""
        self._currencies = currencies

    def kinds(self) -> Sequence[tuple[str, str]]:
        """Return the kinds of conditions, in the order of the menu."""
        return ((KIND, tr("&Kind")), (STATE, tr("&Open or paid off")), (CURRENCY, tr("&Currency")))

    def chips(self) -> list[Chip]:
        """Return one chip for each condition."""
        wanted, chips = self.wanted, []
        if wanted.kinds:
            names = [kind_name(kind) for kind in DebtKind if kind in wanted.kinds]
            chips.append(Chip(KIND, tr("Kind is"), formats.any_of(names)))
        if wanted.paid_off is not None:
            chips.append(Chip(STATE, tr("Debt is"), _states()[wanted.paid_off]))
        if wanted.currency:
            chips.append(Chip(CURRENCY, tr("Currency is"), wanted.currency))
        return chips

    def with_text(self, text: str) -> DebtFilter:
        """Return the filter in force with another text."""
        return replace(self.wanted, text=text)

    def without(self, key: str) -> DebtFilter:
        """Return the filter in force without one condition."""
        if key == KIND:
            return replace(self.wanted, kinds=frozenset())
        if key == STATE:
            return replace(self.wanted, paid_off=None)
        return replace(self.wanted, currency="")

    def popup(self, key: str) -> FilterPopup:
        """Return the popup in which a condition is chosen."""
        if key == KIND:
            return self._kind_popup()
        if key == STATE:
            return self._state_popup()
        return self._currency_popup()

    def _kind_popup(self) -> FilterPopup:
        def choose(ticked: frozenset[object]) -> None:
            # Qt hands members of a text enumeration back as plain texts.
            kinds = frozenset(DebtKind(str(kind)) for kind in ticked)
            self.set(replace(self.wanted, kinds=kinds))

        choices = [(kind, kind_name(kind)) for kind in DebtKind]
        return ChoicePopup(tr("Kind"), choices, frozenset(self.wanted.kinds), choose, self.bar)

    def _state_popup(self) -> FilterPopup:
        def choose(paid_off: object) -> None:
            self.set(replace(self.wanted, paid_off=bool(paid_off)))

        present = self.wanted.paid_off
        return OneOfPopup(tr("Open or paid off"), list(_states().items()), present, choose, self.bar)

    def _currency_popup(self) -> FilterPopup:
        def choose(currency: object) -> None:
            self.set(replace(self.wanted, currency=str(currency)))

        own = self.session.ledger.profile.currency
        codes = dict.fromkeys([own, *self._currencies, *filter(None, [self.wanted.currency])])
        choices = [(code, code) for code in codes]
        return OneOfPopup(tr("Currency"), choices, self.wanted.currency, choose, self.bar)


def _states() -> dict[object, str]:
    return {False: tr("open"), True: tr("paid off")}


def _remembered(session: Session) -> DebtFilter:
    document = session.state.get(_STATE_KEY)
    if not isinstance(document, dict):
        return DebtFilter()
    try:
        return DebtFilter.from_json(document)
    except Refused:
        return DebtFilter()
