"""The kinds of record that commands speak of."""

import argparse
from collections.abc import Iterable


def add_kind(parser: argparse.ArgumentParser, keys: Iterable[str]) -> None:
    """Add the word that says which kind of record a command is about."""
    known = tuple(keys)
    parser.add_argument("kind", choices=known, metavar="KIND", help=f"what: {', '.join(known)}")
