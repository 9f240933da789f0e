"""The questions of the export dialog."""

from pathlib import Path

import shiboken6
from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services import kinds
from app.services.exporting import ExportFormat, ExportOptions, format_of
from app.services.exporting.choices import (
    ExportChoices,
    Offer,
    Rows,
    suggested_name,
    with_ending,
)
from app.services.exporting.kind import ExportKind
from app.ui import formats
from app.ui.dialogs.choices import Choice, ChoiceList
from app.ui.dialogs.path_field import PathField
from app.ui.i18n import tr
from app.ui.kinds import words_for
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.label import Label

_ALL, _SHOWN = "all", "shown"


class ExportForm(QWidget):
    """What, which rows and columns, how they are written, and where to. Choices that make no sense are disabled.

    `kind_chosen` carries the key of another kind of record; such a form is another one.
    """

    kind_chosen = Signal(str)

    def __init__(
        self,
        session: Session,
        offer: Offer,
        folder: Path | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._offer = offer
        self._before = ExportChoices.from_json(session.state.get(self._state_key))
        words = words_for(offer.kind.key)
        self.what = QComboBox()
        for kind in kinds.exported():
            self.what.addItem(words_for(kind.key).title, kind.key)
        self.what.setCurrentIndex(self.what.findData(offer.kind.key))
        self.rows = ChoiceList(
            words.which,
            (
                Choice(Rows.ALL.value, words.every),
                Choice(Rows.FILTERED.value, tr("Those that the &filter shows")),
                Choice(Rows.SELECTED.value, tr("&Selected ones")),
            ),
        )
        self.columns = ChoiceList(
            tr("Columns"),
            (
                Choice(_ALL, tr("A&ll columns"), tr("can be imported again without loss")),
                Choice(_SHOWN, tr("Only the columns s&hown")),
            ),
        )
        self.format = ChoiceList(
            tr("Format"),
            (
                Choice(ExportFormat.CSV.value, tr("&CSV"), tr("for spreadsheets and other programs")),
                Choice(ExportFormat.XLSX.value, tr("&XLSX"), tr("a workbook with real numbers and dates")),
                Choice(ExportFormat.JSON.value, tr("&JSON"), tr("plain data, for programs")),
            ),
        )
        self.delimiter = QComboBox()
        self.decimal_mark = QComboBox()
        self.bom = QCheckBox(tr("&Mark it as UTF-8, for spreadsheets"))
        self.pretty = QCheckBox(tr("&Indented, to be read by people"))
        self.place = PathField(tr("Save &to"), tr("&Browse…"))
        self._fill_combos()
        self._take(self._before)
        self._lay_out()
        self._set_first_place(folder)
        self._connect()
        self._count()

    # -- what was chosen

    def choices(self) -> ExportChoices:
        """Return what is to be remembered for the next time."""
        path = self.place.path()
        return ExportChoices(
            format=self._format(),
            all_columns=self.columns.value() == _ALL,
            delimiter=str(self.delimiter.currentData()),
            decimal_mark=str(self.decimal_mark.currentData()),
            bom=self.bom.isChecked(),
            pretty=self.pretty.isChecked(),
            folder=str(path.parent) if path is not None else self._before.folder,
        )

    @property
    def kind(self) -> ExportKind:
        """The kind of record that is exported."""
        return self._offer.kind

    def remember(self) -> None:
        """Keep the choices for the next export of this kind."""
        self._session.state.put(self._state_key, self.choices().to_json())

    def options(self) -> ExportOptions:
        """Return what is to be written, and how."""
        return self.choices().options(self._offer, Rows(self.rows.value()))

    def target(self) -> Path | None:
        """Return where to write, or None with a sentence at the field where that cannot be."""
        path = self.place.path()
        if path is None:
            self.show_problem(tr("Enter a name for the file, or choose a place."))
        elif path.is_dir():
            self.show_problem(tr("This is a folder. Add a file name to it."))
        elif not path.is_absolute():
            self.show_problem(tr("Enter the whole path, beginning with a folder, or choose a place."))
        else:
            return with_ending(path, self._format())
        self.focus_target()
        return None

    def show_problem(self, sentence: str, state: str = "error") -> None:
        """Say what is wrong with the place, or with "" what is to be known of it."""
        if sentence:
            self.place.show_message(sentence, state)
        else:
            self._look_at_place()

    def focus_first(self) -> None:
        """Put the focus on what was chosen among the rows."""
        self.rows.button(self.rows.value()).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_target(self) -> None:
        """Put the focus into the field of the place."""
        self.place.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside

    @property
    def _state_key(self) -> str:
        return f"export.{self._offer.kind.key}"

    def _format(self) -> ExportFormat:
        return ExportFormat(self.format.value())

    def _fill_combos(self) -> None:
        for value, text in (
            (",", tr("Comma")),
            (";", tr("Semicolon")),
            ("\t", tr("Tab")),
            ("|", tr("Bar |")),
        ):
            self.delimiter.addItem(text, value)
        self.decimal_mark.addItem(tr("Point, 1234.50"), ".")
        self.decimal_mark.addItem(tr("Comma, 1234,50"), ",")

    def _take(self, choices: ExportChoices) -> None:
        self.format.set_value(choices.format.value)
        self.delimiter.setCurrentIndex(self.delimiter.findData(choices.delimiter))
        self.decimal_mark.setCurrentIndex(self.decimal_mark.findData(choices.decimal_mark))
        self.bom.setChecked(choices.bom)
        self.pretty.setChecked(choices.pretty)
        shown = len(self.kind.attributes_of(self._offer.columns))
        self.columns.enable(_SHOWN, enabled=bool(shown))
        self.columns.set_detail(_SHOWN, formats.count(shown) if shown else "")
        self.columns.set_value(_ALL if choices.all_columns or not shown else _SHOWN)
        selected, filtered = len(self._offer.selected), bool(self._offer.wanted)
        self.rows.enable(Rows.SELECTED.value, enabled=selected > 0)
        self.rows.set_detail(Rows.SELECTED.value, formats.count(selected))
        self.rows.enable(Rows.FILTERED.value, enabled=filtered)
        wanted = Rows.SELECTED if selected > 1 else Rows.FILTERED if filtered else Rows.ALL
        self.rows.set_value(wanted.value)

    def _connect(self) -> None:
        self.what.activated.connect(lambda _at: self.kind_chosen.emit(self.what.currentData()))
        self.format.chosen.connect(self._format_chosen)
        self.place.browse_wanted.connect(self._browse)
        self.place.edited.connect(self._name_typed)
        self._format_chosen()

    def _count(self) -> None:
        """Ask how many rows there are; until the answer comes nothing is said."""
        ledger, wanted, kind = self._session.ledger, self._offer.wanted, self.kind
        self._session.bridge.read(
            lambda _interrupt: (
                kind.count(ledger, kind.everything),
                kind.count(ledger, wanted) if wanted else None,
            ),
            self._take_counts,
            key=self,
        )

    def _take_counts(self, counts: tuple[int, int | None]) -> None:
        if not shiboken6.isValid(self):
            return
        everything, filtered = counts
        self.rows.set_detail(Rows.ALL.value, formats.count(everything))
        self.rows.set_detail(
            Rows.FILTERED.value, tr("no filter is set") if filtered is None else formats.count(filtered)
        )

    def _set_first_place(self, folder: Path | None) -> None:
        before = folder or (Path(self._before.folder) if self._before.folder else None)
        if before is None or not before.is_dir():
            documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            before = Path(documents) if documents and Path(documents).is_dir() else Path.home()
        self.place.set_path(
            before / suggested_name(self.kind.key, self._session.ledger.today(), self._format())
        )

    def _format_chosen(self, _value: str = "") -> None:
        places = {ExportFormat.CSV: self._csv, ExportFormat.JSON: self._json, ExportFormat.XLSX: self._xlsx}
        self._details.setCurrentWidget(places[self._format()])
        path = self.place.path()
        if path is not None and path.name:
            self.place.set_path(with_ending(path, self._format()))
        self._look_at_place()

    def _name_typed(self) -> None:
        path = self.place.path()
        meant = format_of(path) if path is not None else None
        if meant is not None and meant is not self._format():
            self.format.set_value(meant.value)
            self._format_chosen()
        self._look_at_place()

    def _look_at_place(self) -> None:
        """Say in the form that a file will be replaced, so that nobody has to be asked afterwards."""
        path = self.place.path()
        there = path is not None and path.name != "" and with_ending(path, self._format()).is_file()
        words = tr("A file of this name is there already. It will be replaced.")
        self.place.show_message(words if there else "", "warning")

    def _browse(self) -> None:
        path = self.place.path()
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            tr("Export"),
            str(path or Path.home()),
            f"{self._format().value.upper()} (*.{self._format().value})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.place.set_path(with_ending(Path(chosen), format_of(chosen) or self._format()))
            self._name_typed()

    def _lay_out(self) -> None:
        look = theme.current()
        self._csv, self._json, self._xlsx = self._csv_details(), self._json_details(), self._xlsx_details()
        self._details = QStackedWidget()
        for page in (self._csv, self._json, self._xlsx):
            self._details.addWidget(page)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, pieces in ((left, (self.rows, self.columns)), (right, (self.format, self._details))):
            column.setSpacing(look.space("l"))
            for piece in pieces:
                column.addWidget(piece)
            column.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(look.px(32))
        halves.addLayout(left, 1)
        halves.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("l"))
        what = QHBoxLayout()
        what.setSpacing(look.space("m"))
        label = Label(tr("&What"))
        label.setBuddy(self.what)
        what.addWidget(label)
        what.addWidget(self.what)
        what.addStretch(1)
        column.addLayout(what)
        column.addLayout(halves)
        column.addWidget(self.place)
        column.addStretch(1)

    def _csv_details(self) -> QWidget:
        page = QWidget()
        grid = _grid(page)
        for row, (text, field) in enumerate(
            ((tr("Se&parator"), self.delimiter), (tr("Deci&mal mark"), self.decimal_mark))
        ):
            label = Label(text)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.bom, 2, 0, 1, 2)
        return page

    def _json_details(self) -> QWidget:
        page = QWidget()
        _grid(page).addWidget(self.pretty, 0, 0)
        return page

    def _xlsx_details(self) -> QWidget:
        page = QWidget()
        words = tr("One sheet with a frozen header and a filter. Texts that look like formulas stay texts.")
        _grid(page).addWidget(Label(words, "small", "secondary", wrap=True), 0, 0)
        return page


def _grid(page: QWidget) -> QGridLayout:
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(theme.current().space("s"))
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(3, 1)
    grid.setAlignment(Qt.AlignmentFlag.AlignTop)
    return grid
