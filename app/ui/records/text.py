"""Texts of the detail pane: never wider than the pane, whatever they hold."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme
from app.ui.widgets.label import Label
from app.ui.widgets.paragraph import Paragraph

FULL, VALUE = 236, 128
"""The room, in pixels at 100 % text size, that a text has in the narrowest pane: alone, or behind a label."""

_COLORS = {"": "text", "secondary": "textSecondary"}


def flowing(
    text: str, role: str = "body", tone: str = "", *, tabular: bool = False, room: int = FULL
) -> QWidget:
    """Return a text in as many lines as it needs.

    It can be selected and copied, unless it has a word that is longer than a line: that is broken, which a label
    cannot do.
    """
    look = theme.current()
    metrics = QFontMetrics(look.num_font(role) if tabular else look.font(role))
    longest = max(map(metrics.horizontalAdvance, text.split()), default=0)
    if longest > look.px(room):
        return Paragraph(text, role, _COLORS[tone])
    label = Label(text, role, tone, tabular=tabular, wrap=True, selectable=True)
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(policy)
    return label
