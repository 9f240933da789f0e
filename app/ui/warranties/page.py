"""The Warranties page: what it shows of the ledger, and how its parts work together."""

from collections import Counter
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.spending import CoverCounts
from app.domain.warranties import CoverFilter, CoverStatus, cover_status
from app.domain.warranties.columns import WARRANTY_COLUMNS
from app.services import warranties
from app.services.changes import Area, Change
from app.services.ledger import Interrupt, Ledger
from app.ui.i18n import tr, tr_n
from app.ui.records.empty import no_match
from app.ui.records.frame import RecordsFrame
from app.ui.records.page import RecordsPage
from app.ui.records.ranges import Span
from app.ui.records.saved import FilterShelf, SavedFilters
from app.ui.session import Session
from app.ui.tables.model import LazyTableModel
from app.ui.tables.source import Ids, TableQuery
from app.ui.tables.view import LedgerTable
from app.ui.warranties.commands import CoverCommands
from app.ui.warranties.detail.pane import CoverPane
from app.ui.warranties.detail.reading import CoverDetail, read_detail
from app.ui.warranties.editing import CoverEditing, make_editor
from app.ui.warranties.empty import make_empty
from app.ui.warranties.filters import CoverFilters
from app.ui.warranties.source import CoverSource
from app.ui.warranties.strip import TimelineStrip
from app.ui.warranties.words import counted, states_text
from app.ui.widgets.button import primary
from app.ui.widgets.page_header import PageHeader

KEY = "warranties"
_ROOM_FOR_TABLE = 820
"""The usual columns take so many pixels at 100 % text size."""
_ROOM_FOR_STATES = 1100
"""A page of so many pixels at 100 % text size says below the table how many are in which state."""
_COUNTED = 2000
"""Up to so many selected warranties the pane says in which states they are."""
_NOT_VOIDED = frozenset(CoverStatus) - {CoverStatus.VOIDED}


class _Told(NamedTuple):
    """What is read besides the rows: states of what is filtered and of what is selected, known kinds and providers."""

    counts: CoverCounts
    selected: CoverCounts | None
    kinds: list[str]
    providers: list[str]


class WarrantiesPage(RecordsPage):
    """Every warranty of everything that was bought."""

    pane: CoverPane
    filters: CoverFilters
    commands: CoverCommands

    def __init__(self, session: Session) -> None:
        super().__init__(session, KEY)
        self._counts = CoverCounts()
        self._names: dict[str, list[str]] = {"kind": [], "provider": []}
        self.filters = CoverFilters(session, self)
        self.saved = SavedFilters(session, _shelf(), self)
        self.strip = TimelineStrip(session)
        self.table = self._make_table()
        self.commands = CoverCommands(self)
        self.pane = CoverPane(session, self.commands)
        self.frame = RecordsFrame(
            session.state,
            KEY,
            PageHeader(tr("Warranties")),
            (self.saved.button, self.strip.button, primary(tr("New warranty"), "plus")),
            self.filters.bar,
            self.table,
            self.pane,
            no_match(tr("No warranties match these filters"), self.filters.clear),
        )
        self.frame.room_for_table = _ROOM_FOR_TABLE
        self.frame.put_above_table(self.strip)
        self.strip.month_chosen.connect(self._month_chosen)
        self.strip.show_filter(self.filters.wanted, read=False)
        self.filters.changed.connect(self._name_filter)
        self.saved.chosen.connect(self.filters.set)
        self.saved.show_filter(self.filters.wanted)
        self.assemble(*make_empty(session, self.commands.new))
        self.pane.bulk_requested.connect(self.commands.bulk_edit)

    def open(self, **arguments: Any) -> None:
        """Show one `warranty` by its id, what a `filter` lets through, or the page as it was left."""
        wanted, id = arguments.get("filter"), arguments.get("warranty")
        if isinstance(wanted, CoverFilter):
            self.filters.set(wanted)
        if isinstance(id, int):
            self.show_record(id)

    def refresh(self, change: Change | None) -> None:
        """Show the data anew."""
        if change is None or Area.SAVED_FILTERS in change.areas:
            self.saved.load()
        super().refresh(change)
        if change is None or change.areas != {Area.SAVED_FILTERS}:
            self.strip.show_filter(self.filters.wanted)

    # -- what the records are

    def count(self) -> int:
        """Return how many warranties there are."""
        return warranties.count(self.session.ledger)

    def counted_text(self, recorded: int) -> str:
        """Return how many warranties there are, and how many of those shown end soon."""
        soon = self._counts.expiring
        if not soon:
            return counted(recorded)
        return f"{counted(recorded)} · " + tr_n("{n} expiring", "{n} expiring", soon)

    def subtitle(self, recorded: int) -> str:
        """Return how many warranties are recorded."""
        return tr_n("{n} recorded", "{n} recorded", recorded)

    def read_totals(self) -> None:
        """Count the states of what is filtered and, where several are selected, of these."""
        ledger, wanted = self.session.ledger, self.filters.wanted
        count = self.table.selected_count()
        chosen = self.table.selected_ids() if 1 < count <= _COUNTED else None

        def read(interrupt: Interrupt) -> _Told:
            return _Told(
                warranties.counts(ledger, wanted, interrupt),
                None if chosen is None else _counts_of(ledger, chosen),
                warranties.kinds(ledger),
                warranties.providers(ledger),
            )

        def take(told: _Told) -> None:
            self._counts = told.counts
            self._names = {"kind": told.kinds, "provider": told.providers}
            self.filters.learn(told.kinds, told.providers)
            self._show_states()
            self._show_counts()
            if told.selected is not None and self.table.selected_count() == count:
                self.pane.show_several(count, told.selected)

        self.session.bridge.read(read, take, key="warranties.totals")

    def read_detail(self, id: int) -> None:
        """Read a warranty with what belongs to it."""
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> CoverDetail | None:
            return read_detail(ledger, id)

        self.session.bridge.read(read, self._take_detail, key="warranties.detail")

    def show_several(self, count: int) -> None:
        """Show that several are selected; their states are being counted."""
        self.pane.show_several(count, None)

    def concerns(self, change: Change, id: int) -> bool:
        """A warranty looks different where it, its purchase, another warranty on that or a setting was changed."""
        row = self.pane.row
        if row is not None and change.concerns(Area.PURCHASES, row.purchase_id):
            return True
        others = {Area.NAMES, Area.PROFILE, Area.SETTINGS}
        return change.concerns(Area.WARRANTIES, id) or not change.areas.isdisjoint(others)

    def shown_id(self) -> int | None:
        """Return the id of the warranty that the pane shows."""
        shown = self.pane.row
        return shown.id if shown else None

    def panes(self) -> list[QWidget]:
        """Filters, timeline, table, details."""
        field, *rest = super().panes()
        return [field, *self.strip.panes(), *rest]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the table below the timeline."""
        super().resizeEvent(event)
        self.strip.fit(self.height())
        self._show_states()

    # -- inside

    def _show_states(self) -> None:
        """Say in the footer how many are in which state, where it has room for that beside the pane."""
        has_room = self.width() >= self.session.theme.px(_ROOM_FOR_STATES)
        self.footer.show_figures(states_text(self._counts) if has_room else "", "")

    def _make_table(self) -> LedgerTable:
        session = self.session
        model = LazyTableModel(
            WARRANTY_COLUMNS,
            CoverSource(session.ledger),
            session.bridge.readers,
            query=TableQuery(self.filters.wanted, "days_left", False),
            editing=None if session.ledger.read_only else CoverEditing(session.ledger),
            parent=self,
        )
        table = LedgerTable(model, tr("Warranties"))
        table.cells.editor_for = lambda column, _row, parent: make_editor(self._names, column, parent)
        self.restore_table(table)
        return table

    def _name_filter(self) -> None:
        self.saved.show_filter(self.filters.wanted)
        self.strip.show_filter(self.filters.wanted)

    def _month_chosen(self, span: Span) -> None:
        """Show what ends in a month; the one that is chosen already, chosen again, shows all months."""
        wanted, (first, last) = self.filters.wanted, span
        if (wanted.ends_from, wanted.ends_to) == span:
            self.filters.set(replace(wanted, ends_from=None, ends_to=None))
            return
        # The timeline leaves voided warranties out.
        statuses = wanted.statuses or (_NOT_VOIDED if self._counts.voided else frozenset())
        self.filters.set(replace(wanted, ends_from=first, ends_to=last, statuses=statuses))

    def _take_detail(self, detail: CoverDetail | None) -> None:
        if detail is not None and self.table.selected_count() <= 1:
            self.pane.show_cover(detail)
            self.reveal_pane()
            self.session.actions.refresh_soon()


def _counts_of(ledger: Ledger, chosen: Ids) -> CoverCounts:
    today, soon = ledger.today(), ledger.reminders.window
    found = Counter(cover_status(row.cover, today, soon) for row in warranties.rows(ledger, chosen))
    return CoverCounts(*(found[status] for status in CoverStatus))


def _shelf() -> FilterShelf:
    return FilterShelf(KEY, tr("All warranties"), tr("&All warranties"), CoverFilter(), CoverFilter.from_json)
