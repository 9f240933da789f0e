"""One program a ledger: a lock of the operating system, which the death of its owner lifts by itself."""

from pathlib import Path

from filelock import FileLock, Timeout

from app.storage.errors import LedgerInUse, file_problems

LOCK_NAME = "lock"


class LedgerLock:
    """The right to write a ledger, until it is released."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    @classmethod
    def acquire(cls, folder: Path) -> "LedgerLock":
        """Take the lock of a ledger's folder. Raises `LedgerInUse` when another program has it."""
        lock = FileLock(folder / LOCK_NAME, mode=0o600, thread_local=False)
        with file_problems(folder):
            try:
                lock.acquire(timeout=0)
            except Timeout:
                raise LedgerInUse(
                    f"The ledger in {folder} is open in another Counterfoil."
                    " Use that window, or close it and try again."
                ) from None
        return cls(lock)

    def release(self) -> None:
        """Let others have the ledger."""
        self._lock.release()
