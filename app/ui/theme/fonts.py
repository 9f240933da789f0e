"""The type scale as fonts: the bundled Inter, its weights, tabular figures and the user's text size."""

import logging
import sys

from PySide6.QtGui import QFont, QFontDatabase

from app.ui.theme.registry import current
from app.ui.theme.tokens import RESOURCES, Tokens

_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")
_CAPITALS = "groupLabel"

_log = logging.getLogger(__name__)


def is_known() -> bool:
    """Return whether Qt has the font already, loaded before or installed on the system."""
    return "SemiBold" in QFontDatabase.styles("Inter")


def load_bundled() -> None:
    """Make the bundled fonts known to Qt; needs a running application. A font that fails is logged."""
    if is_known():
        return
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name)) < 0:
            _log.warning("The bundled font %s could not be loaded; another font is used.", name)


class Fonts:
    """Makes the fonts of the type scale at a text size of `percent` (100 is the design's own)."""

    def __init__(self, tokens: Tokens, percent: int = 100) -> None:
        self._tokens = tokens
        self.percent = percent
        self._made: dict[tuple[str, bool], QFont] = {}

    def font(self, role: str, *, tabular: bool = False) -> QFont:
        """Return the font of a role such as "body" or "caption", with figures of equal width where asked."""
        key = (role, tabular)
        if key not in self._made:
            self._made[key] = self._make(role, tabular)
        return QFont(self._made[key])

    def points(self, role: str) -> float:
        """Return the size of a role in points, at the text size in use."""
        style = self._tokens.styles[role]
        return (style.points_mac if sys.platform == "darwin" else style.points) * self.percent / 100

    def _make(self, role: str, tabular: bool) -> QFont:
        style = self._tokens.styles[role]
        font = QFont()
        font.setFamilies([self._tokens.family, *self._tokens.fallbacks])
        font.setPointSizeF(self.points(role))
        font.setWeight(QFont.Weight(style.weight))
        if style.letter_spacing != 100:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, style.letter_spacing)
        if role == _CAPITALS:
            font.setCapitalization(QFont.Capitalization.AllUppercase)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font


def font(role: str) -> QFont:
    """Return the font of a role ("caption", "small", "body", "heading", …) in the current theme."""
    return current().fonts.font(role)


def num_font(role: str) -> QFont:
    """Return the font of a role with tabular figures, for money and counts."""
    return current().fonts.font(role, tabular=True)
