"""An amount of money with arrows, and the scale of the slider below it."""

from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QValidator
from PySide6.QtWidgets import QSizePolicy, QSpinBox, QWidget

from app.domain.money import Money, exponent
from app.ui import entry, formats
from app.ui.theme import theme

_LARGEST = 2_000_000_000
"""The largest amount in minor units that Qt's spin boxes hold."""
_PARTS = 4
_FIELD_MARGIN = 6
_APART = 6


class MoneySpin(QSpinBox):
    """An amount in minor units of a currency; what is typed counts when the field is left or Enter is pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = "USD"
        self.setRange(0, _LARGEST)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.setCorrectionMode(QSpinBox.CorrectionMode.CorrectToPreviousValue)
        self.lineEdit().setTextMargins(0, 0, _FIELD_MARGIN, 0)
        self._take_font()
        theme.current().changed.connect(self._take_font)

    def set_currency(self, currency: str) -> None:
        """Show amounts of another currency."""
        if currency != self._currency:
            self._currency = currency
            self.lineEdit().setText(self.textFromValue(self.value()))

    def textFromValue(self, value: int) -> str:
        """Return an amount as it is shown."""
        return formats.money(Money(value, self._currency))

    def valueFromText(self, text: str) -> int:
        """Return the amount that was typed; what it was before where that cannot be read."""
        try:
            return entry.read_amount(text, self._currency).value
        except ValueError:
            return self.value()

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Tell whether a text is an amount that the field can hold."""
        try:
            value = entry.read_amount(text, self._currency).value
        except ValueError:
            return QValidator.State.Intermediate, text, at
        fits = self.minimum() <= value <= self.maximum()
        return (QValidator.State.Acceptable if fits else QValidator.State.Intermediate), text, at

    def _take_font(self) -> None:
        self.setFont(theme.current().num_font("body"))


class Scale:
    """The round amounts that a slider goes through: four parts of equal size from `low` on, in minor units."""

    def __init__(self, low: int, reach: int, held: int, currency: str) -> None:
        unit: int = 10 ** exponent(currency)
        part = _round_part(max(reach, unit) / unit / _PARTS)
        while low + part * unit * _PARTS < held:
            part = _round_part(part * 2.1)
        self.part = part * unit
        self.step = max(self.part // 40, 1)
        self.low = -(-low // self.step) * self.step

    @property
    def high(self) -> int:
        """The largest amount."""
        return self.low + self.part * _PARTS

    @property
    def positions(self) -> int:
        """How many steps the slider has."""
        return self.part * _PARTS // self.step

    def amount(self, position: int) -> int:
        """Return the amount at a position of the slider."""
        return min(self.low + position * self.step, self.high)

    def position(self, amount: int) -> int:
        """Return the position that is nearest to an amount."""
        return max(0, min(round((amount - self.low) / self.step), self.positions))

    def labels(self) -> list[int]:
        """Return the amounts that are written below the slider."""
        return [self.low + self.part * part for part in range(_PARTS + 1)]


class ScaleLabels(QWidget):
    """The amounts below a slider, each under its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)

    def show_texts(self, texts: list[str]) -> None:
        """Show other amounts."""
        if texts != self._texts:
            self._texts = texts
            self.update()

    def sizeHint(self) -> QSize:
        """One line of small text."""
        look = theme.current()
        return QSize(100, look.px(look.tokens.styles["caption"].line_height))

    def shown(self) -> list[tuple[QRect, str]]:
        """Return the amounts that have room beside each other, with their places: all, or the ends and the middle."""
        last = len(self._texts) - 1
        places = [(self._place(at), text) for at, text in enumerate(self._texts)]
        for some in (places, places[:: max(last // 2, 1)], places[:: max(last, 1)]):
            if all(left[0].right() + _APART <= right[0].left() for left, right in pairwise(some)):
                return some
        return places[-1:]

    def _place(self, at: int) -> QRect:
        metrics = QFontMetrics(theme.current().num_font("caption"))
        width = metrics.horizontalAdvance(self._texts[at]) + 2
        centre = round(self.width() * at / max(len(self._texts) - 1, 1))
        return QRect(max(0, min(centre - width // 2, self.width() - width)), 0, width, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the first at the left, the last at the right, the others centred between."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setFont(look.num_font("caption"))
            painter.setPen(look.color("textSecondary"))
            for place, text in self.shown():
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)


def _round_part(wanted: float) -> int:
    """The round number that is nearest to a part: 1, 2 or 5 times a power of ten, at least 1."""
    power = 1
    while power * 10 <= wanted:
        power *= 10
    return min((power, 2 * power, 5 * power, 10 * power), key=lambda number: abs(number - wanted))
