"""The line below the table: how many purchases, and what they come to in each currency."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services.purchases import Totals
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.theme import theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label

_HEIGHT = 34


class Footer(QWidget):
    """Counts at the left, totals at the right; amounts in several currencies stand side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surfaceAlt")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._counts = ElidedLabel("", tone="secondary", tabular=True)
        self._label = Label("", tone="secondary")
        self._amounts = Label("", "bodyStrong", tabular=True)
        line = QFrame()
        line.setProperty("rule", "horizontal")
        self._row = row = QHBoxLayout()
        row.setSpacing(theme.current().space("l"))
        row.addWidget(self._counts, 1)
        row.addWidget(self._label)
        row.addWidget(self._amounts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(row, 1)
        self.keep_clear(0)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def show_counts(self, shown: int, recorded: int, selected: int) -> None:
        """Say how many purchases are shown, out of how many, and how many of them are selected."""
        text = tr_n("{n} purchase", "{n} purchases", recorded)
        if shown != recorded:
            text = tr("{shown} of {purchases}").format(shown=formats.count(shown), purchases=text)
        if selected:
            text += " · " + tr_n("{n} selected", "{n} selected", selected)
        self._counts.setText(text)

    def show_totals(self, totals: Totals | None, *, of_selection: bool) -> None:
        """Show totals; None while they are being added up."""
        if totals is None:
            self._label.setText("")
            self._amounts.setText("")
            return
        refunded = any(total.refunded for total in totals.by_currency)
        if of_selection:
            label = tr("Selected, refunds included") if refunded else tr("Selected")
        else:
            label = tr("Total, refunds included") if refunded else tr("Total")
        amounts = "   ".join(formats.money(total.net) for total in totals.by_currency)
        self._label.setText(label if amounts else "")
        self._amounts.setText(amounts)

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
