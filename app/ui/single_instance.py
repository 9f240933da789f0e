"""One window a ledger: a second start asks the window that is open to come to the front."""

import hashlib
import logging
import os
import socket
from collections.abc import Callable
from getpass import getuser
from pathlib import Path
from tempfile import gettempdir

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_RAISE = b"raise\n"
_RESTORE = b"restore "
_DONE = b"done\n"
_PATIENCE_MS = 2000
_LONGEST_PATH = 100

_log = logging.getLogger(__name__)


def server_name(ledger: Path) -> str:
    """Return the name under which the window of a ledger listens; the same for every spelling of the folder."""
    try:
        user = getuser()
    except (KeyError, OSError):
        user = ""
    digest = hashlib.sha256(f"{user}\n{ledger.resolve()}".encode("utf-8", "surrogateescape")).hexdigest()
    name = f"counterfoil-{digest[:24]}"
    if os.name == "nt":
        return name
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    # The path of a socket has a limit of about a hundred bytes.
    if runtime and Path(runtime).is_dir() and len(os.fsencode(runtime)) + len(name) < _LONGEST_PATH:
        return str(Path(runtime) / name)
    return str(Path(gettempdir()) / name)


class WindowCalls(QObject):
    """Listens, for the window of one ledger, to other starts of the program.

    `called` brings it to the front, `restore` is given the backup that the other was started with.
    """

    def __init__(
        self,
        ledger: Path,
        called: Callable[[], object],
        parent: QObject | None = None,
        restore: Callable[[Path], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self._called = called
        self._restore = restore
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        name = server_name(ledger)
        # Whoever has the ledger's lock has the right to the name: what is there is left from a dead process.
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            _log.warning("a second start will not find this window: %s", self._server.errorString())

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _answer(self) -> None:
        connection = self._server.nextPendingConnection()
        while connection is not None:
            self._take(connection)
            connection = self._server.nextPendingConnection()

    def _take(self, connection: QLocalSocket) -> None:
        connection.disconnected.connect(connection.deleteLater)
        connection.readyRead.connect(lambda: self._read(connection))
        if connection.bytesAvailable():
            self._read(connection)

    def _read(self, connection: QLocalSocket) -> None:
        said = bytes(connection.readAll().data())
        if said.startswith((_RAISE, _RESTORE)):
            connection.write(_DONE)
            connection.flush()
            self._called()
        connection.disconnectFromServer()
        if said.startswith(_RESTORE) and self._restore is not None:
            self._restore(Path(os.fsdecode(said.removeprefix(_RESTORE).removesuffix(b"\n"))))


def call_window(ledger: Path, backup: Path | None = None) -> bool:
    """Ask the window of a ledger to come to the front, and to restore a backup where one is given.

    Tells whether a window answered. May run on any thread.
    """
    name = server_name(ledger)
    words = _RAISE if backup is None else _RESTORE + os.fsencode(backup.absolute()) + b"\n"
    return _call_by_pipe(name, words) if os.name == "nt" else _call_by_socket(name, words)


def _call_by_socket(name: str, words: bytes) -> bool:
    """Python's own socket, since Qt's holds up all other threads of Python while it waits."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_PATIENCE_MS / 1000)
        try:
            connection.connect(name)
            connection.sendall(words)
            return connection.recv(len(_DONE)) == _DONE
        except OSError:
            return False


def _call_by_pipe(name: str, words: bytes) -> bool:
    pipe = QLocalSocket()
    pipe.connectToServer(name)
    if not pipe.waitForConnected(_PATIENCE_MS):
        return False
    pipe.write(words)
    answered = pipe.waitForReadyRead(_PATIENCE_MS) and bytes(pipe.readAll().data()).startswith(_DONE)
    pipe.disconnectFromServer()
    return answered
