"""The kinds of record that commands speak of."""

import argparse

KINDS = ("purchases",)


def add_kind(parser: argparse.ArgumentParser) -> None:
    """Add the word that says which kind of record a command is about."""
    parser.add_argument("kind", choices=KINDS, metavar="KIND", help=f"what: {', '.join(KINDS)}")
