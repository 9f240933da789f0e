"""The one theme of the running program, set at its start and read by everything that paints."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_themes: list["Theme"] = []


class NoTheme(RuntimeError):
    """Something was to be drawn before the program chose a theme: a mistake in the start-up."""


def current() -> "Theme":
    """Return the theme that is in use. Raises `NoTheme` before `use` was called."""
    if not _themes:
        raise NoTheme("No theme is in use yet: call theme.install(app) before making widgets.")
    return _themes[-1]


def use(theme: "Theme | None") -> None:
    """Make `theme` the current one, or forget the current one."""
    _themes.clear()
    if theme is not None:
        _themes.append(theme)
