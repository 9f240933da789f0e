"""Guesses which purchases a folder of receipts belongs to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.money import plain
from app.domain.parsing import DateOrder, NotUnderstood, parse_date
from app.domain.text import fold
from app.services.attachments.media import HEAD, media_type_of
from app.services.attachments.pdf import PDF, pdf_text
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage.attachments import matching as stored

SHORTEST_ORDER_NUMBER = 5
"""An order number with fewer letters and digits is not looked for: it would be found by chance."""

_PIECES = re.compile(r"[^\W_]+")
_PIECES_JOINED = 5
_LONGEST = 40
_MOST_DAYS = 20
_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")
_DAYS = re.compile(
    r"\b\d{4}[./-]\d{1,2}[./-]\d{1,2}\b|\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b"
    r"|\b\d{1,2}(?:\.|st|nd|rd|th)?[ -][^\W\d_]{3,10}\.?,?[ -]\d{4}\b"
    r"|\b[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b"
)


@dataclass(frozen=True, slots=True)
class ReceiptMatch:
    """A file and the purchase that it seems to belong to, None when none or several fit; `why` is a sentence."""

    path: Path
    purchase_id: int | None
    name: str
    why: str


def match_receipts(ledger: Ledger, paths: Sequence[Path], context: JobContext) -> list[ReceiptMatch]:
    """Guess for each file which purchase it belongs to, without attaching anything.

    By an order number of 5 letters and digits or more in the file's name, or in what a PDF says; otherwise by the
    retailer, the day and the price in what it says. Files that cannot be read fit none. Raises `Cancelled`,
    `Interrupted` and `EnvironmentProblem`.
    """
    context.check()
    numbered = _by_order_number(ledger, context)
    found = []
    for position, path in enumerate(paths):
        context.progress(position, len(paths), path.name)
        found.append(_match(ledger, path, numbered))
    context.progress(len(paths), len(paths))
    return found


def _match(ledger: Ledger, path: Path, numbered: dict[str, list[int]]) -> ReceiptMatch:
    fitting = _numbered(path.stem, numbered)
    if fitting:
        return _decided(ledger, path, fitting, "The order number is in the file's name.", "order number")
    text = _text_of(path)
    fitting = _numbered(text, numbered)
    if fitting:
        return _decided(ledger, path, fitting, "The order number is in the file.", "order number")
    fitting = _described(ledger, text)
    if fitting:
        return _decided(
            ledger, path, fitting, "The retailer, the day and the price are in the file.", "day and price"
        )
    why = "No purchase fits what the file says." if text else "Nothing in the file's name tells."
    return ReceiptMatch(path, None, "", why)


def _decided(ledger: Ledger, path: Path, fitting: set[int], why: str, by: str) -> ReceiptMatch:
    if len(fitting) > 1:
        return ReceiptMatch(path, None, "", f"{len(fitting):,} purchases have this {by}; choose one.")
    (id,) = fitting
    return ReceiptMatch(path, id, ledger.read(lambda reader: stored.name_of(reader, id)), why)


def _text_of(path: Path) -> str:
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return ""
    return pdf_text(path) if media_type_of(path.name, head) == PDF else ""


def _by_order_number(ledger: Ledger, context: JobContext) -> dict[str, list[int]]:
    numbered: dict[str, list[int]] = {}
    found = ledger.read(stored.order_numbers, context.interrupt)
    for id, number in found:
        key = "".join(_PIECES.findall(fold(number)))
        if SHORTEST_ORDER_NUMBER <= len(key) <= _LONGEST and _has_digit(key):
            numbered.setdefault(key, []).append(id)
    return numbered


def _numbered(text: str, numbered: dict[str, list[int]]) -> set[int]:
    """Return the purchases whose order number stands in a text, however it is split up or put together there."""
    if not numbered:
        return set()
    best: list[str] = []
    for word in _joined(text):
        if word in numbered and (not best or len(word) >= len(best[0])):
            # What is a piece of a longer number was found by chance.
            best = [*best, word] if best and len(word) == len(best[0]) else [word]
    return {id for word in best for id in numbered[word]}


def _joined(text: str) -> Iterator[str]:
    for line in fold(text).splitlines():
        pieces = _PIECES.findall(line)
        for start in range(len(pieces)):
            word = ""
            for piece in pieces[start : start + _PIECES_JOINED]:
                word += piece
                if len(word) > _LONGEST:
                    break
                if len(word) >= SHORTEST_ORDER_NUMBER and _has_digit(word):
                    yield word


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _described(ledger: Ledger, text: str) -> set[int]:
    """Return the purchases whose retailer, day and price are all in a text."""
    days = _days_in(text)
    if not days:
        return set()
    folded = fold(text)
    amounts = folded.replace("\u00a0", " ").replace("\u202f", " ")
    return {
        one.id
        for one in ledger.read(lambda reader: stored.bought_on(reader, days))
        if _has_words(folded, one.retailer) and _has_amount(amounts, plain(one.price, one.currency))
    }


def _days_in(text: str) -> list[date]:
    found: dict[date, None] = {}
    for match in _DAYS.finditer(text):
        for day in _readings(match[0]):
            found.setdefault(day)
        if len(found) >= _MOST_DAYS:
            break
    return list(found)


def _readings(written: str) -> Iterable[date]:
    for order in _ORDERS:
        try:
            yield parse_date(written, order)
        except NotUnderstood:
            continue


def _has_words(folded: str, name: str) -> bool:
    wanted = " ".join(fold(name).split())
    return (
        bool(wanted) and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", " ".join(folded.split())) is not None
    )


def _has_amount(text: str, amount: str) -> bool:
    """Tell whether an amount stands in a text in any of the usual ways to write it."""
    whole, _, part = amount.partition(".")
    grouped = f"{int(whole):,}"
    for thousands, mark in ((",", "."), (".", ","), (" ", ","), ("'", "."), ("’", "."), ("", "."), ("", ",")):
        written = grouped.replace(",", thousands) + (mark + part if part else "")
        if re.search(rf"(?<![\d.,]){re.escape(written)}(?!\d)(?![.,]\d)", text):
            return True
    return False
