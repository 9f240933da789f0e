"""The questions of the export dialog."""

from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services import kinds
from app.services.exporting import ExportFormat, ExportOptions, ExportReport, export_file
from app.services.exporting.choices import (
    ExportChoices,
    Offer,
    Rows,
    suggested_name,
)
from app.services.exporting.kind import ExportKind
from app.ui import formats
from app.ui.dialogs.choices import Choice, ChoiceList
from app.ui.exporting.frame import Writer
from app.ui.exporting.place import FilePlace
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
        self.place = FilePlace(tr("Export"), self._before.format)
        self._fill_combos()
        self._take(self._before)
        self._lay_out()
        name = suggested_name(offer.kind.key, session.ledger.today(), self._format())
        self.place.begin(folder, self._before.folder, name)
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

    @property
    def page(self) -> QWidget:
        """The form itself."""
        return self

    def writer(self) -> Writer:
        """Return what writes the records that are chosen now."""
        ledger, options = self._session.ledger, self.options()
        return lambda target, context: export_file(ledger, target, options, context)

    def counted(self, report: ExportReport) -> str:
        """Return how many records were written in words."""
        return words_for(self.kind.key).counted(report.rows)

    def focus_first(self) -> None:
        """Put the focus on what was chosen among the rows."""
        self.rows.button(self.rows.value()).setFocus(Qt.FocusReason.OtherFocusReason)

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
        self.place.format_meant.connect(self._format_typed)
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

    def _format_chosen(self, _value: str = "") -> None:
        places = {ExportFormat.CSV: self._csv, ExportFormat.JSON: self._json, ExportFormat.XLSX: self._xlsx}
        self._details.setCurrentWidget(places[self._format()])
        self.place.set_format(self._format())

    def _format_typed(self, format: ExportFormat) -> None:
        self.format.set_value(format.value)
        self._format_chosen()

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
