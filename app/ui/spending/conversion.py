"""Below the figures in one total: by which rates they were converted, and what had to be left out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.spending import Analysis
from app.ui.i18n import tr
from app.ui.rates import words
from app.ui.theme import theme
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind


class Conversion(QWidget):
    """Hidden while nothing is converted; `rates_wanted` tells that the user wants to enter rates."""

    rates_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.note = Label("", "small", "secondary", tabular=True, wrap=True)
        self.notice = Notice("", NoticeKind.WARNING)
        self.link = self.notice.add_link(tr("Enter rates…"))
        self.link.clicked.connect(self.rates_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("s"))
        column.addWidget(self.note)
        column.addWidget(self.notice)
        self.hide()

    def show_analysis(self, found: Analysis) -> None:
        """Tell of another period."""
        totals = (found.converted, found.before_converted)
        sentences = [sentence for sentence in (words.note(*totals), words.early(*totals)) if sentence]
        self.note.setText("".join(f"{sentence}. " for sentence in sentences).strip())
        self.note.setVisible(bool(sentences))
        missing = words.left_out(*totals)
        self.notice.set(missing)
        self.notice.setVisible(bool(missing))
        self.setVisible(bool(sentences or missing))

    def panes(self) -> list[QWidget]:
        """Return what takes the focus, if anything does."""
        return [self.link] if not self.notice.isHidden() and not self.isHidden() else []
