"""A card with a heading, links at its right and a short list, whose page is a click away."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.services.overview import ROWS
from app.ui.dialogs.grid_view import Card
from app.ui.i18n import tr
from app.ui.overview.rows import ROW, Row, RowList
from app.ui.theme import theme
from app.ui.widgets.button import link
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label

_HEAD, _SIDE = 46, 16


class ListCard(QWidget):
    """Rows that each open something; `show_all` opens the page of all of them."""

    def __init__(self, heading: str, empty: str, show_all: Callable[[], object]) -> None:
        super().__init__()
        self.list = RowList(heading)
        self.list.opened.connect(self._opened)
        self._links: list[QPushButton] = []
        self._acts: Sequence[Callable[[], object]] = ()
        self._heading = Label(heading, "heading")
        self._caption = ElidedLabel("", "small", "secondary")
        self._empty = Label(empty, tone="secondary", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(_SIDE, 0, _SIDE - 6, 0)
        self._head.setSpacing(8)
        self._head.addWidget(self._heading)
        self._head.addWidget(self._caption, 1)
        self.show_all = self.add_link(tr("Show all"), show_all)
        self.show_all.setAccessibleName(tr("Show all: {heading}").format(heading=heading))
        self._lay_out()
        self.setFocusProxy(self.list)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def add_link(self, text: str, act: Callable[[], object]) -> QPushButton:
        """Add a link in front of those at the right; they are there as long as there are rows."""
        made = link(text, compact=True)
        made.clicked.connect(lambda _checked=False: act())
        self._head.insertWidget(2, made)
        self._links.append(made)
        return made

    def show_rows(self, rows: Sequence[Row], acts: Sequence[Callable[[], object]], caption: str) -> None:
        """Show other rows; `acts` are what opens each."""
        self._acts = acts
        self.list.show_rows(rows)
        self._caption.setText(caption)
        self._stack.setCurrentWidget(self.list if rows else self._empty)
        for made in self._links:
            made.setVisible(bool(rows))

    def caption(self) -> str:
        """Return the grey words beside the heading."""
        return self._caption.text()

    def height_of_rows(self) -> int:
        """Return how high the card is that has room for all lines."""
        look = theme.current()
        return look.px(_HEAD) + ROWS * look.px(ROW) + 2

    def _opened(self, row: int) -> None:
        if row < len(self._acts):
            self._acts[row]()

    def _restyle(self) -> None:
        self._top.setFixedHeight(theme.current().px(_HEAD))

    def _lay_out(self) -> None:
        self._top = QWidget()
        self._top.setLayout(self._head)
        inside = QWidget()
        inside.setProperty("ground", "raised")
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._top)
        inner.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Card(inside))
