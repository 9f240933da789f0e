"""The page of what is due: one list of warranty ends, return-by dates, payment days and ends of promotional rates."""

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from app.domain.due import PAYMENT_KINDS, DueItem
from app.domain.money import Money
from app.services.changes import Change
from app.ui import formats
from app.ui.due.commands import DueCommands
from app.ui.due.exporting import export_calendar
from app.ui.due.filters import SPANS, DueFilters
from app.ui.due.opening import open_record
from app.ui.due.source import DUE_COLUMNS, DueSource
from app.ui.due.words import counted, days_of
from app.ui.i18n import tr, tr_n
from app.ui.pages import Page
from app.ui.records.empty import no_match
from app.ui.records.footer import Footer
from app.ui.records.pane import rule
from app.ui.session import Session
from app.ui.tables.model import LazyTableModel
from app.ui.tables.source import TableQuery
from app.ui.tables.view import LedgerTable
from app.ui.widgets.button import default
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page_header import PageHeader

_TABLE_KEY = "due.table"
_SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class DuePage(Page):
    """Everything that ends or is to be paid, by day."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._loaded = False
        self.filters = DueFilters(session, self)
        self._source = DueSource(session.ledger)
        self.table = self._make_table()
        self.commands = DueCommands(self)
        self.head = PageHeader(tr("What is due"))
        self.snoozed = QCheckBox(tr("Show snoozed"))
        self.export = default(tr("Export…"), "calendar-plus")
        self.export.setToolTip(tr("Write a calendar file of what is shown"))
        for control in (self.snoozed, self.filters.span, self.export):
            self.head.add_control(control)
        self.footer = Footer()
        self._no_match = no_match(tr("No dates match these filters"), self.filters.clear)
        self._empty = EmptyState("", "", "calendar-check")
        self._further = self._empty.add_secondary(tr("Look a year ahead"), "calendar-clock")
        self._rows = QStackedWidget()
        for shown in (self.table, self._no_match, self._empty):
            self._rows.addWidget(shown)
        self._lay_out()
        self._connect()
        self.commands.declare()
        self._show_choices()

    # -- what the window asks

    def open(self, **arguments: Any) -> None:
        """Show the page as it was left, or looking so many `days` ahead."""
        days = arguments.get("days")
        if days in SPANS:
            self.filters.look_ahead(days)

    def refresh(self, change: Change | None) -> None:
        """Show what is due now."""
        if self._loaded:
            self.table.table_model.refresh()
        else:
            self._loaded = True
            self.table.table_model.load()

    def focus_first(self) -> None:
        """Go on in the table, or with the first thing to do."""
        first: QWidget = self._further if self._rows.currentWidget() is self._empty else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        """Filter field, table."""
        return [self.filters.bar.field, self.table]

    def leave(self) -> None:
        """Remember the columns."""
        self._remember_table()

    # -- what actions ask

    @property
    def has_selection(self) -> bool:
        """Whether at least one item is selected."""
        return self._rows.currentWidget() is self.table and self.table.selected_count() > 0

    def selected(self) -> list[DueItem]:
        """Return the selected items, in the order of the table."""
        return self._source.items(self.table.selected_ids())

    def toggle_snoozed(self) -> None:
        """List what is snoozed too, or leave it out."""
        self.filters.show_snoozed(shown=not self.filters.wanted.snoozed)

    def export_calendar(self) -> None:
        """Write what the filters let through to a calendar file."""
        export_calendar(self.session, self.filters.wanted)

    # -- inside

    def _make_table(self) -> LedgerTable:
        session = self.session
        model = LazyTableModel(
            DUE_COLUMNS,
            self._source,
            session.bridge.readers,
            query=TableQuery(self.filters.wanted, "on", False),
            parent=self,
        )
        table = LedgerTable(model, tr("What is due"))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        remembered = session.state.get(_TABLE_KEY)
        if isinstance(remembered, dict):
            table.restore(remembered)
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.filters.bar)
        column.addWidget(rule())
        column.addWidget(self._rows, 1)
        column.addWidget(self.footer)

    def _connect(self) -> None:
        table, model = self.table, self.table.table_model
        self.filters.changed.connect(self._filter_changed)
        self.snoozed.clicked.connect(lambda shown: self.filters.show_snoozed(shown=shown))
        self.export.clicked.connect(self.export_calendar)
        self._further.clicked.connect(self._look_further)
        model.counted.connect(self._show_counts)
        model.settled.connect(self._settled)
        model.failed.connect(self.session.bridge.show_error)
        table.selection_changed.connect(self._selection_changed)
        table.current_changed.connect(self._selection_changed)
        table.opened.connect(self._opened)
        table.delete_requested.connect(self.commands.silence)
        table.columns_changed.connect(self._remember_table)
        table.said.connect(self.session.notify)
        table.customContextMenuRequested.connect(self._show_context_menu)
        self.filters.bar.field.installEventFilter(self)

    def _look_further(self) -> None:
        """Look ahead as far as there is; the button hides, so the focus goes to the choice that it made."""
        self.filters.span.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filters.look_ahead(SPANS[-1])

    def _filter_changed(self) -> None:
        self._show_choices()
        self.table.table_model.set_filter(self.filters.wanted)
        self.session.actions.refresh_soon()

    def _show_choices(self) -> None:
        wanted = self.filters.wanted
        self.snoozed.setChecked(wanted.snoozed)
        title = tr_n("Nothing is due in the next {n} day", "Nothing is due in the next {n} days", wanted.days)
        sentence = tr(
            "Warranties that end, days until which something can be returned, payments and promotional rates"
            " are listed here as soon as they are recorded."
        )
        self._empty.set_texts(title, sentence)
        self._further.setVisible(wanted.days < SPANS[-1])

    def _settled(self) -> None:
        self._show_counts()
        self._show_figures()
        self.session.actions.refresh_soon()

    def _show_counts(self) -> None:
        model = self.table.table_model
        shown = model.rowCount()
        if shown or not model.complete:
            self._rows.setCurrentWidget(self.table)
        else:
            self._rows.setCurrentWidget(self._no_match if self.filters.wanted else self._empty)
        if model.complete:
            self.footer.show_counts(shown, shown, counted(shown), self.table.selected_count())

    def _show_figures(self) -> None:
        """Say how much is due soon, and what the payments that are listed come to."""
        items = self._source.listed()
        soon = min(self.session.ledger.reminders.window, self.filters.wanted.days)
        near = sum(
            1 for item in items if item.snoozed_until is None and item.days_from(self._source.today) <= soon
        )
        self.head.set_subtitle(
            tr("{dates} within {days}").format(dates=counted(near), days=days_of(soon)) if near else ""
        )
        totals = _payments(items)
        amounts = "  ".join(formats.money(total) for total in totals)
        self.footer.show_figures(tr("Payments") if totals else "", amounts)

    def _selection_changed(self, *_arguments: object) -> None:
        self._show_counts()
        self.session.actions.refresh_soon()

    def _opened(self, number: object) -> None:
        for item in self._source.items([int(str(number))]):
            open_record(self.session, item)

    def _show_context_menu(self, point: QPoint) -> None:
        menu = self.session.actions.context_menu(self, self.commands.context_ids())
        menu.popup(self.table.viewport().mapToGlobal(point))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down or Enter in the filter field goes to the table."""
        if (
            watched is self.filters.bar.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._go_into_table()
            return True
        return super().eventFilter(watched, event)

    def _go_into_table(self) -> None:
        model = self.table.table_model
        if not self.table.selected_count() and model.rowCount():
            first = model.index(0, model.column_of("name"))
            self.table.selectionModel().setCurrentIndex(first, _SELECT_ROW)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _remember_table(self) -> None:
        self.session.state.put(_TABLE_KEY, self.table.saved_state())


def _payments(items: list[DueItem]) -> list[Money]:
    """Return what the payments among items come to, a currency each."""
    totals: dict[str, int] = {}
    for item in items:
        if item.kind in PAYMENT_KINDS and item.amount is not None:
            totals[item.currency] = totals.get(item.currency, 0) + item.amount
    return [Money(total, currency) for currency, total in sorted(totals.items())]
