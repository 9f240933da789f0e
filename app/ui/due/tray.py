"""The program's icon in the system's tray, where the system has one."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.ui.i18n import tr
from app.ui.session import Session


class Tray(QObject):
    """Brings the window to the front, shows what is due, and quits. It is gone when the window is."""

    def __init__(
        self,
        session: Session,
        raise_window: Callable[[], None],
        show_due: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._raise_window, self._show_due = raise_window, show_due
        self.menu = QMenu(session.window)
        self.menu.addAction(tr("&Open Counterfoil")).triggered.connect(self._open)
        self.menu.addAction(tr("&What is due")).triggered.connect(self._show)
        self.menu.addSeparator()
        self.menu.addAction(tr("&Quit")).triggered.connect(lambda: session.actions.run("file.quit"))
        self.icon = QSystemTrayIcon(QGuiApplication.windowIcon(), self)
        self.icon.setToolTip(tr("Counterfoil"))
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self._show)
        self.icon.show()

    def say(self, title: str, line: str) -> None:
        """Have the system show a message; a click on it shows what is due."""
        self.icon.showMessage(title, line, self.icon.icon())

    def stop(self) -> None:
        """Leave the tray."""
        self.icon.hide()
        self.icon.deleteLater()

    def _open(self) -> None:
        self._raise_window()

    def _show(self) -> None:
        self._show_due()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self._open()
