"""`new`: make an empty ledger."""

import argparse

from app.cli.frame import Call, CommandLine
from app.domain.profile import Profile
from app.services.ledger import create_ledger
from app.services.region import guess_country, guess_currency, guess_timezone


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", default="", help="whose ledger it is")
    parser.add_argument("--currency", metavar="C", help="ISO 4217 code, otherwise that of the country")
    parser.add_argument("--country", metavar="XX", help="ISO 3166 code, otherwise that of the locale")
    parser.add_argument("--timezone", metavar="TZ", help="IANA name, otherwise that of the machine")


def profile_from(name: str = "", currency: str = "", country: str = "", timezone: str = "") -> Profile:
    """Return a profile of what is given, the rest guessed from the machine's settings."""
    land = country.upper() or guess_country()
    return Profile(name.strip(), land, timezone or guess_timezone(), currency.upper() or guess_currency(land))


def _run(call: Call) -> int:
    given = call.arguments
    profile = profile_from(given.name, given.currency or "", given.country or "", given.timezone or "")
    create_ledger(call.ledger_path, profile)
    call.output.answer(
        {
            "ledger": str(call.ledger_path),
            "profile": {
                "name": profile.name,
                "country": profile.country,
                "timezone": profile.timezone,
                "currency": profile.currency,
            },
        },
        f"Made an empty ledger in {call.ledger_path}, in {profile.currency} and {profile.timezone}.",
    )
    return 0


COMMAND = CommandLine("new", "Make an empty ledger.", _arguments, _run)
