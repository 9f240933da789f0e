"""A field for one value out of a long list: countries, currencies, timezones. Found by any part of its name."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.money import CURRENCIES
from app.domain.text import fold
from app.ui import formats
from app.ui.i18n import tr
from app.ui.preferences import Choice
from app.ui.widgets.fields import NameCombo


class ChoiceField(NameCombo):
    """Shows the texts of choices; what is typed may also be a choice's value ("EUR")."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__([choice.text for choice in choices], parent)
        self._values: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        for choice in choices:
            self._values.setdefault(fold(choice.text), choice.value)
            self._texts[choice.value] = choice.text
        for choice in choices:
            if choice.value:
                self._values.setdefault(fold(choice.value), choice.value)

    def value(self) -> str | None:
        """Return the value of what is in the field, None when it is none of the choices."""
        return self._values.get(fold(self.name()))

    def set_value(self, value: str) -> None:
        """Show a value; one that is none of the choices is shown as it is."""
        self.set_name(self._texts.get(value, value))


def countries() -> list[Choice]:
    """Return all countries by their names in the user's language, none first."""
    from babel import Locale

    names = Locale.parse(formats.locale().name()).territories
    found = [Choice(code, name) for code, name in names.items() if _is_country(code)]
    return [Choice("", tr("Not given")), *sorted(found, key=lambda choice: fold(choice.text))]


def currencies() -> list[Choice]:
    """Return all currencies by code and name."""
    from babel import Locale

    names = Locale.parse(formats.locale().name()).currencies
    return [
        Choice(code, tr("{code}: {name}").format(code=code, name=names.get(code, code)))
        for code in sorted(CURRENCIES)
    ]


def timezones() -> list[Choice]:
    """Return all timezones by their IANA names."""
    from zoneinfo import available_timezones

    return [Choice(name, name.replace("_", " ")) for name in sorted(available_timezones()) if _is_zone(name)]


def _is_country(code: str) -> bool:
    # The others are regions (419), and codes that stand for no country.
    return len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")


def _is_zone(name: str) -> bool:
    return ("/" in name and not name.startswith(("Etc/GMT", "posix/", "right/", "SystemV/"))) or name == "UTC"
