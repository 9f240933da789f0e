"""The Debts page: what it shows of the ledger, and how its parts work together."""

from collections.abc import Mapping
from typing import Any

from app.domain.debts import DebtFilter
from app.domain.debts.columns import DEBT_COLUMNS
from app.domain.months import Month
from app.domain.problems import Refused
from app.services import debts, plans
from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.ui.debts.commands import DebtCommands
from app.ui.debts.detail.facts import Detail, read_detail
from app.ui.debts.detail.pane import DebtPane
from app.ui.debts.editing import DebtEditing
from app.ui.debts.empty import make_empty
from app.ui.debts.filters import DebtFilters
from app.ui.debts.footer import Owed, figures, owed_by
from app.ui.debts.source import DebtSource
from app.ui.debts.words import counted
from app.ui.i18n import tr, tr_n
from app.ui.records.empty import no_match
from app.ui.records.frame import RecordsFrame
from app.ui.records.page import RecordsPage
from app.ui.session import Session
from app.ui.tables.model import LazyTableModel
from app.ui.tables.source import TableQuery
from app.ui.tables.view import LedgerTable
from app.ui.widgets.button import primary
from app.ui.widgets.page_header import PageHeader

KEY = "debts"
_ROOM_FOR_TABLE = 860
"""The usual columns take so many pixels at 100 % text size."""


class DebtsPage(RecordsPage):
    """Everything that is owed, and what was."""

    pane: DebtPane
    filters: DebtFilters
    commands: DebtCommands

    def __init__(self, session: Session) -> None:
        super().__init__(session, KEY)
        self.filters = DebtFilters(session, self)
        self._source = DebtSource(session.ledger)
        self.table = self._make_table()
        self.commands = DebtCommands(self)
        self.pane = DebtPane(session, self.commands)
        self.frame = RecordsFrame(
            session.state,
            KEY,
            PageHeader(tr("Debts")),
            (primary(tr("New debt"), "plus"),),
            self.filters.bar,
            self.table,
            self.pane,
            no_match(tr("No debts match these filters"), self.filters.clear),
        )
        self.frame.room_for_table = _ROOM_FOR_TABLE
        self.assemble(*make_empty(session, self.commands.new))
        session.bridge.read(_load_charts, self._charts_loaded, key="debts.charts")

    def open(self, **arguments: Any) -> None:
        """Show one `debt` by its id, what a `filter` lets through, or the page as it was left."""
        wanted = arguments.get("filter")
        if isinstance(wanted, DebtFilter):
            self.filters.set(wanted)
        id = arguments.get("debt")
        if isinstance(id, int):
            self.show_record(id)

    def refresh(self, change: Change | None) -> None:
        """Show the data anew, and work out again when debts are paid off."""
        super().refresh(change)
        self._read_payoffs()

    # -- what the records are

    def count(self) -> int:
        """Return how many debts there are."""
        return debts.count(self.session.ledger)

    def counted_text(self, recorded: int) -> str:
        """Return how many debts there are, in words."""
        return counted(recorded)

    def subtitle(self, recorded: int) -> str:
        """Return how many debts are recorded."""
        return tr_n("{n} recorded", "{n} recorded", recorded)

    def read_totals(self) -> None:
        """Add up what is selected, where that is more than one debt, or else all that is filtered."""
        ledger, wanted = self.session.ledger, self.filters.wanted
        count = self.table.selected_count()
        chosen = self.table.selected_ids() if count > 1 else None

        def read(_interrupt: Interrupt) -> list[Owed]:
            return owed_by(ledger, wanted, chosen)

        def take(totals: list[Owed]) -> None:
            self.footer.show_figures(*figures(totals, of_selection=chosen is not None))
            if chosen is not None and self.table.selected_count() == count:
                self.pane.show_several(count, totals)
            if chosen is None and not wanted:
                self.filters.learn([total.currency for total in totals])

        self.session.bridge.read(read, take, key="debts.totals")

    def read_detail(self, id: int) -> None:
        """Read a debt with its history."""
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> Detail | None:
            return read_detail(ledger, id)

        self.session.bridge.read(read, self._take_detail, key="debts.detail")

    def show_several(self, count: int) -> None:
        """Show that several are selected; what they come to is being added up."""
        self.pane.show_several(count, None)

    def concerns(self, change: Change, id: int) -> bool:
        """A debt looks different where it was changed, or where something may have been bought on it."""
        return change.concerns(Area.DEBTS, id) or not change.areas.isdisjoint({Area.PROFILE, Area.PURCHASES})

    def shown_id(self) -> int | None:
        """Return the id of the debt that the pane shows."""
        shown = self.pane.debt
        return shown.id if shown else None

    # -- inside

    def _make_table(self) -> LedgerTable:
        session = self.session
        model = LazyTableModel(
            DEBT_COLUMNS,
            self._source,
            session.bridge.readers,
            query=TableQuery(self.filters.wanted, "name", False),
            editing=None if session.ledger.read_only else DebtEditing(session.ledger),
            parent=self,
        )
        table = LedgerTable(model, tr("Debts"))
        self.restore_table(table)
        return table

    def _take_detail(self, detail: Detail | None) -> None:
        if detail is not None and self.table.selected_count() <= 1:
            self.pane.show_debt(detail, self._source.payoffs)
            self.reveal_pane()

    def _charts_loaded(self, _loaded: object) -> None:
        self.pane.allow_charts(self._source.payoffs)

    def _read_payoffs(self) -> None:
        ledger = self.session.ledger

        def read(_interrupt: Interrupt) -> Mapping[int, Month | None]:
            try:
                return plans.payoff_months(ledger)
            except Refused:
                # The plan in use cannot be worked out any more; its page says why.
                return {}

        self.session.bridge.read(read, self._take_payoffs, key="debts.payoffs")

    def _take_payoffs(self, payoffs: Mapping[int, Month | None]) -> None:
        self._source.payoffs = payoffs
        self.table.table_model.forget_texts()
        self.pane.show_payoff(payoffs)
        if self.table.sorted_by()[0] == "payoff":
            self.table.table_model.refresh()


def _load_charts(_interrupt: Interrupt) -> None:
    """Load what draws charts off the window's thread; no widget is made by that."""
    import app.ui.debts.detail.chart  # noqa: F401
