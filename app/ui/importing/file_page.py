"""The first step: which file, and how it is read."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from app.domain.money import CURRENCIES
from app.services import kinds
from app.services.importing.inspection import FileFacts
from app.ui import formats
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.dialogs.page import WizardPage
from app.ui.dialogs.path_field import PathField
from app.ui.i18n import tr, tr_n
from app.ui.importing.drop_area import DropArea
from app.ui.kinds import words_for
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice

FOLDER_KEY = "import.folder"
SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".xlsx")
_COLUMN_WIDTH = 130


class FilePage(WizardPage):
    """A path, a place to drop a file, what was recognised, and the file's first rows as they are read.

    `file_wanted` carries a path to look into, `path_changed` tells that the path is being typed, `options_changed`
    how the file shall be read instead of the guess, `kind_chosen` the key of the kind of record that it holds,
    `currency_chosen` the currency of rows that name none.
    """

    file_wanted = Signal(Path)
    options_changed = Signal(object)
    kind_chosen = Signal(str)
    currency_chosen = Signal(str)
    path_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Choose a file"), tr("Nothing is written to your ledger until you choose Import."), parent
        )
        self._session = session
        self._facts: FileFacts | None = None
        self.place = PathField(tr("&File"), tr("B&rowse…"))
        self.place.browse_wanted.connect(self._browse)
        self.place.edited.connect(self._edited)
        self.place.field.editingFinished.connect(self._typed)
        self.area = DropArea()
        self.area.dropped.connect(self.choose)
        self.note = Notice("")
        self.kind = QComboBox()
        self.encoding = QComboBox()
        self.delimiter = QComboBox()
        self.sheet = QComboBox()
        self.currency = currency_list()
        self.header = QCheckBox(tr("The first row &has the names of the columns"))
        self.rows = GridView((), tr("First rows of the file"))
        self._card = Card(self.rows)
        self._labels: dict[QWidget, Label] = {}
        self._fill_combos()
        self._lay_out()
        self._connect()
        self.show_nothing()

    def choose(self, path: Path) -> None:
        """Look into a file, as if the user had chosen it."""
        self.place.set_path(path)
        self.file_wanted.emit(path)

    def show_busy(self, path: Path) -> None:
        """Say that a file is being looked into."""
        self.place.show_message("")
        self.area.invite(tr("Looking into {file}…").format(file=path.name), "")

    def show_problem(self, sentence: str) -> None:
        """Say at the field why a file cannot be imported."""
        self.show_nothing()
        self.place.show_message(sentence, "error")

    def show_nothing(self) -> None:
        """Ask for a file."""
        self._facts = None
        self.area.invite(
            tr("Drop a CSV, JSON or XLSX file here"),
            tr("Order histories of Amazon, lists of debts, files of other programs, your own spreadsheets"),
        )
        for piece in (self._reading, self._card, self.note):
            piece.hide()

    def show_file(self, facts: FileFacts, currency: str, *, asks_currency: bool) -> None:
        """Show what a file is, how it is read, and its first rows."""
        self._facts = facts
        self.place.show_message("")
        self.area.show_file(headline(facts), reading(facts))
        self.note.set(" ".join(facts.notes))
        self.note.setVisible(bool(facts.notes))
        self._show_reading(facts, currency, asks_currency=asks_currency)
        self._show_rows(facts)
        self._reading.show()
        self._card.show()

    def focus_first(self) -> None:
        """Begin in the field of the path."""
        self.place.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside

    def _show_reading(self, facts: FileFacts, currency: str, *, asks_currency: bool) -> None:
        if facts.encoding and self.encoding.findData(facts.encoding) < 0:
            self.encoding.addItem(facts.encoding, facts.encoding)
        self.encoding.setCurrentIndex(self.encoding.findData(facts.encoding))
        if facts.delimiter and self.delimiter.findData(facts.delimiter) < 0:
            self.delimiter.addItem(facts.delimiter, facts.delimiter)
        self.delimiter.setCurrentIndex(self.delimiter.findData(facts.delimiter))
        self.sheet.clear()
        for name in facts.sheets:
            self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(self.sheet.findData(facts.sheet))
        self.kind.setCurrentIndex(self.kind.findData(facts.plan.kind.key))
        self.header.setChecked(facts.options.has_header)
        self.currency.setCurrentIndex(self.currency.findData(currency))
        self._show_field(self.encoding, shown=bool(facts.encoding))
        self._show_field(self.delimiter, shown=bool(facts.delimiter))
        self._show_field(self.sheet, shown=len(facts.sheets) > 1)
        self._show_field(self.currency, shown=asks_currency)
        self.header.setVisible(facts.has_header_row)

    def _show_field(self, field: QWidget, *, shown: bool) -> None:
        field.setVisible(shown)
        self._labels[field].setVisible(shown)

    def _show_rows(self, facts: FileFacts) -> None:
        columns = [GridColumn(header, _COLUMN_WIDTH, grows=1) for header in facts.headers]
        rows = [[GridCell(text) for text in row] for row in facts.first_rows]
        self.rows.show_rows(rows, columns)

    def _fill_combos(self) -> None:
        for kind in kinds.imported():
            self.kind.addItem(words_for(kind.key).title, kind.key)
        for name, text in encodings():
            self.encoding.addItem(text, name)
        for value, text in (
            (",", tr("Comma")),
            (";", tr("Semicolon")),
            ("\t", tr("Tab")),
            ("|", tr("Bar |")),
        ):
            self.delimiter.addItem(text, value)

    def _connect(self) -> None:
        for combo in (self.encoding, self.delimiter, self.sheet):
            combo.activated.connect(self._reading_changed)
        self.header.clicked.connect(self._reading_changed)
        self.kind.activated.connect(lambda _at: self.kind_chosen.emit(self.kind.currentData()))
        self.currency.activated.connect(lambda _at: self.currency_chosen.emit(self.currency.currentData()))

    def _reading_changed(self, _value: object = None) -> None:
        if self._facts is None:
            return
        options = replace(
            self._facts.options,
            encoding=self._chosen(self.encoding, self._facts.encoding, self._facts.options.encoding),
            delimiter=self._chosen(self.delimiter, self._facts.delimiter, self._facts.options.delimiter),
            sheet=self._chosen(self.sheet, self._facts.sheet, self._facts.options.sheet),
            has_header=self.header.isChecked(),
        )
        self.options_changed.emit(options)

    @staticmethod
    def _chosen(combo: QComboBox, found: str, before: str) -> str:
        """Return what the user chose where that is not what was found anyway."""
        value = str(combo.currentData() or "")
        return before if value == found else value

    def _edited(self) -> None:
        self.show_nothing()
        self.path_changed.emit()

    def _typed(self) -> None:
        path = self.place.path()
        if path is not None and (self._facts is None or path != self._facts.path):
            self.file_wanted.emit(path)

    def _browse(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self,
            tr("Choose a file to import"),
            str(self.place.path() or first_folder(self._session)),
            tr("Tables ({patterns});;All files (*)").format(patterns=" ".join(f"*{end}" for end in SUFFIXES)),
        )
        if chosen:
            self.choose(Path(chosen))

    def _lay_out(self) -> None:
        look = theme.current()
        self._reading = QWidget()
        column = QVBoxLayout(self._reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("s"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space("l"))
        grid.setVerticalSpacing(look.space("xs"))
        fields = (
            (tr("&What is in the file?"), self.kind),
            (tr("&Encoding"), self.encoding),
            (tr("Se&parator"), self.delimiter),
            (tr("&Sheet"), self.sheet),
            (tr("&Currency of rows that name none"), self.currency),
        )
        for at, (text, field) in enumerate(fields):
            label = Label(text)
            label.setBuddy(field)
            self._labels[field] = label
            grid.addWidget(label, 0, at)
            grid.addWidget(field, 1, at)
        grid.setColumnStretch(len(fields), 1)
        column.addLayout(grid)
        column.addWidget(self.header)
        self.body.addWidget(self.place)
        self.body.addWidget(self.area)
        self.body.addWidget(self.note)
        self.body.addWidget(self._reading)
        self.body.addWidget(self._card, 1)
        self.body.addStretch()


def currency_list() -> QComboBox:
    """Return a list of all currencies by their codes."""
    combo = QComboBox()
    for code in sorted(CURRENCIES):
        combo.addItem(code, code)
    return combo


def headline(facts: FileFacts) -> str:
    """Return what a file is: "Amazon order history, 74 rows"."""
    what = facts.program or tr("Table")
    rows = tr_n("{n} row", "{n} rows", facts.rows)
    if facts.more:
        rows = tr("more than {rows}").format(rows=rows)
    return tr("{what}, {rows}").format(what=what, rows=rows)


def reading(facts: FileFacts) -> str:
    """Return how a file is read, and of a table of unknown origin how much of it was understood."""
    if facts.program:
        return facts.description
    used, columns = len(set(facts.plan.mapping.columns.values())), len(facts.headers)
    known = tr("{used} of {all} columns recognised").format(
        used=formats.count(used), all=formats.count(columns)
    )
    return f"{facts.description} · {known}"


def first_folder(session: Session) -> Path:
    """Return where the last file came from, or where files are mostly downloaded to."""
    before = session.state.get(FOLDER_KEY)
    places = (
        QStandardPaths.StandardLocation.DownloadLocation,
        QStandardPaths.StandardLocation.DocumentsLocation,
    )
    standard = [QStandardPaths.writableLocation(place) for place in places]
    for folder in (before, *standard):
        if isinstance(folder, str) and folder and Path(folder).is_dir():
            return Path(folder)
    return Path.home()


def encodings() -> Sequence[tuple[str, str]]:
    """Return the encodings that files mostly are in: Python's name and what a person calls it."""
    return (
        ("utf-8", "UTF-8"),
        ("utf-8-sig", tr("UTF-8 with a mark")),
        ("utf-16", "UTF-16"),
        ("cp1252", tr("Western (Windows-1252)")),
        ("cp1250", tr("Central European (Windows-1250)")),
        ("cp1251", tr("Cyrillic (Windows-1251)")),
        ("cp1253", tr("Greek (Windows-1253)")),
        ("cp1254", tr("Turkish (Windows-1254)")),
        ("mac-roman", tr("Western (Mac)")),
        ("cp850", tr("Western (DOS)")),
        ("shift_jis", tr("Japanese (Shift JIS)")),
        ("gb18030", tr("Chinese (GB 18030)")),
        ("big5", tr("Chinese (Big5)")),
        ("euc_kr", tr("Korean (EUC-KR)")),
    )
