"""Progress in a dialog: what is being done, a bar, how many of how many, the rate and the time left."""

import time

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.jobs import Job
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.theme import theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label
from app.ui.widgets.status import ThinBar

_STEADY_AFTER = 2.0
_A_MINUTE = 60


class ProgressPanel(QWidget):
    """Shows how a job stands; one glance tells whether to wait."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Label("", "bodyStrong")
        self._items: int | None = None
        self._in_bytes = False
        self._left = Label("", "body", "secondary", tabular=True)
        self.bar = ThinBar()
        self._counted = ElidedLabel("", "small", "secondary", tabular=True)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("s"))
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self._counted)

    def start(self, name: str, items: int | None = None, *, in_bytes: bool = False) -> None:
        """Begin with work of this name.

        `items` says how many things the job's total stands for, where that counts something else; `in_bytes`
        that it counts bytes, and nobody knows of how many things.
        """
        self._items, self._in_bytes = items, in_bytes
        self._name.setText(name)
        self._left.setText("")
        self._counted.setText("")
        self.bar.set_progress(0, None)
        self.bar.setAccessibleName(name)

    def follow(self, job: Job) -> None:
        """Show how a job stands."""
        context = job.context
        self.bar.set_progress(context.done, context.total)
        self._counted.setText(counted(job, self._items, in_bytes=self._in_bytes))
        self._left.setText(time_left(job))

    def text(self) -> str:
        """Return what the panel says in words."""
        return " ".join(part for part in (self._name.text(), self._left.text(), self._counted.text()) if part)


def counted(job: Job, items: int | None = None, *, in_bytes: bool = False) -> str:
    """Return how far a job is and how fast: "12,000 of 100,000 · 8,900 a second".

    `items` and `in_bytes` are as for `ProgressPanel.start`.
    """
    tell = formats.file_size if in_bytes and items is None else formats.count
    context = job.context
    done, total = context.done, context.total
    if items is not None and total:
        done, total = items * min(done, total) // total, items
    if total is None:
        how_far = tell(done) if done else ""
    else:
        how_far = tr("{done} of {total}").format(done=tell(done), total=tell(total))
    elapsed = _running_for(job)
    rate = round(done / elapsed) if elapsed >= 1 else 0
    parts = [how_far, context.text]
    if rate:
        parts.append(tr("{rate} a second").format(rate=tell(rate)))
    return " · ".join(part for part in parts if part)


def time_left(job: Job) -> str:
    """Return about how long a job still takes, once that is steady: "about 20 s left"."""
    seconds = job.context.seconds_left()
    if seconds is None or _running_for(job) < _STEADY_AFTER:
        return ""
    if seconds < _A_MINUTE:
        return tr("about {n} s left").format(n=formats.count(max(1, round(seconds))))
    return tr_n("about {n} minute left", "about {n} minutes left", round(seconds / _A_MINUTE))


def _running_for(job: Job) -> float:
    return time.monotonic() - job.context.started_at
