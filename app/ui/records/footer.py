"""The line below a table: how many records, and what they come to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.theme import theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label

_HEIGHT = 34


class Footer(QWidget):
    """Counts at the left, figures at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surfaceAlt")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._counts = ElidedLabel("", tone="secondary", tabular=True)
        self._counts.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        left_out = Qt.TextElideMode.ElideLeft
        self._label = ElidedLabel("", tone="secondary", tabular=True, mode=left_out)
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._amounts = Label("", "bodyStrong", tabular=True)
        line = QFrame()
        line.setProperty("rule", "horizontal")
        self._row = row = QHBoxLayout()
        row.setSpacing(theme.current().space("l"))
        row.addWidget(self._counts)
        row.addWidget(self._label, 1)
        row.addWidget(self._amounts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(row, 1)
        self.keep_clear(0)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def show_counts(self, shown: int, recorded: int, recorded_text: str, selected: int) -> None:
        """Say how many records are shown, out of how many ("66 purchases"), and how many of them are selected."""
        text = recorded_text
        if shown != recorded:
            text = tr("{shown} of {records}").format(shown=formats.count(shown), records=recorded_text)
        if selected:
            text += " · " + tr_n("{n} selected", "{n} selected", selected)
        self._counts.setText(text)

    def show_figures(self, label: str, amounts: str) -> None:
        """Show figures in bold behind a label; both empty while they are being added up."""
        self._label.setText(label)
        self._amounts.setText(amounts)
        # Without any, what the label says ends at the table's edge.
        self._amounts.setVisible(bool(amounts))

    def keep_clear(self, pixels: int) -> None:
        """Leave so many pixels more free at the right, below the table's scroll bar, so that amounts line up."""
        margin = theme.current().space("xl")
        self._row.setContentsMargins(margin, 0, margin + pixels, 0)

    def counts_text(self) -> str:
        """Return what is said at the left."""
        return self._counts.text()

    def totals_text(self) -> str:
        """Return what is said at the right."""
        return f"{self._label.text()} {self._amounts.text()}".strip()

    def _restyle(self) -> None:
        self.setFixedHeight(theme.current().px(_HEIGHT) + 1)
