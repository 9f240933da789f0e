"""What the chosen plan comes to, in a few figures."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui import formats
from app.ui.i18n import tr
from app.ui.plans import model, words
from app.ui.plans.model import PlanView
from app.ui.theme import icons, theme
from app.ui.widgets.label import Label
from app.ui.widgets.paragraph import Paragraph

_ICON = 16


class FigureRow(QWidget):
    """A label at the left and its figure at the right, on one line."""

    def __init__(self, label: str, *, tone: str = "", role: str = "body", figure: str = "body") -> None:
        super().__init__()
        self.label = Label(label, role, tone)
        self.figure = Label("", figure, tabular=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space("s"))
        row.addWidget(self.label)
        row.addWidget(self.figure, 1, Qt.AlignmentFlag.AlignRight)

    def show_figure(self, text: str, tone: str = "") -> None:
        """Show another figure, in the colour of a tone."""
        self.figure.setText(text)
        self.figure.set_tone(tone)


class ResultBox(QWidget):
    """The month in which the plan ends, and what it saves, on a soft fill."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "small", "secondary")
        self._when = Label("", "metric", tabular=True)
        self._never = Paragraph("", "small", "danger")
        self._found = Paragraph("", "small", "textSecondary")
        self._sooner = FigureRow(tr("Sooner than minimums"), figure="bodyStrong")
        self._interest = FigureRow(tr("Interest to pay"), figure="bodyStrong")
        self._saved = FigureRow(tr("Interest saved"), figure="bodyStrong")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(4)
        for widget in (
            self._title,
            self._when,
            self._never,
            self._found,
            self._sooner,
            self._interest,
            self._saved,
        ):
            column.addWidget(widget)
        theme.current().changed.connect(self.update)

    def show_view(self, view: PlanView) -> None:
        """Show what the chosen strategy comes to."""
        outcome, currency = view.chosen, view.scenario.currency
        plan = outcome.plan
        ends = plan.months is not None
        self._title.setText(
            tr("Debt-free with {strategy}").format(strategy=words.strategy_title(plan.strategy))
        )
        self._when.setText(words.debt_free(plan) if ends else tr("Never"))
        self._never.setVisible(not ends)
        self._never.set_text("" if ends else words.never_ends(plan, currency))
        best = view.wanted.best if outcome.key == model.BEST else None
        self._found.setVisible(best is not None)
        self._found.set_text(words.best_found(best, currency) if best else "")
        self._interest.setVisible(ends)
        self._interest.show_figure(words.money(plan.total_interest, currency))
        sooner, saved = outcome.months_saved, outcome.interest_saved
        self._sooner.setVisible(ends and outcome.key != model.BASELINE)
        self._saved.setVisible(ends and outcome.key != model.BASELINE)
        self._sooner.show_figure(_months(sooner), _tone(sooner))
        self._saved.show_figure(_money(saved, currency), _tone(saved))
        self.setAccessibleName(self._sentence(view))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the fill."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(look.color("accentSoft"))
            painter.setPen(QPen(look.color("accent"), 1) if look.high_contrast else Qt.PenStyle.NoPen)
            radius = look.radius("card")
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _sentence(self, view: PlanView) -> str:
        plan = view.chosen.plan
        if plan.debt_free is None:
            return words.never_ends(plan, view.scenario.currency)
        return tr("{title}: {month}. Interest to pay: {interest}.").format(
            title=self._title.text(),
            month=words.month(plan.debt_free),
            interest=words.money(plan.total_interest, view.scenario.currency),
        )


class Hint(QWidget):
    """A line of advice beside a small lamp."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._text = Paragraph("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space("s"))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Say something else, or nothing."""
        if text != self._text.text():
            self._text.set_text(text)
        self.setVisible(bool(text))

    def _restyle(self) -> None:
        look = theme.current()
        self._icon.setPixmap(
            icons.pixmap("lightbulb", "textSecondary", look.px(_ICON - 2), self.devicePixelRatioF())
        )


def _tone(value: int | None) -> str:
    if not value:
        return ""
    return "success" if value > 0 else "danger"


def _months(count: int | None) -> str:
    if count is None:
        return formats.NO_VALUE
    if count < 0:
        return tr("{months} later").format(months=words.months(-count))
    return words.months(count)


def _money(minor: int | None, currency: str) -> str:
    return formats.NO_VALUE if minor is None else words.money(minor, currency)
