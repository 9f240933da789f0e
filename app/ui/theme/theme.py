"""The theme of the program: colours, fonts, icons, sizes and motion, applied to the whole application."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from app.ui.theme import fonts, palette, registry, stylesheet, tokens
from app.ui.theme.icons import Icons
from app.ui.theme.registry import NoTheme, current, use
from app.ui.theme.tokens import ChartTokens, Scheme, Tokens

__all__ = [
    "MAX_TEXT",
    "MIN_TEXT",
    "Appearance",
    "Density",
    "NoTheme",
    "Scheme",
    "Theme",
    "current",
    "install",
    "use",
]

MIN_TEXT, MAX_TEXT = 90, 200
"""Smallest and largest text size, in per cent of the design's own."""

_SOFT_FILLS = ("accentSoft", "successSoft", "warningSoft", "dangerSoft")


class Appearance(StrEnum):
    """What the user chose: follow the system, or always light, or always dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Density(StrEnum):
    """How high the rows of tables are."""

    COMPACT = "compact"
    COMFORTABLE = "comfortable"


_QT_SCHEMES = {
    Appearance.SYSTEM: Qt.ColorScheme.Unknown,
    Appearance.LIGHT: Qt.ColorScheme.Light,
    Appearance.DARK: Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """The look of one application. `changed` tells that colours, fonts, sizes or icons are different now."""

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        appearance: Appearance = Appearance.SYSTEM,
        density: Density = Density.COMPACT,
        text_percent: int = 100,
        reduce_motion: bool = False,
    ) -> None:
        super().__init__()
        self._app = app
        self.tokens: Tokens = tokens.load()
        self._appearance = appearance
        self._density = density
        self._reduce_motion = reduce_motion
        self._scheme = Scheme.LIGHT
        self._high_contrast = False
        self._colors: dict[str, QColor] = {}
        self._applying = False
        self._images = QTemporaryDir()
        self.fonts = fonts.Fonts(self.tokens, _within_limits(text_percent))
        self.icons = Icons(self.color, self.px)
        # Kept in variables: chained calls on these have raised "already deleted".
        self._hints = app.styleHints()
        self._access = self._hints.accessibility() if hasattr(self._hints, "accessibility") else None

    # -- what was chosen

    @property
    def appearance(self) -> Appearance:
        """The user's choice between light, dark and the system's."""
        return self._appearance

    @property
    def scheme(self) -> Scheme:
        """The set of colours on the screen now."""
        return self._scheme

    @property
    def dark(self) -> bool:
        """Whether the dark colours are on the screen now."""
        return self._scheme is Scheme.DARK

    @property
    def density(self) -> Density:
        """The height of table rows."""
        return self._density

    @property
    def text_percent(self) -> int:
        """The text size in per cent."""
        return self.fonts.percent

    @property
    def high_contrast(self) -> bool:
        """Whether the system asks for more contrast: soft fills then become outlined surfaces."""
        return self._high_contrast

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing should move, by the user's choice or the system's."""
        return self._reduce_motion or self._system_asks("motionPreference", "ReducedMotion")

    def set_appearance(self, appearance: Appearance) -> None:
        """Show light or dark colours, or follow the system."""
        self._appearance = appearance
        self.apply()

    def set_density(self, density: Density) -> None:
        """Make table rows compact or comfortable."""
        self._density = density
        self.changed.emit()

    def set_text_percent(self, percent: int) -> None:
        """Set the text size, in per cent from 90 to 200; values outside are brought inside."""
        self.fonts = fonts.Fonts(self.tokens, _within_limits(percent))
        self.apply()

    def set_reduce_motion(self, reduce: bool) -> None:
        """Let nothing move, whatever the system says; False leaves it to the system."""
        self._reduce_motion = reduce
        self.changed.emit()

    # -- what things look like

    def color(self, name: str) -> QColor:
        """Return the colour of a token such as "textSecondary". Raises `KeyError` for an unknown name."""
        if name not in self._colors:
            self._colors[name] = _color(self._contrasted(name))
        return self._colors[name]

    @property
    def chart(self) -> ChartTokens:
        """The colours of charts."""
        return self.tokens.charts[self._scheme]

    def font(self, role: str) -> QFont:
        """Return the font of a role such as "body"."""
        return self.fonts.font(role)

    def num_font(self, role: str) -> QFont:
        """Return the font of a role with figures of equal width."""
        return self.fonts.font(role, tabular=True)

    def px(self, length: int) -> int:
        """Return a length that grows with the text: a row, a control, a bar that holds text."""
        return round(length * self.fonts.percent / 100)

    def size(self, name: str) -> int:
        """Return a size of the tokens ("control", "toolbar", …), grown with the text."""
        return self.px(self.tokens.size[name])

    def space(self, name: str) -> int:
        """Return a space of the tokens: xs, s, m, l or xl; spaces do not grow."""
        return self.tokens.space[name]

    def radius(self, name: str) -> int:
        """Return a corner radius of the tokens: indicator, control, card or pill."""
        return self.tokens.radius[name]

    @property
    def row_height(self) -> int:
        """The height of a table row at the density and text size in use."""
        return self.size("rowCompact" if self._density is Density.COMPACT else "rowComfortable")

    def duration(self, name: str) -> int:
        """Return how long a movement takes in milliseconds ("toastMs", "paneMs"), 0 with reduced motion."""
        return 0 if self.reduced_motion else self.tokens.motion[name]

    # -- bringing it onto the screen

    def start(self) -> None:
        """Apply the theme for the first time and follow the system from now on."""
        fonts.load_bundled()
        self._app.setStyle("Fusion")
        self.apply()
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._app.screenAdded.connect(self._redraw_icons)
        if self._access is not None and hasattr(self._access, "contrastPreferenceChanged"):
            self._access.contrastPreferenceChanged.connect(self._follow_system)

    def stop(self) -> None:
        """Follow the system no longer."""
        self._hints.colorSchemeChanged.disconnect(self._follow_system)
        self._app.screenAdded.disconnect(self._redraw_icons)
        if self._access is not None and hasattr(self._access, "contrastPreferenceChanged"):
            self._access.contrastPreferenceChanged.disconnect(self._follow_system)

    def apply(self) -> None:
        """Put palette, fonts, style sheet and icons of the present choices in place."""
        self._applying = True
        self._hints.setColorScheme(_QT_SCHEMES[self._appearance])
        self._applying = False
        self._scheme = Scheme.DARK if self._hints.colorScheme() == Qt.ColorScheme.Dark else Scheme.LIGHT
        if self._appearance is not Appearance.SYSTEM:
            self._scheme = Scheme(self._appearance.value)
        self._high_contrast = self._system_asks("contrastPreference", "HighContrast")
        self._colors.clear()
        self._app.setPalette(palette.build(self.tokens, self._scheme))
        self._app.setFont(self.font("body"))
        self._app.setStyleSheet(stylesheet.build(self._sheet_values()))
        self.icons.refresh()
        self.changed.emit()

    def _follow_system(self) -> None:
        if not self._applying:
            self.apply()

    def _redraw_icons(self) -> None:
        self.icons.refresh()
        self.changed.emit()

    def _system_asks(self, preference: str, value: str) -> bool:
        if self._access is None or not hasattr(self._access, preference):
            return False
        answer = getattr(self._access, preference)()
        return str(getattr(answer, "name", "")) == value

    def _contrasted(self, name: str) -> str:
        """The colour of a token, in the form that more contrast asks for."""
        if self._high_contrast and name == "border":
            name = "borderControl"
        if self._high_contrast and name in _SOFT_FILLS:
            name = "surface"
        return self.tokens.color(self._scheme, name)

    def _sheet_values(self) -> Mapping[str, str]:
        """The values of the style sheet's names."""
        colors = {name: self._contrasted(name) for name in self.tokens.colors[self._scheme]}
        disabled = self.tokens.palettes[self._scheme]["Disabled"]["Base"]
        control, small, chip = self.size("control"), self.size("controlSmall"), self.px(28)
        lengths = {
            "control": control,
            "controlInner": control - 2,
            "controlFocus": control - 4,
            # Fusion adds three pixels to what it measures inside spin boxes and tool buttons.
            "spinInner": control - 5,
            "spinFocus": control - 7,
            "box": self.px(16) - 2,
            "boxRound": self.px(16) // 2,
            "dot": self.px(16) - 2 * self.px(5),
            "dotRing": self.px(5),
            "toolInner": control - 3,
            "toolSmall": self.px(24) - 3,
            "statusInner": self.size("statusBar") - 1,
            "icon": self.px(16),
            "iconSmall": self.px(12),
            "dropDown": self.px(16) + 10,
            "spinButton": self.px(12) + 10,
            "menuRoom": self.px(16) + 18,
            "controlLarge": self.px(34) - 2,
            "controlSmallInner": small - 2,
            "chipInner": chip - 2,
            "chipFocus": chip - 4,
            "radiusControl": self.radius("control"),
            "radiusCard": self.radius("card"),
            "radiusIndicator": self.radius("indicator"),
        }
        colors["tooltipQuiet"] = _mixed(colors["tooltipText"], colors["tooltip"], 0.65)
        points = {"smallPt": f"{self.fonts.points('small'):g}"}
        images = stylesheet.write_images(Path(self._images.path()), colors)
        return colors | {"disabledBase": disabled} | {k: str(v) for k, v in lengths.items()} | points | images


def install(
    app: QApplication,
    appearance: Appearance = Appearance.SYSTEM,
    density: Density = Density.COMPACT,
    text_percent: int = 100,
    reduce_motion: bool = False,
) -> Theme:
    """Make a theme, apply it to the application and make it the current one."""
    theme = Theme(app, appearance, density, text_percent, reduce_motion)
    registry.use(theme)
    theme.start()
    return theme


def _within_limits(percent: int) -> int:
    return max(MIN_TEXT, min(MAX_TEXT, percent))


def _mixed(ink: str, ground: str, part: float) -> str:
    """The opaque colour that `ink` has when it covers `ground` by `part`."""
    one, other = QColor(ink), QColor(ground)
    channels = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(part * up + (1 - part) * down) for up, down in channels)).name()


def _color(value: str) -> QColor:
    """A QColor of `#RRGGBB` or `#RRGGBBAA`; Qt itself reads the latter as `#AARRGGBB`."""
    return QColor(f"#{value[7:]}{value[1:7]}" if len(value) == 9 else value)
