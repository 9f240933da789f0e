"""F6: moves the focus round the parts of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from app.ui.window.host import PageHost


class PaneRing:
    """The parts of the window in their order: those of the frame, then those of the current page."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._fixed: list[QWidget] = []
        self._host: PageHost | None = None

    def set_parts(self, fixed: list[QWidget], host: PageHost) -> None:
        """Say which parts there are."""
        self._fixed, self._host = fixed, host

    def next_pane(self, step: int) -> None:
        """Put the focus into the next part that can be seen, or with -1 into the one before."""
        panes = self._panes()
        if not panes:
            return
        at = self._present(panes)
        following = panes[(at + step) % len(panes)] if at is not None else panes[0]
        following.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _panes(self) -> list[QWidget]:
        page = self._host.current_page() if self._host is not None else None
        return [pane for pane in [*self._fixed, *(page.panes() if page else [])] if pane.isVisible()]

    def _present(self, panes: list[QWidget]) -> int | None:
        """The innermost part that has the focus."""
        focused: QWidget | None = self._window.focusWidget()
        while focused is not None:
            for number, pane in enumerate(panes):
                if focused is pane or focused is pane.focusProxy():
                    return number
            focused = focused.parentWidget()
        return None
