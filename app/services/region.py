"""Where the user probably is, from the settings of their machine: the defaults of a new ledger."""

import locale
import os


def guess_country() -> str:
    """Return the ISO 3166 code of the country of the user's locale, or nothing when it names none."""
    for setting in (
        *(os.environ.get(name, "") for name in ("LC_ALL", "LC_MONETARY", "LANG")),
        _system_locale(),
    ):
        territory = setting.partition(".")[0].partition("@")[0].partition("_")[2]
        if len(territory) == 2 and territory.isalpha():
            return territory.upper()
    return ""


def guess_currency(country: str) -> str:
    """Return the currency that is legal tender in a country today, EUR where nobody can say."""
    if not country:
        return "EUR"
    from babel.numbers import get_territory_currencies

    return next(iter(get_territory_currencies(country)), "EUR")


def guess_timezone() -> str:
    """Return the IANA name of the machine's timezone, UTC where it has none."""
    from babel.dates import LOCALTZ

    return getattr(LOCALTZ, "key", None) or getattr(LOCALTZ, "zone", None) or "UTC"


def _system_locale() -> str:
    return locale.getlocale()[0] or ""
