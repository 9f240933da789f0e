"""The popup below the bell: what is due next, each to be opened or snoozed."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.due import DueItem
from app.ui import formats
from app.ui.due.opening import open_record
from app.ui.due.snoozing import snooze_menu
from app.ui.due.words import days_of, kind_icon, kind_name, sentence, when_pill
from app.ui.i18n import tr
from app.ui.records.popup import FilterPopup
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import link, tool_button
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill

_WIDTH = 420
_SHOWN = 6
_LINE = 42


class BellPopup(FilterPopup):
    """Lists the next few dates. Tab goes from one to the next, Enter opens, Esc closes."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("What is due"), _WIDTH, session.window)
        self._session = session
        self._shown: list[DueLine] = []
        look = theme.current()
        self._title = Label("", "heading")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.space("xs"))
        self.all_button = link(tr("Show all"))
        self.all_button.clicked.connect(self._show_all)
        head = QHBoxLayout()
        head.setContentsMargins(look.space("s"), 0, 0, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self.all_button)
        self._more = Label("", "small", "secondary")
        self._more.setContentsMargins(look.space("s"), 0, 0, 0)
        self.column.addLayout(head)
        self.column.addLayout(self._lines)
        self.column.addWidget(self._more)

    def show_items(self, items: Sequence[DueItem]) -> None:
        """Show the first of what is due soon."""
        self._clear()
        today = self._session.ledger.today()
        days = self._session.ledger.reminders.window
        self._title.setText(tr("What is due"))
        for item in items[:_SHOWN]:
            self._lines.addWidget(self._line(item, today))
        further = len(items) - _SHOWN
        if not items:
            self._more.setText(tr("Nothing is due within {days}.").format(days=days_of(days)))
        elif further > 0:
            more = tr("{count} more within {days}")
            self._more.setText(more.format(count=formats.count(further), days=days_of(days)))
        self._more.setVisible(not items or further > 0)
        if self.isVisible():
            # Only what is shown can take the focus, and the layout shows new lines later.
            for line in self._shown:
                line.show()
            self.adjustSize()
            self.focus_first()

    def lines(self) -> list["DueLine"]:
        """Return the lines that are shown."""
        return list(self._shown)

    def focus_first(self) -> None:
        """Begin with the first line, or the link."""
        lines = self.lines()
        first: QWidget = lines[0].open_button if lines else self.all_button
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def open_below(self, button: QWidget) -> None:
        """Show the popup below a button, its right edge under that of the button."""
        super().open_below(button)
        corner = button.mapToGlobal(QPoint(button.width(), button.height() + 4))
        left = max(corner.x() - self.width(), self.screen().availableGeometry().left())
        self.move(left, self.y())

    def _line(self, item: DueItem, today: date) -> "DueLine":
        line = DueLine(item, today, self._session.ledger.reminders.window)
        self._shown.append(line)
        line.open_button.clicked.connect(partial(self._open, item))
        line.snooze_button.clicked.connect(partial(self._snooze, line, item))
        line.snooze_button.setEnabled(not self._session.ledger.read_only)
        return line

    def _clear(self) -> None:
        for line in self._shown:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._shown.clear()

    def _open(self, item: DueItem, _checked: bool = False) -> None:
        self.close()
        open_record(self._session, item)

    def _snooze(self, line: "DueLine", item: DueItem, _checked: bool = False) -> None:
        menu = snooze_menu(self._session, item, self)
        for action in menu.actions():
            if action.text().endswith("…"):
                # A dialog cannot be used beside a popup.
                action.triggered.connect(self.close)
        button = line.snooze_button
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _show_all(self) -> None:
        self.close()
        self._session.show_page("due")


class DueLine(QWidget):
    """One date: a button with what and when, and one that snoozes it."""

    def __init__(self, item: DueItem, today: date, soon: int) -> None:
        super().__init__()
        look = theme.current()
        self.open_button = _LineButton(item, today, soon)
        self.snooze_button = tool_button("alarm-clock", tr("Snooze “{title}”").format(title=item.title))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space("xs"))
        row.addWidget(self.open_button, 1)
        row.addWidget(self.snooze_button)


class _LineButton(QAbstractButton):
    """A flat button as wide as the popup, with icon, two lines of text and a pill. Enter clicks it, as Space does."""

    def __init__(self, item: DueItem, today: date, soon: int) -> None:
        super().__init__()
        look = theme.current()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(sentence(item, today))
        self.setMinimumHeight(look.px(_LINE))
        icon = QLabel()
        drawing = look.icons.pixmap(
            kind_icon(item.kind), "textSecondary", look.px(16), self.devicePixelRatioF()
        )
        icon.setPixmap(drawing)
        below = tr("{what} · {date}").format(what=kind_name(item.kind), date=formats.date(item.on))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(ElidedLabel(item.title))
        lines.addWidget(ElidedLabel(below, "small", tone="secondary", tabular=True))
        spec = when_pill(item, today, soon)
        pill = Pill(spec.text, spec.kind, spec.icon)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space("s"), 2, look.space("s"), 2)
        row.setSpacing(look.space("m"))
        row.addWidget(icon)
        row.addLayout(lines, 1)
        row.addWidget(pill)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Click with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Light up under the mouse; everything else is painted by the labels."""
        if not (self.underMouse() or self.isDown()):
            return
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("hover"))
            radius = look.radius("control")
            painter.drawRoundedRect(self.rect(), radius, radius)
