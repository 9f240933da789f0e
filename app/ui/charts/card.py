"""The card around a chart: heading, caption, legend, the values as a table, and the chart as a picture."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPainter, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.ui.charts import picture
from app.ui.charts.empty import EmptyNote
from app.ui.charts.legend import Entry, Legend, entry_width, paint_entry
from app.ui.charts.values import Values, ValueTable, table_name
from app.ui.i18n import tr
from app.ui.theme import icons, theme
from app.ui.widgets.button import flat
from app.ui.widgets.dialog import confirm, tell
from app.ui.widgets.elided_label import ElidedLabel

_MARGIN, _GAP, _ENTRY_GAP = 16, 8, 12
_RING = 4
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class ChartCard(QFrame):
    """A card that shows `content` under a heading, with a caption of units and period below it.

    `told` carries what was done, for the status bar: that the chart was copied or saved. `hidden_changed` tells
    that the user switched series off or on. A `compact` card has no button for the table; the context menu has it.
    """

    told = Signal(str)
    hidden_changed = Signal()

    def __init__(
        self,
        heading: str,
        content: QWidget,
        caption: str = "",
        *,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._content = content
        self._folder = Path.home()
        self._hidden: frozenset[str] = frozenset()
        self._legend_below = False
        self._compact = compact
        self._heading = ElidedLabel(heading, "heading")
        self._caption = ElidedLabel(caption, "small", "secondary")
        self.legend = Legend()
        self.table_button = flat(tr("Show as table"), "table", compact=True, parent=self)
        self.table_button.setVisible(not compact)
        self.table = ValueTable(table_name(heading))
        self._empty = EmptyNote()
        self._lay_out()
        self.set_heading(heading)
        self.set_caption(caption)
        self.table_button.clicked.connect(lambda: self.set_table_shown(not self.table_shown))
        self.legend.switched.connect(self._switched)
        theme.current().changed.connect(self._restyle)

    # -- for pages

    @property
    def heading(self) -> str:
        """What the chart is called."""
        return self._heading.text()

    def set_heading(self, heading: str) -> None:
        """Call the chart something else."""
        self._heading.setText(heading)
        self._content.setAccessibleName(heading)
        self.setAccessibleName(heading)
        self.table.setAccessibleName(table_name(heading))

    def set_caption(self, caption: str) -> None:
        """Show one line below the heading: units, period, how sure the figures are."""
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))

    def set_finding(self, sentence: str) -> None:
        """Say in a sentence what the chart shows; screen readers read it as its description."""
        self._content.setAccessibleDescription(sentence)
        self.setAccessibleDescription(sentence)

    def set_empty(self, text: str, link_text: str = "", action: Callable[[], object] | None = None) -> None:
        """Say what stands in the middle of the plot while there is nothing to plot, and the link below it."""
        self._empty.set(text, link_text, action)

    @property
    def hidden(self) -> frozenset[str]:
        """The keys of the series that are switched off."""
        return self._hidden

    def set_hidden(self, keys: frozenset[str]) -> None:
        """Switch off the series of these keys, and all others on."""
        if keys != self._hidden:
            self._hidden = keys
            self._show_all()

    @property
    def table_shown(self) -> bool:
        """Whether the values are shown instead of the chart."""
        return self._stack.currentWidget() is self.table

    def set_table_shown(self, shown: bool) -> None:
        """Show the values instead of the chart, or the chart again."""
        had_focus = self.table.hasFocus() or self._content.hasFocus()
        self._stack.setCurrentWidget(self.table if shown else self._page)
        self.table_button.setText(tr("Show as chart") if shown else tr("Show as table"))
        icons.bind(self.table_button, "chart-line" if shown else "table", gap=True)
        if shown:
            self._show_values()
        if had_focus:
            (self.table if shown else self._content).setFocus(Qt.FocusReason.OtherFocusReason)

    def copy_values(self) -> None:
        """Put the values on the clipboard, with tabs between them."""
        QGuiApplication.clipboard().setText(self.values().tab_separated())
        self.told.emit(tr("Copied the values of “{chart}”").format(chart=self.heading))

    def copy_picture(self) -> None:
        """Put a picture of the chart on the clipboard."""
        QGuiApplication.clipboard().setImage(picture.image_of(self._picture_size(), self.paint_picture))
        self.told.emit(tr("Copied “{chart}” as a picture").format(chart=self.heading))

    def save_picture(self, target: Path) -> None:
        """Write the chart to a file, as SVG where its name ends so, else as PNG. Raises `picture.NotSaved`."""
        size = self._picture_size()
        if target.suffix.lower() == ".svg":
            picture.save(target, picture.svg_of(size, self.heading, self.paint_picture))
        else:
            picture.save(target, picture.png_of(size, self.paint_picture))

    # -- what a kind of chart says about itself

    def entries(self) -> Sequence[Entry]:
        """Return the entries of the legend, hidden ones included; none leaves the legend out."""
        return ()

    def values(self) -> Values:
        """Return the values of the table."""
        return Values()

    def has_data(self) -> bool:
        """Return whether there is something to show."""
        return len(self.values()) > 0

    def show_content(self) -> None:
        """Bring data, hidden series and colours of now onto the screen."""

    def paint_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the chart itself into `rect`, which is as large as it is on the screen."""

    # -- the window's events

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the chart, at the pointer or, by the keyboard, in its middle."""
        menu = self.menu()
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        menu.popup(event.globalPos() if by_mouse else self.mapToGlobal(self._stack.geometry().center()))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the legend a line of its own where it does not fit beside the heading."""
        super().resizeEvent(event)
        self._place_legend()

    def menu(self) -> QMenu:
        """Return the context menu, made anew; it goes when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        filled = self.has_data()
        for text, run in (
            (tr("&Copy as picture"), self.copy_picture),
            (tr("Copy &values"), self.copy_values),
            ("", None),
            (tr("Save as &PNG…"), partial(self._ask_and_save, "png")),
            (tr("Save as &SVG…"), partial(self._ask_and_save, "svg")),
            ("", None),
        ):
            if run is None:
                menu.addSeparator()
            else:
                action = menu.addAction(text)
                action.triggered.connect(lambda _checked=False, run=run: run())
                action.setEnabled(filled)
        switch = menu.addAction(tr("Show as &chart") if self.table_shown else tr("Show as &table"))
        switch.triggered.connect(lambda: self.set_table_shown(not self.table_shown))
        return menu

    # -- the picture

    def paint_picture(self, painter: QPainter) -> None:
        """Paint heading, caption, legend and chart, without buttons, as large as the card on the screen."""
        look = theme.current()
        width = float(self.width() - 2 * _MARGIN)
        place = QRectF(_MARGIN, _MARGIN, width, look.px(look.tokens.styles["heading"].line_height))
        picture.draw_text(painter, place, "heading", "text", self.heading)
        place.moveTop(place.bottom())
        if self._caption.text():
            place.setHeight(look.px(look.tokens.styles["small"].line_height))
            picture.draw_text(painter, place, "small", "textSecondary", self._caption.text())
            place.moveTop(place.bottom())
        top = self._paint_legend(painter, place.left(), place.top() + _GAP, width)
        self.paint_content(painter, QRectF(_MARGIN, top, self._content.width(), self._content.height()))

    def _paint_legend(self, painter: QPainter, left: float, top: float, width: float) -> float:
        """Paint the legend in as many lines as it takes; return where it ends."""
        at, height = left, float(theme.current().px(24))
        shown = self.legend.entries
        for entry in shown:
            needed = entry_width(entry)
            if at > left and at + needed > left + width:
                at, top = left, top + height
            paint_entry(painter, QRectF(at, top, needed, height), entry, shown=True)
            at += needed + _ENTRY_GAP
        return top + height if shown else top

    def _picture_size(self) -> QSize:
        look = theme.current()
        head = look.px(look.tokens.styles["heading"].line_height + look.tokens.styles["small"].line_height)
        lines = sum(entry_width(entry) + _ENTRY_GAP for entry in self.legend.entries)
        legend = look.px(24) * -(-lines // max(self.width() - 2 * _MARGIN, 1))
        # Lines of the legend may break early; the chart may end a little above the edge.
        return QSize(self.width(), head + legend + self._content.height() + 2 * _MARGIN + _GAP)

    def _ask_and_save(self, kind: str) -> None:
        name = " ".join(_UNSAFE.sub(" ", self.heading).split()).strip(". ") or tr("Chart")
        title, filters = tr("Save {chart} as a picture"), f"{kind.upper()} (*.{kind})"
        suggestion = str(self._folder / f"{name}.{kind}")
        chosen, _filter = QFileDialog.getSaveFileName(
            self, title.format(chart=self.heading), suggestion, filters
        )
        if not chosen:
            return
        target = self._with_ending(Path(chosen), kind)
        if target is None:
            return
        self._folder = target.parent
        try:
            self.save_picture(target)
        except picture.NotSaved as error:
            text = tr("{file} could not be written: {reason}. Choose another place.")
            tell(self, tr("The picture is not saved"), text.format(file=target, reason=error), problem=True)
        else:
            self.told.emit(tr("Saved {file}").format(file=target.name))

    def _with_ending(self, target: Path, kind: str) -> Path | None:
        """The file with the ending of its kind; None when one of that name is there and is to stay."""
        if target.suffix.lower() == f".{kind}":
            return target
        target = target.with_name(f"{target.name}.{kind}")
        heading = tr("Replace “{file}”?").format(file=target.name)
        there = target.exists()
        text = tr("A file of this name is there already.")
        return None if there and not confirm(self, heading, text, tr("Replace")) else target

    # -- inside

    def _show_all(self) -> None:
        """Bring everything up to date after a change of data, of what is hidden, or of the theme."""
        entries = list(self.entries())
        self.legend.set_entries(entries, self._hidden)
        self.legend.setVisible(bool(entries))
        self.show_content()
        self._empty.setVisible(not self.has_data())
        if self.table_shown:
            self._show_values()
        self._place_legend()

    def _show_values(self) -> None:
        self.table.show_values(self.values())

    def _switched(self, hidden: frozenset[str]) -> None:
        self.set_hidden(hidden)
        self.hidden_changed.emit()

    def _restyle(self) -> None:
        self._show_all()

    def _lay_out(self) -> None:
        self._page = QWidget()
        inside = QGridLayout(self._page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._content, 0, 0)
        inside.addWidget(self._empty, 0, 0, Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page)
        self._stack.addWidget(self.table)
        self._head = QGridLayout()
        self._head.setHorizontalSpacing(_ENTRY_GAP)
        self._head.setVerticalSpacing(0)
        self._head.setColumnStretch(0, 1)
        self._head.addWidget(self._heading, 0, 0)
        self._head.addWidget(self.legend, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        if not self._compact:
            self._head.addWidget(self.table_button, 0, 2)
        self._head.addWidget(self._caption, 1, 0, 1, -1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN - 4, _MARGIN, _MARGIN - 4)
        column.setSpacing(_GAP)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)

    def _place_legend(self) -> None:
        button = self.table_button.sizeHint().width() + _ENTRY_GAP if not self._compact else 0
        heading = self._heading.fontMetrics().horizontalAdvance(self.heading) + 2 * _ENTRY_GAP
        room = self.width() - 2 * _MARGIN - heading - button
        below = self.legend.line_width() > room
        if below != self._legend_below:
            self._legend_below = below
            self._head.removeWidget(self.legend)
            # The ring around an entry would lie over the caption.
            self._head.setRowMinimumHeight(2, _RING if below else 0)
            if below:
                self._head.addWidget(self.legend, 3, 0, 1, -1)
            else:
                self._head.addWidget(self.legend, 0, 1, Qt.AlignmentFlag.AlignVCenter)
