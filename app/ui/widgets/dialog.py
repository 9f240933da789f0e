"""Short dialogs in plain text whose buttons are named for what they do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, button, set_kind
from app.ui.widgets.label import Label
from app.ui.widgets.paragraph import Paragraph

_ICON = 24
_TEXT_WIDTH = 340


class MessageDialog(QDialog):
    """An icon, a bold line, a text and buttons in the platform's order.

    `color` names the token of the icon. Closing the dialog by Esc is the same as its Cancel or Close button.
    """

    def __init__(
        self,
        parent: QWidget | None,
        heading: str,
        text: str,
        *,
        window_title: str = "",
        icon: str = "info",
        color: str = "accent",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(window_title or heading)
        self.setAccessibleDescription(text)
        self._buttons = QDialogButtonBox()
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        picture = QLabel()
        look = theme.current()
        picture.setPixmap(look.icons.pixmap(icon, color, look.px(_ICON), self.devicePixelRatioF()))
        paragraph = Paragraph(text)
        words = QVBoxLayout()
        words.setSpacing(look.space("xs"))
        words.addWidget(Label(heading, "bodyStrong", wrap=True))
        words.addWidget(paragraph)
        paragraph.setMinimumWidth(look.px(_TEXT_WIDTH))
        paragraph.setVisible(bool(text))
        row = QHBoxLayout()
        row.setSpacing(look.space("m"))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(look.space("l"))
        column.addLayout(row)
        column.addWidget(self._buttons)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def add_verb(self, verb: str, kind: ButtonKind = ButtonKind.PRIMARY) -> QPushButton:
        """Add the button that does it; only a harmless one becomes the default button."""
        made = button(verb, kind)
        self._buttons.addButton(made, QDialogButtonBox.ButtonRole.AcceptRole)
        harmless = kind is not ButtonKind.DANGER
        made.setAutoDefault(harmless)
        made.setDefault(harmless)
        return made

    def add_cancel(self, text: str = "") -> QPushButton:
        """Add the button that does nothing."""
        made = self._buttons.addButton(text or tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(made, ButtonKind.DEFAULT)
        made.setAutoDefault(False)
        return made


def confirm_destructive(
    parent: QWidget | None, heading: str, text: str, verb: str, *, window_title: str = ""
) -> bool:
    """Ask before what undo cannot cover; the focus is on Cancel. Return whether to go on."""
    dialog = MessageDialog(
        parent, heading, text, window_title=window_title or verb, icon="triangle-alert", color="danger"
    )
    dialog.add_verb(verb, ButtonKind.DANGER)
    dialog.add_cancel().setFocus(Qt.FocusReason.OtherFocusReason)
    return _asked(dialog)


def confirm(parent: QWidget | None, heading: str, text: str, verb: str, *, window_title: str = "") -> bool:
    """Ask before something that can be taken back. Return whether to go on."""
    dialog = MessageDialog(parent, heading, text, window_title=window_title, icon="circle-question-mark")
    dialog.add_verb(verb).setFocus(Qt.FocusReason.OtherFocusReason)
    dialog.add_cancel()
    return _asked(dialog)


def tell(parent: QWidget | None, heading: str, text: str, *, problem: bool = False) -> None:
    """Tell something that the user must have seen, such as a problem of the disk."""
    icon, color = ("circle-alert", "danger") if problem else ("info", "accent")
    dialog = MessageDialog(parent, heading, text, window_title=tr("Counterfoil"), icon=icon, color=color)
    dialog.add_cancel(tr("Close")).setFocus(Qt.FocusReason.OtherFocusReason)
    _asked(dialog)


def _asked(dialog: MessageDialog) -> bool:
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted
