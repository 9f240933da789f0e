"""The filter of the page of warranties: its chips, and the popups that edit it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.problems import Refused
from app.domain.text import fold
from app.domain.warranties import COVER_KINDS, CoverFilter, CoverStatus
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.purchases.words import cover_kind_name, warranty_name
from app.ui.records.filters import FilterControl
from app.ui.records.ranges import Days, DayWords, Span, days_chip, month_range, year_range
from app.ui.session import Session
from app.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from app.ui.records.popup import FilterPopup

STATUS, WITHIN, KIND, PROVIDER, ENDS, BOUGHT, CLAIM, PRODUCT = (
    "status",
    "within",
    "kind",
    "provider",
    "ends",
    "bought",
    "claim",
    "product",
)
KEY = "warranties.filter"
_FIELDS = {
    STATUS: ("statuses",),
    WITHIN: ("expiring_days",),
    KIND: ("kinds",),
    PROVIDER: ("providers",),
    ENDS: ("ends_from", "ends_to"),
    BOUGHT: ("bought_from", "bought_to"),
    CLAIM: ("claim",),
    PRODUCT: ("product",),
}
_COMING_YEARS = 5


class CoverFilters(FilterControl[CoverFilter]):
    """The filter that is in force on the page of warranties."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._kinds: list[str] = []
        self._providers: list[str] = []
        super().__init__(session, KEY, _remembered(session), CoverFilter(), parent)

    def learn(self, kinds: list[str], providers: list[str]) -> None:
        """Learn which kinds and providers there are."""
        self._kinds, self._providers = kinds, providers

    def kinds(self) -> Sequence[tuple[str, str]]:
        """Return the kinds of conditions, in the order of the menu."""
        return (
            (STATUS, tr("&Status")),
            (WITHIN, tr("E&xpiring within")),
            (KIND, tr("&Kind")),
            (PROVIDER, tr("&Provider")),
            (ENDS, tr("&Ends on")),
            (BOUGHT, tr("&Bought on")),
            (CLAIM, tr("&Claim")),
        )

    def chips(self) -> list[Chip]:
        """Return one chip for each condition."""
        return chips_of(self.wanted)

    def with_text(self, text: str) -> CoverFilter:
        """Return the filter in force with another text."""
        return replace(self.wanted, text=text)

    def without(self, key: str) -> CoverFilter:
        """Return the filter in force without one condition."""
        plain = CoverFilter()
        return replace(self.wanted, **{field: getattr(plain, field) for field in _FIELDS[key]})

    def popup(self, key: str) -> "FilterPopup | None":
        """Return the popup in which a condition is chosen; the product of a link has none."""
        makers: dict[str, Callable[[], FilterPopup]] = {
            STATUS: self._status_popup,
            WITHIN: self._within_popup,
            KIND: self._kind_popup,
            PROVIDER: self._provider_popup,
            ENDS: self._ends_popup,
            BOUGHT: self._bought_popup,
            CLAIM: self._claim_popup,
        }
        maker = makers.get(key)
        return maker() if maker else None

    def _status_popup(self) -> "FilterPopup":
        from app.ui.records.popup import ChoicePopup

        def choose(ticked: frozenset[object]) -> None:
            # Qt hands members of a text enumeration back as plain texts.
            self.set(replace(self.wanted, statuses=frozenset(CoverStatus(str(one)) for one in ticked)))

        choices = [(status, warranty_name(status)) for status in CoverStatus]
        return ChoicePopup(tr("Status"), choices, frozenset(self.wanted.statuses), choose, self.bar)

    def _within_popup(self) -> "FilterPopup":
        from app.ui.warranties.popups import WithinPopup

        def choose(days: int) -> None:
            self.set(replace(self.wanted, expiring_days=days))

        usual = self.session.ledger.reminders.window
        return WithinPopup(self.wanted.expiring_days or usual, choose, self.bar)

    def _kind_popup(self) -> "FilterPopup":
        from app.ui.records.popup import ChoicePopup

        def choose(ticked: frozenset[object]) -> None:
            self.set(replace(self.wanted, kinds=frozenset(map(str, ticked))))

        known = _each_once([*COVER_KINDS, *self._kinds, *sorted(self.wanted.kinds)])
        choices = [(kind, cover_kind_name(kind)) for kind in known]
        return ChoicePopup(tr("Kind"), choices, _ticked(self.wanted.kinds, known), choose, self.bar)

    def _provider_popup(self) -> "FilterPopup":
        from app.ui.records.popup import ChoicePopup

        def choose(ticked: frozenset[object]) -> None:
            self.set(replace(self.wanted, providers=frozenset(map(str, ticked))))

        known = _each_once([*self._providers, *sorted(filter(None, self.wanted.providers))])
        choices: list[tuple[object, str]] = [*((name, name) for name in known), ("", tr("No provider"))]
        ticked = _ticked(self.wanted.providers, [*known, ""])
        return ChoicePopup(tr("Provider"), choices, ticked, choose, self.bar)

    def _ends_popup(self) -> "FilterPopup":
        from app.ui.records.ranges import DaysPopup

        def choose(days: Days) -> None:
            self.set(replace(self.wanted, ends_from=days[0], ends_to=days[1]))

        today, present = self.session.ledger.today(), (self.wanted.ends_from, self.wanted.ends_to)
        return DaysPopup(tr("Ends on"), present, coming(today), today, choose, self.bar)

    def _bought_popup(self) -> "FilterPopup":
        from app.ui.purchases.filters.ranges import presets
        from app.ui.records.ranges import DaysPopup

        def choose(days: Days) -> None:
            self.set(replace(self.wanted, bought_from=days[0], bought_to=days[1]))

        today, present = self.session.ledger.today(), (self.wanted.bought_from, self.wanted.bought_to)
        return DaysPopup(tr("Bought on"), present, presets(today, None), today, choose, self.bar)

    def _claim_popup(self) -> "FilterPopup":
        from app.ui.records.popup import OneOfPopup

        def choose(claim: object) -> None:
            self.set(replace(self.wanted, claim=bool(claim)))

        choices: list[tuple[object, str]] = [(True, tr("Open")), (False, tr("None open"))]
        return OneOfPopup(tr("Claim"), choices, self.wanted.claim, choose, self.bar)


def chips_of(wanted: CoverFilter) -> list[Chip]:
    """Return the chips of a filter; what is typed in the filter field is not one."""
    found = [
        *_state_chips(wanted),
        *_word_chips(wanted),
        days_chip(ENDS, _ends_words(), wanted.ends_from, wanted.ends_to),
        days_chip(BOUGHT, _bought_words(), wanted.bought_from, wanted.bought_to),
    ]
    if wanted.claim is not None:
        found.append(Chip(CLAIM, tr("Claim is"), tr("open") if wanted.claim else tr("not open")))
    if wanted.product:
        found.append(Chip(PRODUCT, tr("Product is"), wanted.product))
    return [chip for chip in found if chip is not None]


def coming(today: dt.date) -> list[tuple[str, Span]]:
    """Return the usual spans in which warranties end: this month and the next, then this year and the coming ones."""
    first_of_next = month_range(today)[1] + dt.timedelta(days=1)
    spans = [(tr("This month"), month_range(today)), (tr("Next month"), month_range(first_of_next))]
    years = range(today.year, min(today.year + _COMING_YEARS, dt.MAXYEAR) + 1)
    return spans + [(str(year), year_range(year)) for year in years]


def _state_chips(wanted: CoverFilter) -> list[Chip]:
    chips = []
    if wanted.statuses:
        states = [warranty_name(status) for status in CoverStatus if status in wanted.statuses]
        chips.append(Chip(STATUS, tr("Status is"), formats.any_of(states)))
    if wanted.expiring_days is not None:
        within = tr_n("{n} day", "{n} days", wanted.expiring_days)
        chips.append(Chip(WITHIN, tr("Expiring within"), within))
    return chips


def _word_chips(wanted: CoverFilter) -> list[Chip]:
    chips = []
    if wanted.kinds:
        kinds = sorted(map(cover_kind_name, wanted.kinds), key=str.casefold)
        chips.append(Chip(KIND, tr("Kind is"), formats.any_of(kinds)))
    if wanted.providers:
        named = sorted(filter(None, wanted.providers), key=str.casefold)
        none = [tr("No provider")] if "" in wanted.providers else []
        chips.append(Chip(PROVIDER, tr("Provider is"), formats.any_of([*none, *named])))
    return chips


def _ends_words() -> DayWords:
    return DayWords(tr("Ends until"), tr("Ends from"), tr("Ends in"), tr("Ends"))


def _bought_words() -> DayWords:
    return DayWords(tr("Bought until"), tr("Bought since"), tr("Bought in"), tr("Bought"))


def _each_once(texts: Sequence[str]) -> list[str]:
    """Return texts that differ by more than their case, each as it is written first."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(fold(text), text)
    return list(found.values())


def _ticked(wanted: frozenset[str], known: Sequence[str]) -> frozenset[object]:
    """Return what is wanted in the spelling in which it is offered."""
    folded = {fold(text) for text in wanted}
    return frozenset(text for text in known if fold(text) in folded)


def _remembered(session: Session) -> CoverFilter:
    document = session.state.get(KEY)
    if not isinstance(document, dict):
        return CoverFilter()
    try:
        return CoverFilter.from_json(document)
    except Refused:
        return CoverFilter()
