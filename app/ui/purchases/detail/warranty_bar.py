"""How far a warranty has run: elapsed time, today, both ends and the time left in words."""

import datetime as dt

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.warranties import REMINDER_DAYS, Cover
from app.ui import formats
from app.ui.i18n import tr
from app.ui.purchases.words import cover_kind_name, cover_pill
from app.ui.records.text import flowing
from app.ui.theme import theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label
from app.ui.widgets.pill import PillKind

_TRACK, _TICK_WIDTH, _TICK_ABOVE = 8, 2, 4
_COLORS = {
    PillKind.OK: "success",
    PillKind.NEUTRAL: "success",
    PillKind.WARN: "warning",
    PillKind.BAD: "danger",
}


class WarrantyBar(QWidget):
    """The bar itself, with a tick at today; `soon` is how many days ahead of its end a cover counts as expiring."""

    def __init__(
        self, cover: Cover, today: dt.date, soon: int = REMINDER_DAYS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cover = cover
        self._today = today
        self._color = "borderControl" if cover.voided else _COLORS[cover_pill(cover, today, soon).kind]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self._restyle)

    @property
    def elapsed(self) -> float:
        """How much of the time has passed, from 0 to 1; a lifetime never passes."""
        cover = self._cover
        if cover.ends_on is None:
            return 0.0
        whole = max((cover.ends_on - cover.starts_on).days, 1)
        return min(max((self._today - cover.starts_on).days / whole, 0.0), 1.0)

    @property
    def has_today(self) -> bool:
        """Whether today lies within the warranty, so that there is a tick."""
        return self._cover.ends_on is not None and self._cover.starts_on <= self._today <= self._cover.ends_on

    def sizeHint(self) -> QSize:
        """Room for the bar, and for the word above the tick."""
        look = theme.current()
        words = QFontMetrics(look.font("small")).height() + 1 if self.has_today else 0
        return QSize(120, words + look.px(_TRACK) + 2 * _TICK_ABOVE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint track, elapsed part and tick."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = look.px(_TRACK)
        track = QRectF(0, self.height() - height - _TICK_ABOVE, self.width(), height)
        shape = QPainterPath()
        shape.addRoundedRect(track, height / 2, height / 2)
        painter.fillPath(shape, look.color("selectionInactive"))
        x = track.width() * self.elapsed
        painter.setClipPath(shape)
        painter.fillRect(QRectF(0, track.y(), x, height), look.color(self._color))
        painter.setClipping(False)
        if self.has_today:
            self._paint_today(painter, min(max(x, _TICK_WIDTH), track.width() - _TICK_WIDTH), track)

    def _paint_today(self, painter: QPainter, x: float, track: QRectF) -> None:
        look = theme.current()
        tick = QRectF(x - 1, track.y() - _TICK_ABOVE, _TICK_WIDTH, track.height() + 2 * _TICK_ABOVE)
        painter.fillRect(tick, look.color("text"))
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text"))
        word = tr("Today")
        width = painter.fontMetrics().horizontalAdvance(word)
        left = min(max(x - width / 2, 0), self.width() - width)
        place = QRectF(left, 0, width + 1, track.y() - _TICK_ABOVE)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, word)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class CoverBlock(QWidget):
    """One warranty of a purchase: what it is, its bar, its ends, who gives it."""

    def __init__(
        self, cover: Cover, today: dt.date, soon: int = REMINDER_DAYS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        course = CoverCourse(cover, today, soon, title_of(cover))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(course)
        more = [part for part in (cover.provider, _policy(cover), cover.notes) if part]
        if more:
            column.addWidget(flowing(" · ".join(more), "small", "secondary"))
        self.setAccessibleName(course.accessibleName())


class CoverCourse(QWidget):
    """How far one warranty has run: a title, the time left in words, the bar and its ends."""

    def __init__(
        self, cover: Cover, today: dt.date, soon: int, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        left = tr("Voided") if cover.voided else formats.time_left_in_full(cover.ends_on, today)
        head = QHBoxLayout()
        head.setSpacing(theme.current().space("s"))
        head.addWidget(ElidedLabel(title, "heading"), 1)
        head.addWidget(Label(left[:1].upper() + left[1:], tabular=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        if cover.ends_on is not None:
            column.addWidget(WarrantyBar(cover, today, soon))
            column.addLayout(_ends(cover.starts_on, cover.ends_on))
        elif not cover.voided:
            since = tr("Since {date}").format(date=formats.date(cover.starts_on))
            column.addWidget(Label(since, "body", "secondary", tabular=True))
        self.setAccessibleName(f"{title}: {left}")


def title_of(cover: Cover) -> str:
    """Return what a warranty is called: the usual kind is just a warranty."""
    if cover.kind == "LIMITED":
        return tr("Warranty")
    return tr("Warranty, {kind}").format(kind=_lower_first(cover_kind_name(cover.kind)))


def _ends(first: dt.date, last: dt.date) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(Label(formats.date(first), tone="secondary", tabular=True))
    row.addStretch()
    row.addWidget(Label(formats.date(last), tone="secondary", tabular=True))
    return row


def _policy(cover: Cover) -> str:
    return tr("policy {number}").format(number=cover.policy_number) if cover.policy_number else ""


def _lower_first(text: str) -> str:
    return text if text.isupper() else text[:1].lower() + text[1:]
