"""Progress of a backup, in bytes."""

from app.services.jobs import JobContext


class Bytes:
    """Adds up the bytes that were handled, and tells them to a job; raises `Cancelled` when that was cancelled."""

    def __init__(self, context: JobContext, total: int, text: str) -> None:
        self._context = context
        self._total = total
        self._text = text
        self._done = 0

    def __call__(self, count: int) -> None:
        """Add bytes."""
        self._done += count
        self._context.progress(min(self._done, self._total), self._total, self._text)
