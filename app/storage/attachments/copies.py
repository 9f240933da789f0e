"""A private folder for copies of attached files that other programs open, gone when the ledger is closed."""

import logging
import shutil
import stat
import threading
from pathlib import Path
from tempfile import mkdtemp

from app.storage.errors import file_problems

_log = logging.getLogger(__name__)


class Copies:
    """The folder; it is made when the first copy is asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder: Path | None = None

    def folder_for(self, sha256: str) -> Path:
        """Return a folder for the copies of one content, which only the user may enter. Raises `EnvironmentProblem`."""
        with self._lock:
            if self._folder is None:
                with file_problems(Path("the folder for temporary files")):
                    self._folder = Path(mkdtemp(prefix="counterfoil-"))
            folder = self._folder / sha256[:16]
            with file_problems(folder):
                folder.mkdir(mode=0o700, exist_ok=True)
            return folder

    def close(self) -> None:
        """Remove all copies; one that a program still holds stays, on platforms where that keeps it."""
        with self._lock:
            folder, self._folder = self._folder, None
        if folder is None:
            return
        try:
            for copy in folder.glob("*/*"):
                # Windows removes no file that is read-only.
                copy.chmod(stat.S_IRUSR | stat.S_IWUSR)
            shutil.rmtree(folder)
        except OSError as error:
            _log.warning("copies of files could not be removed: %s", type(error).__name__)
