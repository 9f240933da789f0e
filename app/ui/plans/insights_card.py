"""The card of insights: plain sentences, each with its figure and what it follows from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.debts.insights import Insight
from app.ui.i18n import tr
from app.ui.plans import insight_words
from app.ui.theme import icons, theme
from app.ui.widgets.label import Label
from app.ui.widgets.paragraph import Paragraph

_ICON = 16


class InsightsCard(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(tr("Insights"))
        self._shown: list[Insight] | None = None
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 14)
        self._column.setSpacing(10)
        self._column.addWidget(Label(tr("Insights"), "heading"))
        self.hide()
        theme.current().changed.connect(self._show_again)

    def show_insights(self, found: Sequence[Insight]) -> None:
        """Show other insights."""
        if list(found) == self._shown:
            return
        self._shown = list(found)
        self._show_again()

    def fit(self, width: int) -> int:
        """Be as high as the sentences need in a width; return that height, 0 while the card is hidden."""
        if self.isHidden():
            return 0
        height = self._column.totalHeightForWidth(width)
        self.setFixedHeight(height)
        return height

    def texts(self) -> list[str]:
        """Return what the card says."""
        return [row.accessibleName() for row in self._rows]

    def _show_again(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_row(insight, self.devicePixelRatioF()) for insight in self._shown or ()]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(self._rows))


def _row(insight: Insight, ratio: float) -> QWidget:
    made = QWidget()
    picture = QLabel()
    name, color = insight_words.icon(insight)
    picture.setPixmap(icons.pixmap(name, color, theme.current().px(_ICON), ratio))
    said = insight_words.sentence(insight)
    made.setAccessibleName(said)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(Paragraph(said, color="text"))
    words.addWidget(Paragraph(insight_words.source(insight.basis), "small"))
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return made
