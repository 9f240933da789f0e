"""The QPalette of a scheme, from the tokens' own table."""

from PySide6.QtGui import QColor, QPalette

from app.ui.theme.tokens import Scheme, Tokens

_GROUPS = ("Active", "Inactive", "Disabled")


def build(tokens: Tokens, scheme: Scheme) -> QPalette:
    """Return the palette of `scheme` with its Active, Inactive and Disabled groups."""
    palette = QPalette()
    for group_name in _GROUPS:
        group = QPalette.ColorGroup[group_name]
        for role_name, color in tokens.palettes[scheme][group_name].items():
            palette.setColor(group, QPalette.ColorRole[role_name], QColor(color))
    return palette
