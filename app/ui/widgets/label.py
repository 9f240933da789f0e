"""Text that is never read as markup, in a role of the type scale."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.theme import theme


class Label(QLabel):
    """A plain-text label: `role` names its font, `tone` its colour ("secondary", "danger"; "" is primary)."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "",
        *,
        tabular: bool = False,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._tabular = tabular
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        if tone:
            self.setProperty("tone", tone)
        self._take_font()
        theme.current().changed.connect(self._take_font)

    def set_tone(self, tone: str) -> None:
        """Change the colour to that of another tone."""
        set_property(self, "tone", tone)

    def _take_font(self) -> None:
        look = theme.current()
        self.setFont(look.num_font(self._role) if self._tabular else look.font(self._role))
        self.setMinimumHeight(look.px(look.tokens.styles[self._role].line_height))


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, and let the style sheet look again if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def plain_tip(text: str) -> str:
    """Return `text` as a tooltip that shows it as it is, even where it looks like markup."""
    if "<" not in text:
        return text
    lines = html.escape(text).replace("\n", "<br>")
    return f"<span>{lines}</span>"
