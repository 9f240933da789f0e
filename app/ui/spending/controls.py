"""The line of choices: which period, which currency, cut into what, and what bars show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.domain.spending import Analysis
from app.domain.spending_periods import ONE_TOTAL, Preset, Step
from app.services.ledger import Ledger
from app.ui import entry
from app.ui.i18n import tr
from app.ui.spending import words
from app.ui.spending.choices import Choices, Measure
from app.ui.theme import theme
from app.ui.widgets.fields import DateField
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.label import Label, set_property

_DATE = 128


class Controls(QWidget):
    """Tells by `changed` that something else was chosen; what is wrong with days is said beside them."""

    changed = Signal()

    def __init__(self, ledger: Ledger, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._choices = choices
        self.preset = _combo(tr("Period"), [(words.preset_name(each), each) for each in Preset])
        self.first, self.last = DateField(self._read), DateField(self._read)
        self.first.setAccessibleName(tr("First day"))
        self.last.setAccessibleName(tr("Last day"))
        self.to = Label(tr("to"), tone="secondary")
        self.problem = Label("", "small", "danger")
        self.currency = _combo(tr("Currency"), ())
        self.step = _combo(tr("Cut into"), [(words.step_name(each), each) for each in Step])
        self.measure = _combo(tr("Bars show"), [(words.measure_name(each), each) for each in Measure])
        flow = FlowLayout(self)
        margin = theme.current().space("xl")
        flow.setContentsMargins(margin, 0, margin, 12)
        parts = (
            self.preset,
            self.first,
            self.to,
            self.last,
            self.problem,
            self.currency,
            self.step,
            self.measure,
        )
        for widget in parts:
            flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(self.preset)
        self._show_choices()
        self._connect()
        self._take_sizes()
        theme.current().changed.connect(self._take_sizes)

    @property
    def choices(self) -> Choices:
        """What is chosen."""
        return self._choices

    def show_analysis(self, found: Analysis) -> None:
        """Offer the currencies and steps that there are, and show which of them the figures have."""
        currencies = [(code, code) for code in found.currencies]
        if found.own_currency:
            currencies.append((words.one_total(found.own_currency), ONE_TOTAL))
        self._offer(self.currency, currencies, ONE_TOTAL if found.converted else found.currency)
        self.currency.setVisible(len(currencies) > 1)
        steps = [(words.step_name(step), step) for step in found.possible_steps]
        self._offer(self.step, steps, found.step)
        if self._choices.asked.preset is not Preset.CUSTOM:
            self.first.set_date(found.span.first)
            self.last.set_date(found.span.last)

    # -- inside

    def _connect(self) -> None:
        self.preset.activated.connect(self._preset_chosen)
        self.currency.activated.connect(self._currency_chosen)
        self.step.activated.connect(self._step_chosen)
        self.measure.activated.connect(self._measure_chosen)
        for field in (self.first, self.last):
            field.returnPressed.connect(self._days_entered)
            field.editingFinished.connect(self._days_entered)
            field.date_picked.connect(self._days_entered)

    def _show_choices(self) -> None:
        asked = self._choices.asked
        self.preset.setCurrentIndex(self.preset.findData(asked.preset))
        self.step.setCurrentIndex(self.step.findData(asked.step))
        self.measure.setCurrentIndex(self.measure.findData(self._choices.measure))
        self.currency.hide()
        self.first.set_date(asked.first)
        self.last.set_date(asked.last)
        self._show_days()

    def _preset_chosen(self) -> None:
        preset = Preset(self.preset.currentData())
        asked = self._choices.asked
        if preset is Preset.CUSTOM:
            # One begins with the days that are shown.
            asked = replace(asked, first=self._day(self.first), last=self._day(self.last))
        self._take(replace(self._choices, asked=replace(asked, preset=preset)))
        self._show_days()
        if preset is Preset.CUSTOM:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.first.selectAll()

    def _currency_chosen(self) -> None:
        self._ask(currency=self.currency.currentData())

    def _step_chosen(self) -> None:
        self._ask(step=Step(self.step.currentData()))

    def _measure_chosen(self) -> None:
        self._take(replace(self._choices, measure=Measure(self.measure.currentData())))

    def _ask(self, **asked: Any) -> None:
        self._take(replace(self._choices, asked=replace(self._choices.asked, **asked)))

    def _days_entered(self) -> None:
        """Take the days over, or say what is wrong with them."""
        days: list[date] = []
        for field in (self.first, self.last):
            try:
                day = field.date()
            except ValueError as problem:
                self._refuse(field, str(problem))
                return
            if day is None:
                self._refuse(field, tr("Enter a day."))
                return
            days.append(day)
        if days[1] < days[0]:
            self._refuse(self.last, tr("This day is before the first one."))
            return
        self._refuse(None, "")
        self._ask(first=days[0], last=days[1])

    def _take(self, choices: Choices) -> None:
        if choices != self._choices:
            self._choices = choices
            self.changed.emit()

    def _refuse(self, field: DateField | None, sentence: str) -> None:
        for each in (self.first, self.last):
            set_property(each, "state", "error" if each is field else "")
            each.setAccessibleDescription(sentence if each is field else "")
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _show_days(self) -> None:
        custom = self._choices.asked.preset is Preset.CUSTOM
        for widget in (self.first, self.to, self.last):
            widget.setVisible(custom)
        self._refuse(None, "")

    def _read(self, text: str) -> date:
        return entry.read_date(text, self._ledger.today()).value

    @staticmethod
    def _day(field: DateField) -> date | None:
        try:
            return field.date()
        except ValueError:
            return None

    @staticmethod
    def _offer(combo: QComboBox, items: Sequence[tuple[str, Any]], shown: object) -> None:
        if [combo.itemData(at) for at in range(combo.count())] != [data for _, data in items]:
            combo.clear()
            for text, data in items:
                combo.addItem(text, data)
        combo.setCurrentIndex(combo.findData(shown))

    def _take_sizes(self) -> None:
        for field in (self.first, self.last):
            field.setFixedWidth(theme.current().px(_DATE))


def _combo(name: str, items: Sequence[tuple[str, object]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for text, data in items:
        made.addItem(text, data)
    return made
