"""Settings of the program itself, declared once: menus, the settings page and the theme all read these."""

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.services.preferences import PreferenceFile
from app.ui.i18n import tr
from app.ui.theme.theme import Appearance, Density, Theme

RECENT_LIMIT = 8

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a setting can have, with its name; the "&" marks the mnemonic."""

    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its key in the file, label (with a mnemonic), tooltip, default, and choices unless it is on or off."""

    key: str
    label: str
    tip: str
    default: Any
    choices: tuple[Choice, ...] = ()

    def read(self, values: Mapping[str, Any]) -> Any:
        """Return the stored value, or the default where nothing sensible is stored."""
        value = values.get(self.key, self.default)
        if self.choices:
            return value if value in [choice.value for choice in self.choices] else self.default
        return value if isinstance(value, bool) else self.default


def appearance() -> Setting:
    """Light or dark colours."""
    return Setting(
        "appearance",
        tr("&Appearance"),
        tr("Light or dark colours, or those of the system"),
        Appearance.SYSTEM.value,
        (
            Choice(Appearance.SYSTEM.value, tr("&System")),
            Choice(Appearance.LIGHT.value, tr("&Light")),
            Choice(Appearance.DARK.value, tr("&Dark")),
        ),
    )


def density() -> Setting:
    """The height of table rows."""
    return Setting(
        "density",
        tr("&Density"),
        tr("How high the rows of tables are"),
        Density.COMPACT.value,
        (
            Choice(Density.COMPACT.value, tr("&Compact")),
            Choice(Density.COMFORTABLE.value, tr("C&omfortable")),
        ),
    )


def text_size() -> Setting:
    """The size of all text, in per cent."""
    return Setting(
        "text_percent",
        tr("&Text size"),
        tr("The size of all text, and of the rows and fields that hold it"),
        100,
        tuple(
            Choice(percent, text)
            for percent, text in (
                (90, tr("&90 %")),
                (100, tr("&100 %")),
                (110, tr("11&0 %")),
                (130, tr("1&30 %")),
                (150, tr("1&50 %")),
                (175, tr("1&75 %")),
                (200, tr("&200 %")),
            )
        ),
    )


def reduce_motion() -> Setting:
    """Whether nothing slides or fades."""
    return Setting(
        "reduce_motion",
        tr("&Reduce motion"),
        tr("Show the undo bar and panes at once, without sliding"),
        False,
    )


def all_settings() -> list[Setting]:
    """Return every setting that the user can change, in the order in which it is shown."""
    return [appearance(), density(), text_size(), reduce_motion()]


class Preferences(QObject):
    """The program's settings and recent ledgers. `changed` carries the key of what is different now.

    Written in the background; `close` waits for that.
    """

    changed = Signal(str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._file = PreferenceFile(folder)
        self._values = self._file.load()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="preferences")

    def get(self, setting: Setting) -> Any:
        """Return the value of a setting."""
        return setting.read(self._values)

    def set(self, setting: Setting, value: Any) -> None:
        """Change a setting, at once and for the next start."""
        if self.get(setting) != value:
            self._put(setting.key, value)

    def raw(self, key: str) -> Any:
        """Return something stored that is no setting, or None."""
        return self._values.get(key)

    def put_raw(self, key: str, value: Any) -> None:
        """Store something that JSON can hold and that is no setting."""
        if self._values.get(key) != value:
            self._put(key, value)

    def recent_ledgers(self) -> list[Path]:
        """Return the folders of ledgers that were open, the last one first."""
        stored = self._values.get("recent")
        entries: Sequence[Any] = stored if isinstance(stored, list) else []
        return [Path(entry) for entry in entries if isinstance(entry, str) and entry][:RECENT_LIMIT]

    def remember_ledger(self, path: Path) -> None:
        """Put a ledger at the top of the recent ones."""
        others = [str(known) for known in self.recent_ledgers() if known != path]
        self._put("recent", [str(path), *others][:RECENT_LIMIT])

    def forget_ledger(self, path: Path) -> None:
        """Take a ledger that is not there any more off the recent ones."""
        self._put("recent", [str(known) for known in self.recent_ledgers() if known != path])

    def close(self) -> None:
        """Finish writing."""
        self._writer.shutdown(wait=True)

    def _put(self, key: str, value: Any) -> None:
        self._values[key] = value
        self._writer.submit(self._write, dict(self._values))
        self.changed.emit(key)

    def _write(self, values: dict[str, Any]) -> None:
        try:
            self._file.save(values)
        except OSError as error:
            # Losing a preference is no reason to stop anybody's work.
            _log.warning("the preferences could not be written: %s", error.strerror)


def apply(preferences: Preferences, theme: Theme, key: str) -> None:
    """Bring a changed setting onto the screen."""
    if key == appearance().key:
        theme.set_appearance(Appearance(preferences.get(appearance())))
    elif key == density().key:
        theme.set_density(Density(preferences.get(density())))
    elif key == text_size().key:
        theme.set_text_percent(preferences.get(text_size()))
    elif key == reduce_motion().key:
        theme.set_reduce_motion(preferences.get(reduce_motion()))
