"""The bar that offers to take the last step back."""

from PySide6.QtCore import QEasingCurve, QEvent, QObject, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLabel, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import link, tool_button
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.focus_ring import RING_COLOR
from app.ui.widgets.label import Label

_HEIGHT = 40
_SLIDE = 8
_SIDE_ROOM = 16


class _Shadow(QGraphicsDropShadowEffect):
    """A drop shadow that fades together with what throws it; a widget can have only one effect."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._opacity = 1.0

    def set_opacity(self, opacity: float) -> None:
        """Show the widget and its shadow this much, from 0 to 1."""
        self._opacity = opacity
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw widget and shadow."""
        painter.setOpacity(self._opacity)
        super().draw(painter)


class UndoBar(QFrame):
    """Floats at the bottom centre of its parent, `bottom` pixels above its edge, one message at a time.

    It goes by itself after `visible_ms` (8 seconds by design), but not while the pointer or the focus is on it.
    """

    undo_requested = Signal()

    def __init__(self, parent: QWidget, bottom: int = 16, visible_ms: int | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setObjectName("toast")
        self._bottom = bottom
        self._visible_ms = look.tokens.motion["toastVisibleMs"] if visible_ms is None else visible_ms
        self._icon_name = ""
        self._shown = 0.0
        self._icon = QLabel()
        self._text = ElidedLabel("", tone="tooltip")
        self._undo = link(tr("Undo"))
        self._keys = Label(
            QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText),
            "caption",
            "tooltipQuiet",
        )
        self._close = tool_button("x", tr("Close"), compact=True, color="tooltipText")
        self._undo.clicked.connect(self._undo_clicked)
        self._close.clicked.connect(self.dismiss)
        self._lay_out()
        self._shadow = _Shadow(self)
        self.setGraphicsEffect(self._shadow)
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._move_to)
        self._slide.finished.connect(self._slide_ended)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        parent.installEventFilter(self)
        self.hide()
        self._restyle()
        look.changed.connect(self._restyle)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def show_message(self, text: str, icon: str = "check", *, undo: bool = True) -> None:
        """Say what was done, in place of what was said before; `undo` False only tells."""
        self._text.setText(text)
        self._icon_name = icon
        self._undo.setVisible(undo)
        self._keys.setVisible(undo)
        self._restyle()
        self.show()
        self.raise_()
        self._slide_to(1.0)
        self._timer.start(self._visible_ms)
        self._pause_or_go_on()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def text(self) -> str:
        """Return what the bar says."""
        return self._text.text()

    def is_waiting(self) -> bool:
        """Return whether the time until the bar goes is running."""
        return self._timer.isActive()

    def dismiss(self) -> None:
        """Go."""
        self._timer.stop()
        if not self.isHidden():
            self._slide_to(0.0)

    def enterEvent(self, event: QEvent) -> None:
        """Stay while the pointer is here."""
        super().enterEvent(event)  # type: ignore[arg-type]
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go some time after the pointer left."""
        super().leaveEvent(event)
        self._pause_or_go_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom centre of the parent."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self._undo.setProperty("toast", "true")
        for control in (self._undo, self._close):
            control.setProperty(RING_COLOR, "tooltipText")
        self._close.setProperty("toast", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addSpacing(2)
        row.addWidget(self._undo)
        row.addWidget(self._keys)
        row.addWidget(self._close)

    def _undo_clicked(self) -> None:
        self.dismiss()
        self.undo_requested.emit()

    def _focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        if not self.isHidden():
            self._pause_or_go_on()

    def _pause_or_go_on(self) -> None:
        focus = QApplication.focusWidget()
        held = self.underMouse() or (focus is not None and self.isAncestorOf(focus))
        if held:
            self._timer.stop()
        elif not self._timer.isActive() and self._slide.endValue() == 1.0:
            self._timer.start(self._visible_ms)

    def _slide_to(self, goal: float) -> None:
        self._slide.stop()
        duration = theme.current().duration("toastMs")
        self._slide.setStartValue(self._shown)
        self._slide.setEndValue(goal)
        if duration and self._shown != goal:
            self._slide.setDuration(duration)
            self._slide.start()
        else:
            self._move_to(goal)
            self._slide_ended()

    def _move_to(self, shown: float) -> None:
        self._shown = shown
        self._shadow.set_opacity(shown)
        self._place()

    def _slide_ended(self) -> None:
        if self._shown == 0.0:
            self.hide()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        height = theme.current().px(_HEIGHT)
        width = min(self.sizeHint().width(), parent.width() - 2 * _SIDE_ROOM)
        top = parent.height() - self._bottom - height + round((1 - self._shown) * _SLIDE)
        self.setGeometry((parent.width() - width) // 2, top, width, height)

    def _restyle(self) -> None:
        look = theme.current()
        if self._icon_name:
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(look.icons.pixmap(self._icon_name, "tooltipText", look.px(16), ratio))
        self._shadow.setBlurRadius(24)
        self._shadow.setOffset(0, 8)
        self._shadow.setColor(look.color("shadow"))
        self.setContentsMargins(0, 0, 0, 0)
        self._text.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self._place()
