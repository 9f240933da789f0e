"""How much is paid each month: a slider with a field, for what is extra or for the whole budget."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QVBoxLayout, QWidget

from app.domain.debts.scenario import Scenario
from app.ui.i18n import tr
from app.ui.plans import words
from app.ui.plans.panel.money_spin import MoneySpin, Scale, ScaleLabels
from app.ui.theme import icons, theme
from app.ui.widgets.button import tool_button
from app.ui.widgets.label import Label, set_property

_FIELD_WIDTH = 104
_ICON = 14


class ExtraControl(QWidget):
    """Sets the extra of a plan, or its whole budget; both carry minor units, at every step of the slider."""

    extra_chosen = Signal(int)
    budget_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minimums = 0
        self._held = 0
        self._whole = False
        self._shown: tuple[object, ...] = ()
        self._scale = Scale(0, 100, 0, "USD")
        self._label = Label("")
        self.kind = tool_button(
            "chevron-down", tr("Set what is extra each month, or all that is paid"), compact=True
        )
        self.kind.clicked.connect(self._open_menu)
        self._make_menu()
        self.field = MoneySpin()
        self._label.setBuddy(self.field)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self._labels = ScaleLabels()
        self._icon = QLabel()
        self._message = Label("", "small", "danger", wrap=True)
        self._lay_out()
        self.slider.valueChanged.connect(self._slid)
        self.field.valueChanged.connect(self._entered)
        self._name()
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def show_plan(self, scenario: Scenario, minimums: int) -> None:
        """Show what a plan pays each month; `minimums` is the sum that its debts ask for."""
        held = scenario.extra if scenario.budget is None else scenario.budget
        shown = (scenario.currency, scenario.budget is None, minimums, held)
        if shown == self._shown:
            return
        self._shown, self._minimums, self._held = shown, minimums, held
        self._whole = scenario.budget is not None
        sliding = self.slider.isSliderDown()
        low = minimums if self._whole else 0
        if not sliding:
            self._scale = Scale(low, max(minimums, 1), held, scenario.currency)
        self.field.blockSignals(True)
        self.field.set_currency(scenario.currency)
        self.field.setSingleStep(self._scale.step)
        self.field.setValue(held)
        self.field.blockSignals(False)
        if not sliding:
            self.slider.blockSignals(True)
            self.slider.setRange(0, self._scale.positions)
            self.slider.setPageStep(max(self._scale.positions // 8, 1))
            self.slider.setValue(self._scale.position(held))
            self.slider.blockSignals(False)
            self._labels.show_texts(
                [words.round_money(amount, scenario.currency) for amount in self._scale.labels()]
            )
        self._name()

    def show_refusal(self, sentence: str) -> None:
        """Say below the field why there is no such plan; "" for nothing wrong."""
        self._message.setText(sentence)
        for widget in (self._message, self._icon):
            widget.setVisible(bool(sentence))
        set_property(self.field, "state", "error" if sentence else "")
        self.field.setAccessibleDescription(sentence)

    def refusal(self) -> str:
        """Return what is said to be wrong."""
        return self._message.text()

    def _slid(self, position: int) -> None:
        self._tell(self._scale.amount(position))

    def _entered(self, amount: int) -> None:
        self._tell(amount)

    def _tell(self, amount: int) -> None:
        self._held = amount
        (self.budget_chosen if self._whole else self.extra_chosen).emit(amount)

    def _set_whole(self, *, whole: bool) -> None:
        if whole == self._whole:
            return
        if whole:
            self.budget_chosen.emit(self._minimums + self._held)
        else:
            self.extra_chosen.emit(max(self._held - self._minimums, 0))

    def _make_menu(self) -> None:
        menu = QMenu(self.kind)
        group = QActionGroup(menu)
        self._choices = {
            False: menu.addAction(tr("Extra each month")),
            True: menu.addAction(tr("In all each month")),
        }
        for whole, action in self._choices.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, whole=whole: self._set_whole(whole=whole))
        self._menu = menu

    def _open_menu(self) -> None:
        self._menu.popup(self.kind.mapToGlobal(self.kind.rect().bottomLeft()))

    def _name(self) -> None:
        text = self._choices[self._whole].text()
        self._choices[self._whole].setChecked(True)
        self._label.setText(text)
        self.field.setAccessibleName(text)
        self.slider.setAccessibleName(text)
        self.slider.setAccessibleDescription(self.field.text())

    def _lay_out(self) -> None:
        look = theme.current()
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self._label)
        row.addWidget(self.kind)
        row.addStretch()
        row.addWidget(self.field)
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._message, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("xs"))
        column.addLayout(row)
        column.addLayout(below)
        column.addWidget(self.slider)
        column.addWidget(self._labels)
        self.show_refusal("")

    def _restyle(self) -> None:
        look = theme.current()
        self.field.setFixedWidth(look.px(_FIELD_WIDTH))
        self._icon.setPixmap(icons.pixmap("circle-alert", "danger", look.px(_ICON), self.devicePixelRatioF()))
