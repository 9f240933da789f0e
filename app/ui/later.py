"""What a window does only once its first page stands."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_STANDS_AFTER_MS = 150


def after_first_page(context: QObject, act: Callable[[], object]) -> None:
    """Do what nobody waits for a moment later, when a window that was just made has read and painted its first rows.

    Nothing is done for a `context` that is gone by then.
    """
    QTimer.singleShot(_STANDS_AFTER_MS, context, act)
