"""What a window remembers with its ledger: sizes, columns, the last page. Written a moment after it changed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtWidgets import QSplitter

from app.services import settings
from app.services.ledger import Ledger
from app.ui.bridge import Bridge

_WRITTEN_AFTER_MS = 800


class LedgerState(QObject):
    """Values that JSON can hold, by key: "window.page", "purchases.table". Never part of undo.

    What was put is there for `get` at once. A ledger that may only be read forgets it in the end.
    """

    def __init__(self, ledger: Ledger, bridge: Bridge, values: Mapping[str, Any]) -> None:
        super().__init__()
        self._ledger = ledger
        self._bridge = bridge
        self._values = dict(values)
        self._unwritten: dict[str, Any] = {}
        self._timer = QTimer(self, singleShot=True, interval=_WRITTEN_AFTER_MS)
        self._timer.timeout.connect(self._write)

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or `default` when there is none."""
        return self._values.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Remember a value."""
        if key in self._values and self._values[key] == value:
            return
        self._values[key] = value
        self._unwritten[key] = value
        if not self._ledger.read_only:
            self._timer.start()

    def remember_splitter(self, splitter: QSplitter, key: str) -> None:
        """Give a splitter the sizes that it had last time, and remember how the user moves it."""
        sizes = self.get(key)
        if (
            isinstance(sizes, list)
            and len(sizes) == splitter.count()
            and all(isinstance(s, int) for s in sizes)
        ):
            splitter.setSizes(sizes)
        splitter.splitterMoved.connect(lambda: self.put(key, splitter.sizes()))

    def flush(self) -> None:
        """Hand what is not written yet to the writer; closing the ledger waits for it."""
        self._timer.stop()
        self._write()

    def _write(self) -> None:
        if self._unwritten and not self._ledger.read_only:
            values, self._unwritten = self._unwritten, {}
            self._bridge.run_command(settings.put(values))


def packed(data: QByteArray) -> str:
    """Return bytes of Qt, such as a window's geometry, as text for `put`."""
    return bytes(data.toBase64().data()).decode("ascii")


def unpacked(text: object) -> QByteArray:
    """Return the bytes of a text that `packed` made; empty for anything else."""
    return QByteArray.fromBase64(text.encode("ascii", "replace")) if isinstance(text, str) else QByteArray()
