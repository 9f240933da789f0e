"""What a page of records shows while there is nothing to show."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.records.pane import rule
from app.ui.widgets.empty_state import EmptyState


def below_head(state: EmptyState) -> QWidget:
    """Return an empty state with the line that parts it from the head of the page."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(rule())
    column.addWidget(state, 1)
    return holder


def no_match(title: str, clear: Callable[[], object]) -> EmptyState:
    """Return what stands in place of a table where the filters let nothing through."""
    state = EmptyState(title, tr("Take one of them away, or clear them all."), "search-x")
    state.add_secondary(tr("Clear filters"), "x").clicked.connect(clear)
    return state
