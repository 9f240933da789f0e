"""How the parts of a page of records stand together: head, filters, table or what stands for it, details."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.records.footer import Footer
from app.ui.records.pane import RecordPane, rule
from app.ui.state import LedgerState
from app.ui.tables.view import LedgerTable
from app.ui.theme import theme
from app.ui.widgets.button import icon_button
from app.ui.widgets.page_header import PageHeader

_LEAST_PANE = 240
"""What a pane that opens by itself has at least beside the table, in pixels at 100 % text size."""


class RecordsFrame(QWidget):
    """Lays the parts out; what they do is the page's business. `key` begins the names of what is remembered.

    `room_for_table` is in pixels at 100 % text size: the pane is made narrower than usual before the table gets
    less, and opens by itself only where the table keeps so much.
    """

    room_for_table = 800

    def __init__(
        self,
        state: LedgerState,
        key: str,
        head: PageHeader,
        controls: Sequence[QPushButton],
        filter_bar: QWidget,
        table: LedgerTable,
        pane: RecordPane,
        no_match: QWidget,
    ) -> None:
        """Lay out the parts; the last of the `controls` is the button for a new record."""
        super().__init__()
        self._state = state
        self._width_key = f"{key}.pane_width"
        self._table = table
        self.head = head
        self.columns = icon_button("table-properties", tr("Columns and order"))
        self.new = controls[-1]
        self._controls = (*controls[:-1], self.columns, self.new)
        for control in self._controls:
            self.head.add_control(control)
        self.footer = Footer()
        self.pane = pane
        self.pane.hide()
        self._no_match = no_match
        self._rows = QStackedWidget()
        self._rows.addWidget(table)
        self._rows.addWidget(no_match)
        self._splitter = self._make_splitter()
        self._full = QWidget()
        full = _column(self._full)
        full.addWidget(filter_bar)
        full.addWidget(rule())
        full.addWidget(self._splitter, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._full)
        self._empty: QWidget | None = None
        column = _column(self)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        self._splitter.splitterMoved.connect(self._remember)
        table.verticalScrollBar().installEventFilter(self)

    @property
    def is_empty(self) -> bool:
        """Whether the page says that there are no records yet."""
        return self._stack.currentWidget() is self._empty

    def set_empty_state(self, empty: QWidget) -> None:
        """Say what is shown in a ledger without such records."""
        self._empty = empty
        self._stack.addWidget(empty)

    def put_above_table(self, strip: QWidget) -> None:
        """Put something above the table, as wide as it is."""
        self._below.insertWidget(0, strip)

    def show_state(self, *, empty: bool, no_match: bool) -> None:
        """Show the table, or what stands for it."""
        if self._empty is not None:
            self._stack.setCurrentWidget(self._empty if empty else self._full)
        for control in self._controls:
            control.setVisible(not empty)
        self._rows.setCurrentWidget(self._no_match if no_match else self._table)

    def show_pane(self, *, visible: bool) -> None:
        """Show or hide the details; the focus goes back to the table with them."""
        if self.pane.isHidden() != visible:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.pane.isAncestorOf(focused)
        self.pane.setVisible(visible)
        if visible:
            room = self._splitter.width()
            remembered = self._state.get(self._width_key)
            spare = room - theme.current().px(self.room_for_table)
            usual = max(min(self.pane.sizeHint().width(), spare), self.pane.minimumWidth())
            wanted = remembered if isinstance(remembered, int) else usual
            self._splitter.setSizes([max(room - wanted, 1), wanted])
        elif had_focus:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_room_for_pane(self, width: int) -> bool:
        """Tell whether a page of this width can show details without leaving too little of the table."""
        return width >= theme.current().px(self.room_for_table + _LEAST_PANE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the totals below their column when the table's scroll bar comes or goes."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            bar = self._table.verticalScrollBar()
            self.footer.keep_clear(bar.sizeHint().width() if bar.isVisible() else 0)
        return super().eventFilter(watched, event)

    def _remember(self) -> None:
        self._state.put(self._width_key, self.pane.width())

    def _make_splitter(self) -> QSplitter:
        left = QWidget()
        self._below = _column(left)
        self._below.addWidget(self._rows, 1)
        self._below.addWidget(self.footer)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(left)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 0)
        return splitter


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
