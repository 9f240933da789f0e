"""The card with the strategies side by side."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.months import Month
from app.ui.dialogs.grid_view import Card
from app.ui.i18n import tr
from app.ui.plans import model, words
from app.ui.plans.model import PlanView
from app.ui.plans.strategy_rows import rows_of
from app.ui.plans.strategy_table import PADDING, StrategyTable
from app.ui.records.popup import ChoicePopup
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, button, flat
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label


class StrategiesCard(QWidget):
    """Heading, what is owed, and the table. `compared` carries the strategies that are to be side by side."""

    compared = Signal(object)
    search_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = StrategyTable()
        self._caption = ElidedLabel("", tone="secondary", tabular=True)
        self.choose = flat(tr("Choose strategies…"), "list-checks", compact=True)
        self.choose.clicked.connect(self.open_choice)
        self.search = button(tr("Search again"), ButtonKind.LINK, "search", compact=True)
        self.search.clicked.connect(self.search_requested)
        self.search.hide()
        self._keys: tuple[str, ...] = ()
        head = QHBoxLayout()
        head.setContentsMargins(PADDING, 10, 8, 2)
        head.setSpacing(10)
        head.addWidget(Label(tr("Strategies"), "heading"))
        head.addWidget(self._caption, 1)
        head.addWidget(self.search)
        head.addWidget(self.choose)
        inside = QWidget()
        inside.setProperty("ground", "raised")
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 1)
        inner.setSpacing(0)
        inner.addLayout(head)
        inner.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Card(inside))

    def show_view(self, view: PlanView, this_month: Month, search: str) -> None:
        """Show what the strategies come to; `search` says how the search for the best one stands."""
        strategy = view.scenario.strategy
        self._keys = model.in_order({*view.wanted.compared, strategy})
        self._caption.setText(words.owed_caption(view, this_month))
        self.table.show_rows(rows_of(view, self._keys, search), strategy)

    def caption(self) -> str:
        """Return what stands beside the heading."""
        return self._caption.text()

    def open_choice(self) -> None:
        """Show which strategies there are, with a tick at those that are compared."""
        choices = [
            (key, f"{words.strategy_title(key)} · {words.strategy_words(key)}") for key in model.all_keys()
        ]
        popup = ChoicePopup(
            tr("Strategies to compare"), choices, frozenset(self._keys), self._take, self.choose
        )
        popup.setFixedWidth(theme.current().px(320))
        popup.open_below(self.choose)

    def _take(self, ticked: frozenset[object]) -> None:
        self.compared.emit(model.in_order([str(key) for key in ticked]))
