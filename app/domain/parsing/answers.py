"""Yes and no as files write them."""

from app.domain.parsing.trouble import NotUnderstood, shown, simplify
from app.domain.text import fold

_YES_WORDS = "1 y yes true t x on ja j wahr oui o vrai si s verdadero sim vero ✓ ✔ ☑"
_NO_WORDS = "0 n no false f off nein falsch non faux falso nao - ✗ ✘ ☐"
_YES = frozenset(_YES_WORDS.split())
_NO = frozenset(_NO_WORDS.split())


def parse_boolean(text: str) -> bool:
    """Return whether a text says yes or no, in English, German, French, Spanish and common marks.

    Raises `NotUnderstood`, also for an empty text.
    """
    word = fold(simplify(text))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise NotUnderstood(f"{shown(text)} is neither yes nor no; write true or false.")
