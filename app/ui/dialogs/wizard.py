"""The window of a wizard: step list at the left, a page, Back, the way on, and Cancel."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.dialogs.page import WizardPage
from app.ui.dialogs.steps import StepList, StepView
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, button, default, set_kind
from app.ui.widgets.label import Label

_WIDTH, _HEIGHT = 984, 680
_BUTTON_WIDTH = 92
_BAR = 60
_BEFORE_CANCEL = 24


class WizardDialog(QDialog):
    """Draws the state of a flow: `show_steps`, `show_page` and `set_buttons` say what is on the screen.

    The signals tell what the user wants; the subclass asks its flow. Enter goes on, Esc cancels, Alt+Left goes
    back. The order of going on and cancelling is the platform's.
    """

    next_wanted = Signal()
    back_wanted = Signal()
    step_wanted = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setSizeGripEnabled(True)
        self.steps = StepList()
        self.steps.chosen.connect(self.step_wanted)
        self._pages = QStackedWidget()
        self.back_button = default(tr("&Back"))
        self.back_button.setAutoDefault(False)
        self.back_button.clicked.connect(self.back_wanted)
        self._box = QDialogButtonBox()
        self.next_button = button(tr("&Next"), ButtonKind.PRIMARY)
        self.next_button.clicked.connect(self.next_wanted)
        self._box.addButton(self.next_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel_button = self._box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(self.cancel_button, ButtonKind.DEFAULT)
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self.hint = Label("", "small", "secondary")
        self._lay_out()
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.activated.connect(self._back_by_key)
        self.next_button.setDefault(True)
        self._restyle()
        self._take_first_size()
        theme.current().changed.connect(self._restyle)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin on the first page."""
        super().showEvent(event)
        self.page().focus_first()

    def add_page(self, page: WizardPage) -> None:
        """Add a page to show later."""
        self._pages.addWidget(page)

    def page(self) -> WizardPage:
        """Return the page that is shown."""
        shown = self._pages.currentWidget()
        if not isinstance(shown, WizardPage):
            raise TypeError("A wizard shows a page of its own before anything else.")
        return shown

    def show_page(self, page: WizardPage) -> None:
        """Show a page, read its heading out and put the focus into it."""
        self._pages.setCurrentWidget(page)
        page.focus_first()
        if self.isVisible():
            words = f"{page.title()}. {page.line()}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def show_steps(self, steps: Sequence[StepView]) -> None:
        """Show how far the wizard is."""
        self.steps.show_steps(steps)

    def set_buttons(
        self,
        next_text: str,
        *,
        can_go_on: bool,
        can_go_back: bool,
        cancel_text: str = "",
        by_enter: bool = True,
    ) -> None:
        """Say what the way on is called ("" for none), whether there is one, and what leaves the wizard.

        Enter goes on unless that is too much to do `by_enter`.
        """
        self.next_button.setVisible(bool(next_text))
        self.next_button.setText(next_text)
        self.next_button.setEnabled(can_go_on)
        self.back_button.setVisible(can_go_back)
        self.cancel_button.setVisible(cancel_text != "-")
        self.cancel_button.setText(cancel_text if cancel_text not in ("", "-") else tr("Cancel"))
        self.next_button.setAutoDefault(by_enter)
        self.next_button.setDefault(by_enter and bool(next_text))

    def set_hint(self, text: str) -> None:
        """Say something small beside the buttons, such as why one cannot go on."""
        self.hint.setText(text)

    def _back_by_key(self) -> None:
        if self.back_button.isVisible() and self.back_button.isEnabled():
            self.back_wanted.emit()

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.steps)
        body.addWidget(_rule("vertical"))
        body.addWidget(self._pages, 1)
        bar = QWidget()
        bar.setProperty("ground", "window")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look = theme.current()
        row = QHBoxLayout(bar)
        row.setContentsMargins(look.space("xl"), 0, look.px(20), 0)
        row.setSpacing(look.space("s"))
        row.addWidget(self.hint, 1)
        row.addWidget(self.back_button)
        row.addWidget(self._box)
        inner = self._box.layout()
        if inner is not None:
            inner.setSpacing(_BEFORE_CANCEL)
        self._bar = bar
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(_rule("horizontal"))
        column.addWidget(bar)

    def _take_first_size(self) -> None:
        look, room = theme.current(), self.screen().availableGeometry()
        self.resize(min(look.px(_WIDTH), room.width() - 24), min(look.px(_HEIGHT), room.height() - 72))

    def _restyle(self) -> None:
        look = theme.current()
        self._bar.setFixedHeight(look.px(_BAR))
        for made in (self.back_button, self.next_button, self.cancel_button):
            made.setMinimumWidth(look.px(_BUTTON_WIDTH))


def _rule(direction: str) -> QFrame:
    line = QFrame()
    line.setProperty("rule", direction)
    return line
