"""A small card at the bottom right, in the window or on the screen, that says one thing and goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import link, tool_button
from app.ui.widgets.label import Label

_WIDTH = 340
_EDGE = 16
_ABOVE_STATUS = 46
_SLIDE = 8
_ICON = 20
SHOWN_MS = 8_000


class CornerCard(QFrame):
    """Takes no focus, and stays while the pointer is on it. It deletes itself when it has gone.

    With `on_screen` it is a window of its own at the corner of the screen that `window` is on.
    """

    def __init__(
        self, window: QWidget, title: str, line: str, icon: str = "bell", *, on_screen: bool = False
    ) -> None:
        super().__init__(window)
        if on_screen:
            self.setWindowFlags(
                Qt.WindowType.Tool
                | Qt.WindowType.FramelessWindowHint
                | Qt.WindowType.WindowStaysOnTopHint
                | Qt.WindowType.WindowDoesNotAcceptFocus
            )
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            # It is no reason for the program to go on when its last real window has closed.
            self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setObjectName("card")
        self.setAccessibleName(f"{title}. {line}")
        self._window = window
        self._on_screen = on_screen
        self._icon_name = icon
        self._picture = QLabel()
        self._title = Label(title, "bodyStrong", wrap=True)
        self._line = Label(line, "small", "secondary", wrap=True, tabular=True)
        self._links = QHBoxLayout()
        self._close = tool_button("x", tr("Close"), compact=True)
        self._close.clicked.connect(self.dismiss)
        self._lay_out()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self._shown_ms = SHOWN_MS
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._move_to)
        self._restyle()
        theme.current().changed.connect(self._restyle)
        window.installEventFilter(self)

    def text(self) -> str:
        """Return what the card says."""
        return f"{self._title.text()}\n{self._line.text()}"

    def add_link(self, text: str, act: Callable[[], object]) -> QPushButton:
        """Add a link that does something and closes the card."""
        made = link(text, compact=True)
        if self._on_screen:
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        def clicked() -> None:
            self.dismiss()
            act()

        made.clicked.connect(clicked)
        self._links.insertWidget(self._links.count() - 1, made)
        return made

    def show_for(self, milliseconds: int = SHOWN_MS) -> None:
        """Appear, and go again after a while."""
        self._shown_ms = milliseconds
        self.adjustSize()
        self._move_to(0.0)
        self.show()
        self.raise_()
        duration = theme.current().duration("toastMs")
        if duration:
            self._slide.setStartValue(0.0)
            self._slide.setEndValue(1.0)
            self._slide.setDuration(duration)
            self._slide.start()
        else:
            self._move_to(1.0)
        self._timer.start(milliseconds)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def dismiss(self) -> None:
        """Go."""
        self._timer.stop()
        self._slide.stop()
        self.hide()
        self.deleteLater()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is here."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go some time after the pointer left."""
        super().leaveEvent(event)
        if self.isVisible():
            self._timer.start(self._shown_ms)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the corner of the window, and go with it."""
        if watched is self._window and event.type() == QEvent.Type.Resize and not self._on_screen:
            self._move_to(1.0)
        elif watched is self._window and event.type() == QEvent.Type.Close and self._on_screen:
            self.dismiss()
        return super().eventFilter(watched, event)

    def _move_to(self, shown: float) -> None:
        down = round((1 - shown) * _SLIDE)
        size = self.size()
        if self._on_screen:
            room = self._window.screen().availableGeometry()
            right, bottom = room.right() + 1 - _EDGE, room.bottom() + 1 - _EDGE
            self.setWindowOpacity(shown)
        else:
            right, bottom = self._window.width() - _EDGE, self._window.height() - _ABOVE_STATUS
        self.move(QPoint(right - size.width(), bottom - size.height() + down))

    def _lay_out(self) -> None:
        look = theme.current()
        name = Label(tr("Counterfoil"), "caption", "secondary")
        self._links.setSpacing(look.space("l"))
        self._links.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(look.space("l"), look.space("m"), look.space("m"), look.space("m"))
        grid.setHorizontalSpacing(look.space("m"))
        grid.setVerticalSpacing(look.space("xs"))
        grid.addWidget(name, 0, 0, 1, 2)
        grid.addWidget(self._close, 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._picture, 1, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 1, 1, 1, 2)
        grid.addWidget(self._line, 2, 1, 1, 2)
        grid.addLayout(self._links, 3, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self.setFixedWidth(look.px(_WIDTH))
        if not self._on_screen:
            shadow = QGraphicsDropShadowEffect(self)
            shadow.setBlurRadius(24)
            shadow.setOffset(0, 8)
            shadow.setColor(look.color("shadow"))
            self.setGraphicsEffect(shadow)

    def _restyle(self) -> None:
        look = theme.current()
        drawing = look.icons.pixmap(self._icon_name, "accent", look.px(_ICON), self.devicePixelRatioF())
        self._picture.setPixmap(drawing)
