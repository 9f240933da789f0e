"""Whether there is a screen to open a window on, asked before Qt is loaded: Qt itself would abort."""

import os
import sys
from collections.abc import Mapping

_WITHOUT_SCREEN = ("offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay")
_BY_THEMSELVES = ("win32", "darwin", "cygwin")


def display_problem(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """Return one sentence when no window can be opened here, and None when one probably can."""
    if platform in _BY_THEMSELVES:
        return None
    chosen = environment.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if chosen in _WITHOUT_SCREEN:
        return None
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return None
    return (
        "There is no display to open a window on. These commands need none: new, demo, import, export, list, "
        "summary, check. “counterfoil --help” explains them."
    )
