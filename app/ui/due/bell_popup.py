"""The popup below the bell: what is due next, each to be opened or snoozed."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.due import DueItem
from app.ui import formats
from app.ui.due.opening import open_record
from app.ui.due.snoozing import snooze_menu
from app.ui.due.words import days_of, kind_icon, kind_name, sentence, when_pill
from app.ui.i18n import tr
from app.ui.records.popup import FilterPopup
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import flat, link, tool_button
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill

_WIDTH = 420
_SHOWN = 6
_LINE = 46


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


class _LineButton(QPushButton):
    """A flat button as wide as the popup, with icon, two lines of text and a pill."""

    def __init__(self, item: DueItem, today: date, soon: int) -> None:
        super().__init__()
        look = theme.current()
        self.setProperty("kind", flat("").property("kind"))
        self.setAutoDefault(True)
        self.setAccessibleName(sentence(item, today))
        self.setMinimumHeight(look.px(_LINE))
        icon = QLabel()
        drawing = look.icons.pixmap(
            kind_icon(item.kind), "textSecondary", look.px(16), self.devicePixelRatioF()
        )
        icon.setPixmap(drawing)
        words = " · ".join(part for part in (kind_name(item.kind), item.party) if part)
        below = tr("{what} · {date}").format(what=words, date=formats.date(item.on))
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
