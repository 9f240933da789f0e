"""Debts told in a file of their own, for plans that need no ledger."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.domain.debts.exchange import debts_from_json
from app.domain.debts.plan import PlanDebt
from app.domain.problems import Refused
from app.services.importing.readers.encoding import detect, open_text
from app.services.importing.readers.json_stream import REPEATED, JsonTrouble, decode
from app.services.importing.readers.source import check_file, unreadable

MAX_CHARACTERS = 4_000_000
EXAMPLE = '{"name": "Card", "balance": "950.00", "apr": "19.9", "minimum": "40.00"}'


def read_debts(path: Path, currency: str) -> tuple[PlanDebt, ...]:
    """Return the debts in a JSON file, its amounts in a currency. Raises `Refused` with one sentence."""
    check_file(path)
    try:
        with open_text(path, detect(path, "")) as stream:
            text = stream.read(MAX_CHARACTERS + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(text) > MAX_CHARACTERS:
        raise Refused(f"{path.name} has more than {MAX_CHARACTERS:,} characters; leave out what is no debt.")
    try:
        document = decode(text, 1)
    except JsonTrouble as trouble:
        raise Refused(f"{path.name} {trouble.words}, in line {trouble.line}; mend it.") from None
    for name in _repeated(document):
        raise Refused(f"{path.name} has “{name[:40]}” twice in one object; leave one out.")
    debts = debts_from_json(document, currency)
    if not debts:
        raise Refused(f"{path.name} has no debt in it; write one such as {EXAMPLE}.")
    return debts


def _repeated(value: Any) -> Iterator[str]:
    """Give the names that stand twice in one object."""
    if isinstance(value, dict):
        if REPEATED in value:
            yield value[REPEATED]
        for part in value.values():
            yield from _repeated(part)
    elif isinstance(value, list):
        for part in value:
            yield from _repeated(part)
