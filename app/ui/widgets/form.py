"""A form's field with its label above and its help or message below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.label import Label, set_property

_ICONS = {"error": ("circle-alert", "danger"), "warning": ("triangle-alert", "warning")}
_ICON = 14


class FormField(QWidget):
    """Wraps `field`; its state is "", "error" or "warning", seen in the border and a sentence."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        help_text: str = "",
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.label = Label(label)
        self.label.setBuddy(field)
        self._help = self._help_of(help_text, optional)
        self._state = ""
        self._icon = QLabel()
        self._message = Label(self._help, "small", "secondary", wrap=True)
        self._lay_out()
        self._spoken().setAccessibleName(label.replace("&", ""))
        self._show(self._help, "")
        theme.current().changed.connect(self._draw_icon)

    @property
    def state(self) -> str:
        """The state of the field: "", "error" or "warning"."""
        return self._state

    @property
    def message(self) -> str:
        """The sentence below the field, which is its help while nothing is wrong."""
        return self._message.text()

    def set_error(self, sentence: str) -> None:
        """Mark the field as one that cannot be saved as it is."""
        self._show(sentence, "error")

    def set_warning(self, sentence: str) -> None:
        """Mark the field as doubtful; it can still be saved."""
        self._show(sentence, "warning")

    def clear_message(self) -> None:
        """Show that nothing is wrong, and the help again."""
        self._show(self._help, "")

    def set_help(self, text: str) -> None:
        """Change the help; it is shown while nothing is wrong."""
        self._help = text
        if not self._state:
            self._show(text, "")

    def focus_and_announce(self) -> None:
        """Put the cursor into the field and have its message read out: for the first error on Save."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._state:
            QAccessible.updateAccessibility(
                QAccessibleAnnouncementEvent(self._spoken(), self._message.text())
            )

    def _spoken(self) -> QWidget:
        """The widget that has the focus, and so is read out, when the user is in this field."""
        inner = self.field.lineEdit() if isinstance(self.field, QComboBox) else None
        return inner or self.field

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._message, 1)
        self._below = QWidget()
        self._below.setLayout(below)
        below.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("xs"))
        column.addWidget(self.label)
        column.addWidget(self.field)
        column.addWidget(self._below)

    def _show(self, text: str, state: str) -> None:
        self._state = state
        self._message.setText(text)
        self._message.set_tone(_ICONS[state][1] if state else "secondary")
        self._below.setVisible(bool(text))
        set_property(self.field, "state", state)
        self._spoken().setAccessibleDescription(text)
        self._draw_icon()

    def _draw_icon(self) -> None:
        self._icon.setVisible(bool(self._state))
        if self._state:
            name, color = _ICONS[self._state]
            look = theme.current()
            side = look.px(_ICON)
            self._icon.setPixmap(look.icons.pixmap(name, color, side, self.devicePixelRatioF()))

    @staticmethod
    def _help_of(help_text: str, optional: bool) -> str:
        if not optional:
            return help_text
        return tr("Optional. {help}").format(help=help_text) if help_text else tr("Optional")
