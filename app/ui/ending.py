"""Ends the program properly when the system asks for it: at the end of a session, or by Ctrl+C in a terminal."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_ASKED_BY = ("SIGTERM", "SIGINT", "SIGHUP")


class EndingSignals(QObject):
    """Calls `leave` on the window's thread when a signal asks the process to end.

    Python runs a signal's handler only when Python code runs, and in Qt's event loop none may for hours; the
    byte that Python writes to a socket at a signal wakes the loop.
    """

    def __init__(self, leave: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leave = leave
        self._wake, self._woken = socket.socketpair()
        for end in (self._wake, self._woken):
            end.setblocking(False)
        self._before_wakeup = signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        names = [getattr(signal, name) for name in _ASKED_BY if hasattr(signal, name)]
        self._before = {number: signal.signal(number, lambda *_: None) for number in names}
        self._notifier = QSocketNotifier(self._woken.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._asked)

    def close(self) -> None:
        """Let signals do what they did before."""
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before_wakeup)
        self._wake.close()
        self._woken.close()

    def _asked(self) -> None:
        try:
            numbers = self._woken.recv(64)
        except BlockingIOError:
            return
        if any(number in self._before for number in numbers):
            self._leave()
