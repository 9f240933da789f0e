"""Reminds by itself: after the start and once a day, in a corner of the screen or of the window."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from app.domain.due import DueItem
from app.services import reminders
from app.services.changes import Area, Change
from app.services.ledger import Interrupt
from app.ui.due.tray import Tray
from app.ui.due.words import summary
from app.ui.i18n import tr
from app.ui.session import Session
from app.ui.widgets.corner_card import CornerCard

_FIRST_MS = 2_000
_LOOK_MS = 60_000
_NOT_BEFORE = 1
"""Nothing appears in the first hour of a day."""
_DAILY = frozenset({Area.PURCHASES, Area.WARRANTIES, Area.DEBTS, Area.REMINDERS})
"""What looks different on another day: days left, states of warranties, what is due."""


class Reminding(QObject):
    """Looks once after the start, and every minute whether the day has changed, whatever the clock did meanwhile.

    Something appears at most once a day. What cannot be shown now, because a window fills the screen or it is just
    past midnight, is tried again a minute later.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._day = session.ledger.today()
        self._waiting = True
        self.card: CornerCard | None = None
        self.tray: Tray | None = None
        session.window.installEventFilter(self)
        self._first = QTimer(self, singleShot=True)
        self._first.timeout.connect(self.look)
        self._first.start(_FIRST_MS)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)

    def look(self) -> None:
        """Find out whether it is another day, and whether there is something to tell of."""
        session = self._session
        self._find_tray()
        today = session.ledger.today()
        if today != self._day:
            self._day, self._waiting = today, True
            session.ledger.hub.publish(Change("", _DAILY))
        if self._waiting and self._may_appear():
            ledger = session.ledger

            def read(interrupt: Interrupt) -> tuple[date | None, list[DueItem]]:
                return reminders.last_told(ledger), reminders.to_tell(ledger, interrupt)

            session.bridge.read(read, self._take, key="due.reminding")

    def stop(self) -> None:
        """Remind no more: the window closes."""
        self._first.stop()
        self._timer.stop()
        if self.card is not None:
            self.card.dismiss()
        if self.tray is not None:
            self.tray.stop()
            self.tray = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop with the window. A closed window ends the program: nothing goes on in the tray alone."""
        if watched is self._session.window and event.type() == QEvent.Type.Close:
            self.stop()
        return super().eventFilter(watched, event)

    def _find_tray(self) -> None:
        """Take a place in the system's tray; on some desktops there is one only some time after the start."""
        if self.tray is None and QSystemTrayIcon.isSystemTrayAvailable():
            session = self._session
            self.tray = Tray(session, lambda: raise_window(session), lambda: show_due(session), self)

    def _may_appear(self) -> bool:
        ledger, window = self._session.ledger, self._session.window
        if ledger.read_only or not ledger.reminders.notify:
            return False
        hour = ledger.now().astimezone(ledger.profile.zone).hour
        if hour < _NOT_BEFORE or window.isFullScreen():
            return False
        return self.tray is not None or (window.isVisible() and not window.isMinimized())

    def _take(self, found: tuple[date | None, list[DueItem]]) -> None:
        last, items = found
        self._waiting = False
        if items and last != self._session.ledger.today():
            self._tell(items)
            self._session.bridge.run_command(reminders.told(self._session.ledger, items))

    def _tell(self, items: Sequence[DueItem]) -> None:
        title, line = summary(items, self._session.ledger.today())
        # Where a program cannot place its windows, the system shows what it is to say.
        if self.tray is not None and QGuiApplication.platformName().startswith("wayland"):
            self.tray.say(title, line)
            return
        card = CornerCard(self._session.window, title, line, on_screen=self.tray is not None)
        card.add_link(tr("Show"), self._show)
        card.add_link(tr("Don’t show these"), self._be_quiet)
        card.destroyed.connect(self._card_gone)
        self.card = card
        card.show_for()

    def _card_gone(self) -> None:
        self.card = None

    def _show(self) -> None:
        show_due(self._session)

    def _be_quiet(self) -> None:
        session = self._session
        session.bridge.run_command(reminders.save(replace(session.ledger.reminders, notify=False)))
        session.notify(tr("Reminders do not appear any more. Tools, Settings, Reminders brings them back."))


def show_due(session: Session) -> None:
    """Bring the window to the front, with the page of what is due."""
    raise_window(session)
    session.show_page("due")


def raise_window(session: Session) -> None:
    """Bring the window to the front, out of the task bar if need be."""
    window = session.window
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()
