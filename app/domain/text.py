"""Text as people write it: cleaned for storage, folded for search and sorting."""

import re
import unicodedata
from functools import lru_cache

NAME_LIMIT = 500
NOTE_LIMIT = 100_000

_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")
_BLANKS = re.compile(r"\s+")
# Letters that do not decompose into a base letter and a mark, yet are typed as their base letter.
_PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ħ": "h",
        "ł": "l",
        "ŧ": "t",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
    }
)
# Bidirectional controls can make a text show as something that it is not (Trojan Source, CVE-2021-42574).
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def fold(text: str) -> str:
    """Return a key under which texts that differ in case, accents or width are equal, for search and sorting."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", bare).casefold().translate(_PLAIN_LETTERS)


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Return the key under which a retailer's, brand's, category's or tag's name is unique."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()


def clean(text: str) -> str:
    """Return one line of text without control and bidirectional characters, blanks collapsed at its ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = "".join(
        " " if letter in _BREAKS else letter for letter in text if _is_kept(letter) or letter in _BREAKS
    )
    return unicodedata.normalize("NFC", kept).strip()


def clean_note(text: str) -> str:
    """Return text of many lines without control and bidirectional characters, line ends as `\\n`."""
    if text.isascii() and text.isprintable():
        return text.strip()
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(letter for letter in unified if _is_kept(letter) or letter in "\t\n")
    return unicodedata.normalize("NFC", kept).strip()


def _is_kept(letter: str) -> bool:
    return letter not in _BIDI_CONTROLS and unicodedata.category(letter) not in ("Cc", "Cs")
