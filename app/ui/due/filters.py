"""Which of what is due the page shows: kinds as a chip, words in the field, how far ahead, and what is snoozed."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.due import DueFilter
from app.domain.due_kinds import DueKind
from app.ui import formats
from app.ui.due.words import kind_name
from app.ui.i18n import tr, tr_n
from app.ui.records.filters import FilterControl
from app.ui.records.popup import ChoicePopup, FilterPopup
from app.ui.session import Session
from app.ui.widgets.chip import Chip

KIND = "kind"
SPANS = (30, 90, 365)
_STATE_KEY = "due.filter"
_FIRST = DueFilter(snoozed=False)


class DueFilters(FilterControl[DueFilter]):
    """The filter that is in force on the page; `span` is the choice of how far ahead it looks."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, _STATE_KEY, _remembered(session), _FIRST, parent)
        self.span = QComboBox()
        self.span.setAccessibleName(tr("How far ahead"))
        for days in SPANS:
            self.span.addItem(tr_n("Next {n} day", "Next {n} days", days), days)
        self.span.activated.connect(self._span_chosen)
        self.changed.connect(self._show_span)
        self._show_span()

    def kinds(self) -> Sequence[tuple[str, str]]:
        """Return the kinds of conditions, in the order of the menu."""
        return ((KIND, tr("&What is due")),)

    def chips(self) -> list[Chip]:
        """Return one chip for each condition."""
        if not self.wanted.kinds:
            return []
        names = [kind_name(kind) for kind in DueKind if kind in self.wanted.kinds]
        return [Chip(KIND, tr("Only"), formats.any_of(names))]

    def with_text(self, text: str) -> DueFilter:
        """Return the filter in force with another text."""
        return replace(self.wanted, text=text)

    def without(self, key: str) -> DueFilter:
        """Return the filter in force without its condition."""
        return replace(self.wanted, kinds=frozenset())

    def popup(self, key: str) -> FilterPopup:
        """Return the popup in which kinds are ticked."""

        def choose(ticked: frozenset[object]) -> None:
            # Qt hands members of a text enumeration back as plain texts.
            self.set(replace(self.wanted, kinds=frozenset(DueKind(str(kind)) for kind in ticked)))

        choices = [(kind, kind_name(kind)) for kind in DueKind]
        return ChoicePopup(tr("What is due"), choices, frozenset(self.wanted.kinds), choose, self.bar)

    def clear(self) -> None:
        """Let every kind and every name through; how far ahead stays as it is."""
        self.set(replace(self.wanted, kinds=frozenset(), text=""))
        self.bar.field.setFocus()

    def look_ahead(self, days: int) -> None:
        """Look so many days ahead."""
        self.set(replace(self.wanted, days=days))

    def show_snoozed(self, *, shown: bool) -> None:
        """List what is snoozed too, or leave it out."""
        self.set(replace(self.wanted, snoozed=shown))

    def _span_chosen(self) -> None:
        self.look_ahead(int(self.span.currentData()))

    def _show_span(self) -> None:
        self.span.setCurrentIndex(self.span.findData(self.wanted.days))


def _remembered(session: Session) -> DueFilter:
    try:
        held = DueFilter.from_json(session.state.get(_STATE_KEY))
    except ValueError:
        return _FIRST
    return held if held.days in SPANS else replace(held, days=_FIRST.days)
