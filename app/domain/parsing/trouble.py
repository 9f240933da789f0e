"""The one error of all value parsers, and the clean-up that they share."""

import unicodedata

LONGEST_VALUE = 100
"""The most characters that an amount, date, number or yes/no may have."""


class NotUnderstood(ValueError):
    """A text that no value can be made of; `str()` is one sentence that says what to write instead."""


def shown(text: str) -> str:
    """Return a text in quotation marks for a sentence: shortened, with nothing that cannot be printed."""
    clipped = text if len(text) <= 40 else text[:39] + "…"
    return f"“{printable(clipped)}”"


def printable(text: str) -> str:
    """Return a text with a mark in place of each character that cannot be printed, line breaks included."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "�" for letter in text)


# Digits that people type or programs export, by the code point of their zero: Arabic-Indic, Extended
# Arabic-Indic, Devanagari, Bengali and full-width. Any other digit is refused rather than guessed.
_ZEROS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10)
_DIGITS = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)}
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2008\u2009\u200a\u202f\u3000\t\r\n"), " ")
_MINUSES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4`"), "'")
_FULL_WIDTH = {0xFF00 + ord(letter) - 0x20: letter for letter in ".,/:()+"}
_UNSEEN_LETTERS = "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_UNSEEN = dict.fromkeys(map(ord, _UNSEEN_LETTERS))
_TO_PLAIN = {**_DIGITS, **_BLANKS, **_MINUSES, **_APOSTROPHES, **_FULL_WIDTH, **_UNSEEN}


def simplify(text: str) -> str:
    """Return a value with digits, blanks, minus signs and apostrophes of all kinds as their plain ASCII ones.

    Raises `NotUnderstood` for a text that is too long to be a value, so that nothing slow is done with it.
    """
    if len(text) > LONGEST_VALUE:
        raise NotUnderstood(
            f"{shown(text)} is too long to be read as a value; use at most {LONGEST_VALUE} characters."
        )
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text).translate(_TO_PLAIN).strip()
