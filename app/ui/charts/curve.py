"""One line of a plot."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QPainter, QPen


class Curve(pg.PlotCurveItem):  # type: ignore[misc]
    """A line whose pen is as many pixels wide as it says, on every screen and in every picture."""

    def __init__(self) -> None:
        super().__init__(antialias=True)
        self._pen = QPen()

    def take_pen(self, pen: QPen) -> None:
        """Draw with another pen from now on."""
        if pen != self._pen:
            self._pen = QPen(pen)
            self.setPen(_drawn_with(pen, 1.0))

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        """Paint the line; a cosmetic pen is so many pixels of the device wide, which may be smaller ones."""
        ratio = painter.device().devicePixelRatioF()
        self.opts["pen"] = _drawn_with(self._pen, ratio)
        super().paint(painter, option, widget)


def _drawn_with(pen: QPen, ratio: float) -> QPen:
    drawn = QPen(pen)
    drawn.setCosmetic(True)
    drawn.setWidthF(pen.widthF() * ratio)
    return drawn
