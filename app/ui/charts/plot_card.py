"""A card with a plot that can be read point by point, with the pointer and with the keyboard."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.charts.axis import Axis
from app.ui.charts.card import ChartCard
from app.ui.charts.marks import Crosshair
from app.ui.charts.plot import Plot
from app.ui.charts.tooltip import TOOLTIP_GAP, Reading, Tooltip


class PlotCard(ChartCard):
    """A chart with axes. The crosshair stands at one of the places that have values, or nowhere."""

    def __init__(
        self,
        heading: str,
        x: Axis,
        y: Axis,
        caption: str = "",
        *,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.x_axis, self.y_axis = x, y
        self.plot = Plot(x, y)
        super().__init__(heading, self.plot, caption, compact=compact, parent=parent)
        self.crosshair = Crosshair()
        self.plot.scene().addItem(self.crosshair)
        # On the card, which is higher than the plot: many series need many lines.
        self.tooltip = Tooltip(self)
        self._stop: float | None = None
        self.plot.pointed.connect(self._pointed)
        self.plot.stepped.connect(self._step)
        self.plot.left.connect(lambda: self.set_stop(None))
        self.plot.resized.connect(self._resized)

    # -- what a kind of plot says about itself

    def stops(self) -> Sequence[float]:
        """Return the places of the x axis that have values, ascending."""
        return ()

    def reading(self, x: float) -> Reading:
        """Return what the tooltip says at one of the stops."""
        return Reading(self.x_axis.exact(x), ())

    def dots(self, x: float) -> Sequence[tuple[QPointF, QColor]]:
        """Return where the crosshair's dots lie at one of the stops."""
        return ()

    def mark_stop(self, x: float) -> None:
        """Show on the plot which stop the tooltip is about: by an upright line with dots."""
        across, area = round(self.plot.place(x, 0).x()) + 0.5, self.plot.area
        self.crosshair.show_at(QLineF(across, area.top(), across, area.bottom()), self.dots(x))

    @property
    def beside(self) -> float:
        """How far the tooltip keeps from the middle of a stop, in pixels."""
        return TOOLTIP_GAP

    def place_marks(self) -> None:
        """Put what lies over the plot where the values are now."""

    # -- the crosshair

    @property
    def stop(self) -> float | None:
        """Where the crosshair stands on the x axis."""
        return self._stop

    def set_stop(self, x: float | None) -> None:
        """Put the crosshair and its tooltip at a place that has values, or away."""
        self._stop = x
        if x is None:
            self.crosshair.hide()
            self.tooltip.hide()
            return
        self.crosshair.set_whole(QRectF(self.plot.rect()))
        self.mark_stop(x)
        corner = self.plot.mapTo(self, QPoint(0, 0)).toPointF()
        across = self.plot.place(x, 0).x() + corner.x()
        self.tooltip.show_reading(self.reading(x), across, self.plot.area.translated(corner), self.beside)

    def set_table_shown(self, shown: bool) -> None:
        """Show the values instead of the chart, without the tooltip over them."""
        self.set_stop(None)
        super().set_table_shown(shown)

    def nearest(self, place: QPointF) -> float | None:
        """Return the stop nearest to a place of the plot."""
        stops = self.stops()
        if not stops:
            return None
        x = self.plot.value(place).x()
        at = bisect_left(stops, x)
        around = stops[max(at - 1, 0) : at + 1]
        return min(around, key=lambda stop: abs(stop - x))

    def paint_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the plot without crosshair."""
        pointed = self.crosshair.isVisible()
        self.crosshair.hide()
        self.plot.render(painter, rect, self.plot.rect())
        self.crosshair.setVisible(pointed)

    # -- inside

    def _pointed(self, place: QPointF) -> None:
        stop = self.nearest(place)
        if stop != self._stop:
            self.set_stop(stop)

    def _step(self, steps: int) -> None:
        stops = self.stops()
        if not stops:
            return
        if self._stop is None:
            at = 0 if steps > 0 else len(stops) - 1
            at = len(stops) - 1 if steps >= len(stops) else 0 if steps <= -len(stops) else at
        else:
            at = min(max(bisect_left(stops, self._stop) + steps, 0), len(stops) - 1)
        self.set_stop(stops[at])
        spoken = self.reading(stops[at]).spoken
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.plot, spoken))

    def _keep_stop(self) -> None:
        """Put the crosshair where it was, with the values of now; away where nothing is any more."""
        if self._stop is not None:
            stops = self.stops()
            at = bisect_left(stops, self._stop)
            there = at < len(stops) and stops[at] == self._stop
            self.set_stop(self._stop if there else None)

    def _resized(self) -> None:
        self.place_marks()
        self._keep_stop()

    def _restyle(self) -> None:
        self.plot.restyle()
        super()._restyle()
        self.tooltip.update()
