"""The head of the page: which plan is shown, whether it is in use, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QWidget

from app.ui import formats
from app.ui.i18n import tr
from app.ui.plans import words
from app.ui.plans.desk import PlanDesk
from app.ui.theme import theme
from app.ui.widgets.button import default, icon_button
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.pill import Pill, PillKind

_LONGEST, _SHORTEST, _ARROW = 260, 100, 46


class PlansHead(PageHeader):
    """Title, scenarios, pill and buttons. `chosen` carries a scenario's id, 0 for the plan from today's debts."""

    chosen = Signal(int)
    currency_chosen = Signal(str)

    def __init__(self, desk: PlanDesk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Payoff plans"), parent=parent)
        self._desk = desk
        self.scenarios = QComboBox()
        self.scenarios.setAccessibleName(tr("Scenario"))
        self.currencies = QComboBox()
        self.currencies.setAccessibleName(tr("Currency"))
        for combo in (self.scenarios, self.currencies):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._wanted: list[QPushButton] = []
        self.pill = Pill("", PillKind.OK, "check")
        self.pill.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.save = default(tr("Save as scenario…"), "bookmark-plus")
        self.duplicate = default(tr("Duplicate"), "copy")
        self.export = default(tr("Export schedule…"), "file-output")
        self.more = icon_button("ellipsis", tr("More about this plan"))
        for beside in (self.scenarios, self.currencies, self.pill):
            self.add_beside(beside)
        for control in (self.save, self.duplicate, self.export, self.more):
            self.add_control(control)
        self.scenarios.activated.connect(self._scenario_activated)
        self.currencies.activated.connect(self._currency_activated)
        self._take_sizes()
        theme.current().changed.connect(self._take_sizes)

    def show_plan(self, *, read_only: bool) -> None:
        """Show which plan is in work and how it stands."""
        desk = self._desk
        there = desk.scenario is not None
        for control in (self.scenarios, self.more):
            control.setVisible(there)
        self._show_scenarios()
        self._show_currencies()
        self._show_pill()
        saved = desk.saved is not None
        self._wanted = []
        if there and (not saved or desk.is_changed):
            self._wanted.append(self.save)
        if there and saved and not desk.is_changed:
            self._wanted.append(self.duplicate)
        if there:
            self._wanted.append(self.export)
        self.save.setText(tr("Save changes") if saved else tr("Save as scenario…"))
        self._show_buttons()
        for button in (self.save, self.duplicate):
            button.setEnabled(not read_only)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave buttons out where there is no room for them; what they do is in the menu beside them too."""
        super().resizeEvent(event)
        self._show_buttons()

    def _show_buttons(self) -> None:
        look = theme.current()
        least = [combo.minimumWidth() for combo in (self.scenarios, self.currencies) if not combo.isHidden()]
        least += [made.sizeHint().width() for made in (self.pill, self.more) if not made.isHidden()]
        room = self.width() - 2 * look.space("xl") - self.title_width() - sum(least) - 8 * look.space("s")
        for button in (self.save, self.duplicate, self.export):
            room -= button.sizeHint().width() if button in self._wanted else 0
            button.setVisible(button in self._wanted and room >= 0)

    def _show_scenarios(self) -> None:
        data, shown = self._desk.data, self._desk.scenario
        combo = self.scenarios
        combo.blockSignals(True)
        combo.clear()
        if data is not None and shown is not None:
            for scenario in data.versions_in(shown.currency):
                newest = data.newest_of(scenario)
                combo.addItem(words.scenario_title(scenario, newest), scenario.id)
                if scenario is not newest:
                    item = combo.count() - 1
                    combo.setItemData(
                        item, theme.current().color("textSecondary"), Qt.ItemDataRole.ForegroundRole
                    )
            if data.owed.get(shown.currency):
                draft = tr("Today’s debts") if combo.count() else shown.name
                combo.addItem(draft, 0)
            combo.setCurrentIndex(combo.findData(self._desk.saved.id if self._desk.saved else 0))
        combo.blockSignals(False)
        _fit(combo)

    def _show_currencies(self) -> None:
        data, combo = self._desk.data, self.currencies
        combo.blockSignals(True)
        combo.clear()
        for currency in data.currencies if data else ():
            combo.addItem(currency, currency)
        combo.setCurrentIndex(combo.findData(self._desk.currency))
        combo.setVisible(combo.count() > 1)
        combo.blockSignals(False)
        _fit(combo)

    def _show_pill(self) -> None:
        scenario = self._desk.saved
        if self._desk.is_changed:
            self.pill.set(tr("Not saved"), PillKind.NEUTRAL, "pencil")
        elif scenario is not None and scenario.in_use_since is not None:
            since = formats.month(scenario.in_use_since)
            self.pill.set(tr("In use since {month}").format(month=since), PillKind.OK, "check")
        elif self._desk.is_older:
            self.pill.set(tr("Earlier version"), PillKind.NEUTRAL, "history")
        self.pill.setVisible(
            scenario is not None
            and (self._desk.is_changed or scenario.in_use_since is not None or self._desk.is_older)
        )

    def _scenario_activated(self, at: int) -> None:
        self.chosen.emit(int(self.scenarios.itemData(at) or 0))

    def _currency_activated(self, at: int) -> None:
        self.currency_chosen.emit(str(self.currencies.itemData(at)))

    def _take_sizes(self) -> None:
        for combo in (self.scenarios, self.currencies):
            _fit(combo)


def _fit(combo: QComboBox) -> None:
    """Make a combo as wide as what it shows, and its list as wide as the longest it offers."""
    look = theme.current()
    metrics = QFontMetrics(look.font("bodyStrong"))
    widths = [metrics.horizontalAdvance(combo.itemText(at)) for at in range(combo.count())]
    shown = widths[combo.currentIndex()] if combo.currentIndex() >= 0 else 0
    combo.setMaximumWidth(min(shown + look.px(_ARROW), look.px(_LONGEST)))
    combo.setMinimumWidth(min(combo.maximumWidth(), look.px(_SHORTEST)))
    combo.view().setMinimumWidth(max(widths, default=0) + look.px(_ARROW))
