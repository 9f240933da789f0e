"""Text cells that a spreadsheet program could take for formulas, made harmless and restored exactly.

A cell of a CSV file that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is run as a formula by
some programs (CWE-1236). Such text is written with an apostrophe in front, which they read as "this is text".
Only text is guarded; numbers and dates are written as they are.
"""

_STARTERS = "=+-@\t\r"


def guard(text: str) -> str:
    """Return a text as it is written to a CSV cell: an apostrophe in front where it could be a formula.

    Text that begins with apostrophes before such a character gets one more, which `unguard` takes off again.
    """
    return "'" + text if _is_formula_like(text) else text


def unguard(text: str) -> str:
    """Return the text that `guard` was given. Only for files that are known to be written with `guard`."""
    return text[1:] if text.startswith("'") and _is_formula_like(text) else text


def _is_formula_like(text: str) -> bool:
    if text[:1] not in ("'", *_STARTERS):
        return False
    return text.lstrip("'")[:1] in tuple(_STARTERS)
