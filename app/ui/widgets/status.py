"""The pieces of the status bar: a running job, and short texts with an icon."""

from PySide6.QtCore import QRectF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPainterPath, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from app.ui import formats
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import flat
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label

_BAR = 140
_BUSY_PART = 0.3
_BUSY_MS = 1400


class ThinBar(QProgressBar):
    """A bar 6 px high; with a range of 0 to 0 a piece of it wanders, or stands still with reduced motion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self._wander = QVariantAnimation(self)
        self._wander.setStartValue(0.0)
        self._wander.setEndValue(1.0)
        self._wander.setDuration(_BUSY_MS)
        self._wander.setLoopCount(-1)
        self._wander.valueChanged.connect(self.update)
        theme.current().changed.connect(self._move_or_rest)

    def set_progress(self, done: int, total: int | None) -> None:
        """Show how much is done; a total of None is not known."""
        if total is None:
            self.setRange(0, 0)
        else:
            # In thousandths, for counts beyond what the bar can hold.
            self.setRange(0, 1000)
            self.setValue(1000 * min(done, total) // total if total else 1000)
        self._move_or_rest()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to move where the end is not known."""
        super().showEvent(event)
        self._move_or_rest()

    def hideEvent(self, event: QHideEvent) -> None:
        """Move no longer."""
        super().hideEvent(event)
        self._wander.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track and what is done."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            track = QRectF(self.rect())
            shape = QPainterPath()
            shape.addRoundedRect(track, track.height() / 2, track.height() / 2)
            painter.fillPath(shape, look.color("borderStrong"))
            painter.setClipPath(shape)
            left, width = self._done_part(track.width())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(QRectF(left, 0, width, track.height()), 3, 3)

    def _done_part(self, width: float) -> tuple[float, float]:
        if self.maximum() > 0:
            return 0.0, width * max(self.value(), 0) / self.maximum()
        at = float(self._wander.currentValue()) if self._is_moving() else 0.5
        return (1 + _BUSY_PART) * width * at - _BUSY_PART * width, _BUSY_PART * width

    def _is_moving(self) -> bool:
        return self._wander.state() == QVariantAnimation.State.Running

    def _move_or_rest(self) -> None:
        moves = self.maximum() == 0 and self.isVisible() and not theme.current().reduced_motion
        if moves and not self._is_moving():
            self._wander.start()
        elif not moves:
            self._wander.stop()
        self.update()


class JobProgress(QWidget):
    """A running job: icon, name, bar, "12 of 18" and Cancel. It appears when the job has taken 400 ms."""

    cancel_requested = Signal()
    appeared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._name = ElidedLabel("", "small", "secondary")
        self._bar = ThinBar()
        self._count = Label("", "small", "secondary", tabular=True)
        self._cancel = flat(tr("Cancel"), "x")
        self._cancel.setProperty("bar", "true")
        self._cancel.clicked.connect(self._cancel_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for piece in (self._icon, self._name, self._bar, self._count, self._cancel):
            row.addWidget(piece)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(theme.current().tokens.motion["progressDelayMs"])
        self._timer.timeout.connect(self._appear)
        self.hide()
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def set_job(self, name: str, done: int = 0, total: int | None = None, text: str = "") -> None:
        """Tell how far a job is; `text` names the present item where the total is not known."""
        self._name.setText(name)
        self._bar.set_progress(done, total)
        self._bar.setAccessibleName(name)
        counted = tr("{done} of {total}").format(done=formats.count(done), total=formats.count(total or 0))
        self._count.setText(text if total is None else counted)
        if self.isHidden() and not self._timer.isActive():
            self._cancel.setEnabled(True)
            self._timer.start()

    def finish(self) -> None:
        """Go, the job has ended."""
        self._timer.stop()
        self.hide()

    def _appear(self) -> None:
        self.show()
        self.appeared.emit()

    def _cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self.cancel_requested.emit()

    def _restyle(self) -> None:
        look = theme.current()
        self._bar.setFixedWidth(look.px(_BAR))
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(look.icons.pixmap("loader-circle", "textSecondary", look.px(14), ratio))


class StatusText(QWidget):
    """A short text with an icon before it, such as "Ready"; long ones are elided."""

    def __init__(self, text: str = "", icon: str = "check", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._icon = QLabel()
        self._text = ElidedLabel(text, "small", "secondary", tabular=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._restyle()
        theme.current().changed.connect(self._restyle)

    def text(self) -> str:
        """Return the text."""
        return self._text.text()

    def set(self, text: str, icon: str | None = None) -> None:
        """Show another text, and another icon where given ("" for none)."""
        self._text.setText(text)
        if icon is not None:
            self._icon_name = icon
        self._restyle()

    def _restyle(self) -> None:
        self._icon.setVisible(bool(self._icon_name))
        if self._icon_name:
            ratio = self.devicePixelRatioF()
            look = theme.current()
            self._icon.setPixmap(look.icons.pixmap(self._icon_name, "textSecondary", look.px(14), ratio))
