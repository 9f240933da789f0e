"""The tab of the settings with exchange rates: what is known, and what can be done with it. It takes effect at once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.exchange_rates import ECB, OWN, ExchangeRate
from app.services import exchange_rates, kinds
from app.services.changes import Area, Change
from app.services.exporting import ExportFormat, ExportOptions, export_file, format_of
from app.services.jobs import JobContext
from app.services.ledger import Interrupt
from app.ui import formats
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.i18n import tr, tr_n
from app.ui.rates import words
from app.ui.session import Session
from app.ui.settings.tab import SettingsTab
from app.ui.theme import theme
from app.ui.widgets.button import default, link
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Label
from app.ui.window.done import done_text

_WIDTH, _HEIGHT = 640, 400
_FOLDER = "rates.folder"


class _Known(NamedTuple):
    """What the tab shows: the listed rates, and how many imported ones there are in all."""

    listed: list[ExchangeRate]
    imported: int


class RateTable(GridView):
    """The rates; Enter or a double click changes one, Del deletes an own one."""

    wanted = Signal()
    delete_wanted = Signal()

    def __init__(self) -> None:
        columns = (
            GridColumn(tr("One"), 70, strong=True),
            GridColumn(tr("Is worth"), 190, right=True, grows=1),
            GridColumn(tr("Since"), 120),
            GridColumn(tr("Source"), 190, quiet=True),
        )
        super().__init__(columns, tr("Exchange rates"))
        self.rates: list[ExchangeRate] = []
        self.doubleClicked.connect(lambda _index: self.wanted.emit())

    @property
    def current(self) -> ExchangeRate | None:
        """The rate that the keyboard is at."""
        row = self.currentIndex().row()
        return self.rates[row] if 0 <= row < len(self.rates) else None

    def show_rates(self, rates: list[ExchangeRate], go_to: int = 0) -> None:
        """Show others; the keyboard goes to a rate by its id, else stays at its own, or in its row."""
        before, row = self.current, self.currentIndex().row()
        self.rates = rates
        self.show_rows(
            [
                (
                    GridCell(rate.base),
                    GridCell(
                        tr("{rate} {currency}").format(
                            rate=words.rate_text(rate.rate), currency=rate.currency
                        )
                    ),
                    GridCell(formats.date(rate.on)),
                    GridCell(words.source_name(rate)),
                )
                for rate in rates
            ]
        )
        ids = [rate.id for rate in rates]
        wanted = go_to or (before.id if before is not None else 0)
        if wanted in ids:
            row = ids.index(wanted)
        if rates and row >= 0:
            self.go_to(min(row, len(rates) - 1), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change or delete the rate that the keyboard is at."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


class RatesTab(SettingsTab):
    """Rates are stored as they are entered, each of which can be undone; Save and Cancel leave them alone."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.known = _Known([], 0)
        self._done = ""
        self._go_to = 0
        self.table = RateTable()
        self.add_button = self._button(tr("A&dd a rate…"), "plus", self.add)
        self.change_button = self._button(tr("C&hange…"), "pencil", self.change)
        self.delete_button = self._button(tr("De&lete"), "trash-2", self.delete)
        self.import_button = self._button(tr("I&mport…"), "import", self.choose_import)
        self.export_button = self._button(tr("&Export…"), "file-output", self.choose_export)
        self.told = Label("", "small", "secondary", wrap=True, tabular=True)
        self.clear_link = link(tr("Delete imported rates"), compact=True)
        self.clear_link.setAutoDefault(False)
        self.clear_link.clicked.connect(self.delete_imported)
        self._empty = EmptyState(
            tr("No exchange rates"),
            tr(
                "They are used where you ask for one total of several currencies. Enter your own, or import the file of"
                " the European Central Bank (eurofxref.csv or eurofxref-hist.csv)."
            ),
            "arrow-left-right",
        )
        self._first = self._empty.add_primary(tr("Import…"), "import")
        self._first.setAutoDefault(False)
        self._first.clicked.connect(self.choose_import)
        first_own = self._empty.add_secondary(tr("Add a rate…"), "plus")
        first_own.setAutoDefault(False)
        first_own.clicked.connect(self.add)
        self._lay_out()
        self.table.wanted.connect(self.change)
        self.table.delete_wanted.connect(self.delete)
        self.table.row_moved.connect(lambda _row: self._fit_buttons())
        self._undoable = 0
        QShortcut(QKeySequence.StandardKey.Undo, self, self.undo)
        session.bridge.changed.connect(self._changed)
        self._fit_buttons()
        self._read()

    def minimumSizeHint(self) -> QSize:
        """Room for a table of some rows, and for whatever else needs more, such as the buttons in large text."""
        look = theme.current()
        return super().minimumSizeHint().expandedTo(QSize(look.px(_WIDTH), look.px(_HEIGHT)))

    # -- what a user can do

    def add(self) -> None:
        """Enter a rate."""
        self._open(None)

    def change(self) -> None:
        """Change an own rate; from an imported one, begin one of one's own that goes before it."""
        rate = self.table.current
        if rate is not None and not self._session.ledger.read_only:
            self._open(rate if rate.source == OWN else replace(rate, id=0, source=OWN))

    def delete(self) -> None:
        """Delete an own rate."""
        rate = self.table.current
        if rate is not None and rate.source == OWN and not self._session.ledger.read_only:
            self._session.bridge.run_command(exchange_rates.remove([rate.id]))

    def delete_imported(self) -> None:
        """Delete every imported rate, which one undo brings back."""
        self._session.bridge.run_command(exchange_rates.remove_imported())

    def undo(self) -> None:
        """Take back the last change of rates since the tab was opened; whatever was changed before is not seen here."""
        if self._undoable:
            self._undoable -= 1
            self._session.bridge.undo()

    def choose_import(self) -> None:
        """Ask for a file, and import it."""
        from app.ui.rates.importing import open_import

        chosen, _filter = QFileDialog.getOpenFileName(
            self, tr("Import exchange rates"), self._folder(), tr("Rates as CSV (*.csv);;All files (*)")
        )
        if chosen:
            self._session.state.put(_FOLDER, str(Path(chosen).parent))
            open_import(self._session, Path(chosen), self.window())

    def choose_export(self) -> None:
        """Ask for a place, and write every rate there."""
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            tr("Export exchange rates"),
            str(Path(self._folder()) / tr("exchange-rates.csv")),
            tr("CSV, JSON or XLSX (*.csv *.json *.xlsx)"),
        )
        if not chosen:
            return
        path, ledger = Path(chosen), self._session.ledger
        options = ExportOptions(kinds.exporting("rates"), format_of(path) or ExportFormat.CSV)
        self._session.state.put(_FOLDER, str(path.parent))

        def run(context: JobContext) -> int:
            return export_file(ledger, path, options, context).rows

        def done(number: int) -> None:
            many = tr_n("{n} rate", "{n} rates", number)
            said = tr("Wrote {rates} to {file}").format(rates=many, file=path.name)
            self._session.notify(said)
            self.told.setText(said)

        self._session.bridge.start_job(tr("Exporting rates"), run, done)

    # -- inside

    def _open(self, given: ExchangeRate | None) -> None:
        from app.ui.rates.form import RateDialog

        dialog = RateDialog(self._session, given, self.window())
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, id: int) -> None:
        self._go_to = id
        self._read()

    def _changed(self, change: Change) -> None:
        if change.undoable and change.kind != "undo":
            self._undoable = self._undoable + 1 if Area.RATES in change.areas else 0
        if Area.RATES in change.areas:
            self._done = "" if change.kind == "undo" else _done(change)
            self._read()

    def _read(self) -> None:
        ledger = self._session.ledger

        def work(interrupt: Interrupt) -> _Known:
            return _Known(exchange_rates.listing(ledger, interrupt), exchange_rates.count(ledger, ECB))

        self._session.bridge.read(work, self._show, key="rates.listing")

    def _show(self, known: _Known) -> None:
        self.known = known
        had_focus = self.table.hasFocus()
        self.table.show_rates(known.listed, self._go_to)
        self._go_to = 0
        self._stack.setCurrentWidget(self._full if known.listed else self._empty)
        self.setFocusProxy(self.table if known.listed else self._first)
        if had_focus and not known.listed:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)
        own = sum(rate.source == OWN for rate in known.listed)
        said = [tr_n("{n} rate of your own", "{n} rates of your own", own)] if own else []
        if known.imported:
            latest = max(rate.on for rate in known.listed if rate.source == ECB)
            many = tr_n("{n} imported rate", "{n} imported rates", known.imported)
            said.append(tr("{rates}, up to {day}").format(rates=many, day=formats.date(latest)))
        self.told.setText(self._done or " · ".join(said))
        self.clear_link.setVisible(bool(known.imported) and not self._session.ledger.read_only)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        writable, rate = not self._session.ledger.read_only, self.table.current
        for button in (self.add_button, self.import_button, self._first):
            button.setEnabled(writable)
        self.change_button.setEnabled(writable and rate is not None)
        self.delete_button.setEnabled(writable and rate is not None and rate.source == OWN)
        self.export_button.setEnabled(bool(self.known.listed))

    def _folder(self) -> str:
        remembered = self._session.state.get(_FOLDER, "")
        if isinstance(remembered, str) and remembered and Path(remembered).is_dir():
            return remembered
        downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        return downloads or str(Path.home())

    @staticmethod
    def _button(text: str, icon: str, act: Callable[[], None]) -> QPushButton:
        made = default(text, icon)
        made.setAutoDefault(False)
        # `clicked` tells whether a button is ticked, which no act wants to know.
        made.clicked.connect(lambda _ticked: act())
        return made

    def _lay_out(self) -> None:
        look = theme.current()
        buttons = QHBoxLayout()
        buttons.setSpacing(look.space("s"))
        for button in (self.add_button, self.change_button, self.delete_button):
            buttons.addWidget(button)
        buttons.addStretch()
        for button in (self.import_button, self.export_button):
            buttons.addWidget(button)
        below = QHBoxLayout()
        below.addWidget(self.told, 1)
        below.addWidget(self.clear_link)
        self._full = QWidget()
        full = QVBoxLayout(self._full)
        full.setContentsMargins(0, 0, 0, 0)
        full.setSpacing(look.space("m"))
        words_above = tr(
            "Used only where you ask for one total. A rate holds from its day until the next one; your own goes"
            " before an imported one of the same day. Changes here are kept at once and can be undone."
        )
        full.addWidget(Label(words_above, "small", "secondary", wrap=True))
        full.addWidget(Card(self.table), 1)
        full.addLayout(buttons)
        full.addLayout(below)
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for page in (self._blank, self._full, self._empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)


def _done(change: Change) -> str:
    """Return what was changed and that it can be taken back, which the window behind shows only later."""
    keys = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
    return tr("{done} · {keys} takes it back").format(done=done_text(change.label)[0], keys=keys)
