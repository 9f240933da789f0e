"""The bell at the right end of the toolbar: how much is due soon, and a popup with the next of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent

from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.ui.due.areas import AREAS
from app.ui.i18n import tr
from app.ui.later import after_first_page
from app.ui.session import Session
from app.ui.theme import icons, theme
from app.ui.widgets.button import ToolButton
from app.ui.widgets.label import plain_tip

if TYPE_CHECKING:
    from app.domain.due import DueItem
    from app.ui.due.bell_popup import BellPopup
    from app.ui.due.reminding import Reminding

_MOST = 99
_HIGH = 14


class Bell(ToolButton):
    """Shows a number while something is due within the reminder window. A click opens the popup.

    It also holds what reminds of things by itself: both live as long as the window. Nothing is read, and what reads
    is not even loaded, before the first page stands.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._items: Sequence[DueItem] = ()
        self._popup: BellPopup | None = None
        self.reminding: Reminding | None = None
        self.setProperty("icononly", "true")
        self.setObjectName("due.bell")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icons.bind(self, "bell")
        self.clicked.connect(self.open_popup)
        self.setAccessibleName(tr("What is due"))
        after_first_page(self, self._begin)

    @property
    def number(self) -> int:
        """How much is due soon and not snoozed."""
        return len(self._items)

    def open_popup(self) -> None:
        """Show what is due next."""
        from app.ui.due.bell_popup import BellPopup

        if self._popup is None:
            popup = BellPopup(self._session)
            popup.destroyed.connect(self._popup_gone)
            self._popup = popup
            popup.show_items(self._items)
            popup.open_below(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bell, and the number at its shoulder."""
        super().paintEvent(event)
        if not self._items:
            return
        look = theme.current()
        text = str(self.number) if self.number <= _MOST else f"{_MOST}+"
        font = look.num_font("caption")
        high = look.px(_HIGH)
        wide = max(QFontMetricsF(font).horizontalAdvance(text) + look.px(6), high)
        box = QRectF(self.width() - wide - 1, 1, wide, high)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accentFill"))
            painter.drawRoundedRect(box, high / 2, high / 2)
            painter.setFont(font)
            painter.setPen(look.color("onAccent"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _begin(self) -> None:
        from app.ui.due.reminding import Reminding

        self._session.bridge.changed.connect(self._take_change)
        self.reminding = Reminding(self._session, self)
        self._read()

    def _popup_gone(self) -> None:
        self._popup = None

    def _take_change(self, change: Change) -> None:
        if change.areas & AREAS and change.areas != {Area.SETTINGS}:
            self._read()

    def _read(self) -> None:
        ledger = self._session.ledger

        def read(interrupt: Interrupt) -> "list[DueItem]":
            from app.services import reminders

            return reminders.soon(ledger, interrupt)

        self._session.bridge.read(read, self._take, key="due.bell")

    def _take(self, items: "Sequence[DueItem]") -> None:
        self._items = items
        self._name_it()
        self.update()
        if self._popup is not None:
            self._popup.show_items(items)

    def _name_it(self) -> None:
        from app.ui.due.words import counted, days_of

        days = days_of(self._session.ledger.reminders.window)
        if self._items:
            words = tr("What is due: {dates} within {days}")
            name = words.format(dates=counted(self.number), days=days)
        else:
            name = tr("What is due: nothing within {days}").format(days=days)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
