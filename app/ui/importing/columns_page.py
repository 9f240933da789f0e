"""The second step: which column becomes which field, and what could be read in two ways."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.domain.parsing import DateOrder, DecimalMark
from app.services.importing.flow import ImportFlow
from app.services.importing.guessing import Ambiguity
from app.services.importing.mapping import Target
from app.ui.dialogs.grid_view import Card
from app.ui.dialogs.page import WizardPage
from app.ui.i18n import tr
from app.ui.importing.file_page import currency_list
from app.ui.importing.mapping_table import MappingTable
from app.ui.kinds import words_for
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind


class ColumnsPage(WizardPage):
    """The layout that is used, a row for each column of the file, and the questions that the file leaves open.

    `mapped`, `decimal_mark_chosen`, `date_order_chosen` and `currency_chosen` tell what the user decided,
    `layout_chosen` the place of a layout in the list that `show_layouts` was given, `save_wanted` that the mapping
    is to be kept.
    """

    mapped = Signal(str, str)
    decimal_mark_chosen = Signal(str)
    date_order_chosen = Signal(str)
    layout_chosen = Signal(int)
    currency_chosen = Signal(str)
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Map the columns"),
            tr("Say what each column of the file becomes. Columns that are not imported stay in the file."),
            parent,
        )
        self.layouts = QComboBox()
        self.layouts.activated.connect(self.layout_chosen)
        self.decimal_mark = _question(
            ((".", tr("1,234.50")), (",", tr("1.234,50"))), self.decimal_mark_chosen.emit
        )
        self.date_order = _question(
            (
                ("dmy", tr("Day first: 31.12.2025")),
                ("mdy", tr("Month first: 12/31/2025")),
                ("ymd", tr("Year first: 2025-12-31")),
            ),
            self.date_order_chosen.emit,
        )
        self.save_button = default(tr("&Save this mapping…"), "save")
        self.save_button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save_wanted)
        self.currency = currency_list()
        self.currency.activated.connect(lambda _at: self.currency_chosen.emit(self.currency.currentData()))
        self._currency_label = Label(tr("&Currency of rows that name none"))
        self._currency_label.setBuddy(self.currency)
        self.table = MappingTable()
        self.table.mapped.connect(self.mapped)
        self.missing = Notice("", NoticeKind.WARNING)
        self._layout_field = FormField(tr("&Layout"), self.layouts)
        self.mark_field = FormField(tr("&Amounts are written"), self.decimal_mark)
        self.order_field = FormField(tr("&Dates are written"), self.date_order)
        self._lay_out()

    def show_layouts(self, names: Sequence[str], chosen: int) -> None:
        """Offer these layouts; -1 for none of them."""
        self.layouts.clear()
        self.layouts.addItems(list(names))
        self.layouts.setCurrentIndex(chosen)

    def show_flow(self, flow: ImportFlow) -> None:
        """Show how the columns are mapped and what is open."""
        if flow.kind is not None:
            self.table.show_targets(flow.kind.targets)
        self.table.show_columns(flow.columns())
        open_questions = {question.kind: question for question in flow.questions}
        _show_question(
            self.mark_field,
            self.decimal_mark,
            flow.mapping.decimal_mark,
            open_questions.get("decimal_mark"),
            asked=flow.has("money", "rate"),
        )
        _show_question(
            self.order_field,
            self.date_order,
            flow.mapping.date_order,
            open_questions.get("date_order"),
            asked=flow.has("date"),
        )
        self.currency.setCurrentIndex(self.currency.findData(flow.currency))
        for piece in (self.currency, self._currency_label):
            piece.setVisible(flow.asks_currency)
        missing = flow.missing
        sentence = words_for(flow.kind.key).missing if flow.kind is not None else ""
        self.missing.set(missing_text(sentence, missing))
        self.missing.setVisible(bool(missing))

    def focus_first(self) -> None:
        """Begin with what is open, or with the first column."""
        for field in (self.mark_field, self.order_field):
            if field.state and field.isVisibleTo(self):
                field.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        look = theme.current()
        head = QHBoxLayout()
        head.setSpacing(look.space("l"))
        for field in (self._layout_field, self.mark_field, self.order_field):
            head.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(Card(self.table), 1)
        self.body.addWidget(self.missing)
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        foot.addWidget(self._currency_label)
        foot.addWidget(self.currency)
        self.body.addLayout(foot)


def missing_text(sentence: str, missing: Sequence[Target]) -> str:
    """Return a sentence about the fields that have no column yet, "" where none is missing."""
    if not missing:
        return ""
    names = tr(" and ").join(tr("“{field}”").format(field=tr(target.title)) for target in missing)
    return sentence.format(fields=names)


def _question(choices: Sequence[tuple[str, str]], chosen: object) -> QComboBox:
    combo = QComboBox()
    for value, text in choices:
        combo.addItem(text, value)
    combo.setPlaceholderText(tr("Choose"))
    combo.activated.connect(partial(_tell, combo, chosen))
    return combo


def _tell(combo: QComboBox, chosen: object, _at: int) -> None:
    if callable(chosen):
        chosen(combo.currentData())


def _show_question(
    field: FormField,
    combo: QComboBox,
    answer: DecimalMark | DateOrder | None,
    question: Ambiguity | None,
    *,
    asked: bool,
) -> None:
    field.setVisible(asked)
    combo.setCurrentIndex(-1 if answer is None else combo.findData(answer))
    if question is not None and answer is None:
        example = question.examples[0] if question.examples else question.column
        field.set_warning(
            tr("“{value}” in “{column}” can be read in two ways.").format(
                value=example, column=question.column
            )
        )
    else:
        field.clear_message()
