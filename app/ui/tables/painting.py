"""Paints what is in cells: texts, amounts, pills and marks, keeping whatever can be used again."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from app.domain.columns import Column
from app.ui import formats
from app.ui.tables.cells import Cell, CellState, PillSpec
from app.ui.theme.theme import Theme
from app.ui.widgets.pill import PillKind, paint_pill, pill_size
from app.ui.widgets.progress_bar import paint_progress

PADDING = 10
"""Between the edge of a cell and what is in it."""

_MARK = 16
_CLIP = 14
_TAG_GAP = 4
_BAR = 8
_TRACK = 6
_LEAST_PROGRESS = 88
_KEPT_TEXTS = 20_000
_KEPT_PILLS = 500


class Face:
    """A font in a colour, with the widths of the texts that were measured in it."""

    def __init__(self, font: QFont, color: QColor) -> None:
        self.font = font
        self.pen = QPen(color)
        self.metrics = QFontMetrics(font)
        self._widths: dict[str, int] = {}
        self._elided: dict[tuple[str, int], str] = {}

    def width(self, text: str) -> int:
        """Return how wide a text is, in pixels."""
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) > _KEPT_TEXTS:
                self._widths.clear()
            width = self._widths[text] = self.metrics.horizontalAdvance(text)
        return width

    def fitted(self, text: str, room: int) -> str:
        """Return a text, shortened with an ellipsis where it is wider than the room for it."""
        if self.width(text) <= room:
            return text
        shown = self._elided.get((text, room))
        if shown is None:
            if len(self._elided) > _KEPT_TEXTS:
                self._elided.clear()
            shown = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            self._elided[text, room] = shown
        return shown


class CellPainter:
    """Paints the inside of cells. Made anew whenever the theme changes, so that all it keeps stays true."""

    def __init__(self, theme: Theme) -> None:
        body, figures = theme.font("body"), theme.num_font("body")
        name = QFont(body)
        name.setWeight(QFont.Weight.Medium)
        text, quiet = theme.color("text"), theme.color("textSecondary")
        self._theme = theme
        self._name = Face(name, text)
        self._text = Face(body, text)
        self._quiet = Face(body, quiet)
        self._figures = Face(figures, text)
        self._quiet_figures = Face(figures, quiet)
        self._caption = Face(theme.font("caption"), text)
        self._bar = QColor(theme.color("border"))
        self._bar.setAlphaF(0.7)
        self._pills: dict[tuple[Any, ...], QPixmap] = {}
        self._point = formats.locale().decimalPoint()
        self._most_decimals = 0
        self.misaligned = False
        """Whether amounts were painted before one with more decimals turned up: paint once more."""
        kinds: dict[str, Callable[[QPainter, QRect, Column, Cell], None]] = {
            "money": self._paint_money,
            "count": partial(self._paint_right, self._figures),
            "figure": partial(self._paint_right, self._figures),
            "progress": self._paint_progress,
            "status": self._paint_pill,
            "warranty": self._paint_pill,
            "tags": self._paint_tags,
            "receipt": self._paint_receipt,
        }
        self._kinds = kinds

    def paint(self, painter: QPainter, inside: QRect, column: Column, cell: Cell, row: int) -> None:
        """Paint one cell into `inside`, which is the cell without its padding."""
        if cell.state is CellState.READY:
            paint = self._kinds.get(column.kind)
            if paint is None:
                self._draw(painter, self._face(column), inside, cell.text, "left")
            else:
                paint(painter, inside, column, cell)
        elif cell.state is CellState.EMPTY:
            self._draw(painter, self._quiet, inside, cell.text, column.align)
        elif cell.state is CellState.LOADING:
            self._paint_bar(painter, inside, column, row)
        elif cell.state is CellState.FAILED:
            self._paint_mark(painter, inside, "triangle-alert", "danger", "left")

    def width(self, column: Column, cell: Cell) -> int:
        """Return the width that shows a whole cell, without padding."""
        if cell.state is not CellState.READY:
            return _MARK
        if isinstance(cell.value, PillSpec):
            return pill_size(cell.value.text, cell.value.icon).width()
        if column.kind == "tags":
            return sum(pill_size(tag).width() + _TAG_GAP for tag in cell.value) - _TAG_GAP
        if column.kind == "receipt":
            return self._theme.px(_CLIP)
        if column.kind == "progress":
            return self._theme.px(_LEAST_PROGRESS)
        return self._face(column).width(cell.text)

    def baseline(self, inside: QRect) -> int:
        """Return where the text of a row stands."""
        metrics = self._text.metrics
        return inside.y() + (inside.height() - metrics.height()) // 2 + metrics.ascent()

    def _face(self, column: Column) -> Face:
        if column.kind == "name":
            return self._name
        if column.kind in ("money", "count", "figure"):
            return self._figures
        if column.kind in ("date", "day", "instant"):
            return self._quiet_figures
        return self._quiet if column.muted else self._text

    def _draw(self, painter: QPainter, face: Face, inside: QRect, text: str, align: str) -> None:
        shown = face.fitted(text, inside.width())
        x = inside.x()
        if align != "left":
            spare = inside.width() - face.width(shown)
            x += spare if align == "right" else spare // 2
        painter.setFont(face.font)
        painter.setPen(face.pen)
        painter.drawText(x, self.baseline(inside), shown)

    def _paint_right(self, face: Face, painter: QPainter, inside: QRect, column: Column, cell: Cell) -> None:
        self._draw(painter, face, inside, cell.text, "right")

    def _paint_money(self, painter: QPainter, inside: QRect, column: Column, cell: Cell) -> None:
        face = self._figures
        if face.width(cell.text) > inside.width():
            self._draw(painter, face, inside, cell.text, "right")
            return
        x = max(inside.x(), inside.right() + 1 - face.width(cell.text) + self._overhang(cell.text))
        painter.setFont(face.font)
        painter.setPen(face.pen)
        painter.drawText(x, self.baseline(inside), cell.text)

    def _overhang(self, text: str) -> int:
        """How far to the right an amount moves so that all points stand under each other (up to two decimals)."""
        digits = len(text)
        while digits and not text[digits - 1].isdecimal():
            digits -= 1
        point = text.rfind(self._point, 0, digits)
        decimals = digits - point - 1 if point >= 0 and text[point + 1 : digits].isdecimal() else 0
        if decimals > self._most_decimals and self._most_decimals < 2:
            self._most_decimals = min(decimals, 2)
            self.misaligned = True
        if decimals == self._most_decimals:
            return 0
        return min(PADDING, self._tail(decimals) - self._tail(self._most_decimals))

    def _tail(self, decimals: int) -> int:
        return self._figures.width(f"{self._point}{'0' * decimals}") if decimals else 0

    def _paint_pill(self, painter: QPainter, inside: QRect, column: Column, cell: Cell) -> None:
        spec = cell.value
        if not isinstance(spec, PillSpec):
            self._draw(painter, self._quiet, inside, cell.text, "left")
            return
        self._stamp(painter, inside.x(), inside, spec.kind, spec.text, spec.icon)

    def _stamp(
        self, painter: QPainter, x: int, inside: QRect, kind: PillKind, text: str, icon: str = ""
    ) -> int:
        """Draw a pill from its kept picture; return its width."""
        room = inside.right() + 1 - x
        ratio = painter.device().devicePixelRatio()
        key = (kind, text, icon, min(room, 400), ratio)
        picture = self._pills.get(key)
        if picture is None:
            if len(self._pills) > _KEPT_PILLS:
                self._pills.clear()
            picture = self._pills[key] = _pill_picture(kind, text, icon, room, ratio)
        height = round(picture.height() / ratio)
        painter.drawPixmap(x, inside.y() + (inside.height() - height + 1) // 2, picture)
        return round(picture.width() / ratio)

    def _paint_tags(self, painter: QPainter, inside: QRect, column: Column, cell: Cell) -> None:
        x, end = inside.x(), inside.right() + 1
        for at, tag in enumerate(cell.value):
            rest = len(cell.value) - at
            wanted = pill_size(tag).width()
            more = f"+{rest}"
            room = end - x - (self._caption.width(more) + _TAG_GAP if rest > 1 else 0)
            if wanted > room and at > 0:
                self._draw(painter, self._quiet, QRect(x, inside.y(), end - x, inside.height()), more, "left")
                return
            part = QRect(x, inside.y(), min(wanted, room), inside.height())
            x += self._stamp(painter, x, part, PillKind.NEUTRAL, tag) + _TAG_GAP

    def _paint_receipt(self, painter: QPainter, inside: QRect, column: Column, cell: Cell) -> None:
        self._paint_mark(painter, inside, "paperclip", "textSecondary", "centre", _CLIP)

    def _paint_progress(self, painter: QPainter, inside: QRect, column: Column, cell: Cell) -> None:
        """Paint a bar as long as the share, and the share in per cent at the right."""
        text, most = formats.share(cell.value), formats.share(Decimal(1))
        figures = self._figures.width(most)
        self._draw(painter, self._quiet_figures, inside, text, "right")
        height = self._theme.px(_TRACK)
        top = inside.y() + (inside.height() - height + 1) // 2
        paint_progress(
            painter, QRectF(inside.x(), top, inside.width() - figures - PADDING, height), cell.value
        )

    def _paint_mark(
        self, painter: QPainter, inside: QRect, icon: str, color: str, align: str, size: int = _MARK
    ) -> None:
        side = self._theme.px(size)
        picture = self._theme.icons.pixmap(icon, color, side, painter.device().devicePixelRatio())
        x = inside.x() + ((inside.width() - side) // 2 if align == "centre" else 0)
        painter.drawPixmap(x, inside.y() + (inside.height() - side) // 2, picture)

    def _paint_bar(self, painter: QPainter, inside: QRect, column: Column, row: int) -> None:
        """Paint a faint bar where a text will be; no two rows quite alike, as texts are not."""
        share = 45 + (row * 37 + len(column.key) * 29) % 40
        width = max(_BAR, min(inside.width(), inside.width() * share // 100))
        spare = inside.width() - width
        x = inside.x() + {"left": 0, "right": spare, "centre": spare // 2}[column.align]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._bar)
        top = inside.y() + (inside.height() - _BAR) // 2
        painter.drawRoundedRect(QRectF(x, top, width, _BAR), _BAR / 2, _BAR / 2)
        painter.restore()


def _pill_picture(kind: PillKind, text: str, icon: str, room: int, ratio: float) -> QPixmap:
    wanted = pill_size(text, icon)
    size = QSize(max(1, min(wanted.width(), room)), wanted.height())
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_pill(painter, QRect(QPoint(0, 0), size), kind, text, icon)
    painter.end()
    return picture
