"""How well a few typed letters fit a title, and which of its letters they are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from app.domain.text import fold

T = TypeVar("T")

_SIMILAR_ENOUGH = 78
_SHORTEST_FUZZY = 5


@dataclass(frozen=True, slots=True)
class Match:
    """How well a title fits, from 0 to 100, and the positions of its letters that were typed."""

    score: float
    positions: tuple[int, ...]


@lru_cache(maxsize=4096)
def _folded(title: str) -> tuple[str, tuple[int, ...]]:
    """The title as it is searched, and for each of those letters the position of the one it came from."""
    letters: list[str] = []
    origins: list[int] = []
    for position, letter in enumerate(title):
        for plain in fold(letter):
            letters.append(plain)
            origins.append(position)
    return "".join(letters), tuple(origins)


def match(query: str, title: str) -> Match | None:
    """Return how well `query` fits `title`, None when it does not.

    Best are words that begin with what was typed, then letters inside words, then letters in their order ("bk"
    in "Back up"), then, for longer queries, words that are nearly the same.
    """
    text, origins = _folded(title)
    words = fold(query).split()
    if not words or not text:
        return None
    found = [_word(word, text) for word in words]
    scores = [score for score, _ in found if score]
    if len(scores) < len(found):
        return _similar(" ".join(words), text, origins)
    positions = sorted({origins[at] for _, places in found for at in places})
    # Of two that fit as well, the shorter title is the closer one.
    return Match(sum(scores) / len(scores) - min(len(text), 60) / 20, tuple(positions))


def best(query: str, items: Iterable[T], title: Callable[[T], str], limit: int) -> list[tuple[T, Match]]:
    """Return the items that fit best, the best first, those that fit alike in their given order."""
    found = [(item, matched) for item in items if (matched := match(query, title(item))) is not None]
    found.sort(key=lambda pair: -pair[1].score)
    return found[:limit]


def _word(word: str, text: str) -> tuple[float, Sequence[int]]:
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    if at >= 0:
        return (100 if at == 0 else 94), range(at, at + len(word))
    at = text.find(word)
    if at >= 0:
        return 80, range(at, at + len(word))
    return _letters(word, text)


def _letters(word: str, text: str) -> tuple[float, Sequence[int]]:
    """The letters of `word` in their order: the first begins a word, the others lie anywhere behind it."""
    best: tuple[float, Sequence[int]] = (0, ())
    for start, letter in enumerate(text):
        if letter != word[0] or (start and text[start - 1].isalnum()):
            continue
        places = [start]
        for following in word[1:]:
            at = text.find(following, places[-1] + 1)
            if at < 0:
                break
            places.append(at)
        else:
            spread = (places[-1] - places[0] + 1 - len(word)) / len(text)
            score = 70 - 20 * spread
            if score > best[0]:
                best = (score, places)
    return best


def _similar(query: str, text: str, origins: Sequence[int]) -> Match | None:
    """A title of which a part is nearly what was typed."""
    if len(query) < _SHORTEST_FUZZY:
        return None
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    alignment = fuzz.partial_ratio_alignment(query, text, score_cutoff=_SIMILAR_ENOUGH)
    if alignment is None:
        return None
    part = text[alignment.dest_start : alignment.dest_end]
    blocks = [block for block in LCSseq.opcodes(query, part) if block.tag == "equal"]
    places = [alignment.dest_start + at for block in blocks for at in range(block.dest_start, block.dest_end)]
    return Match(alignment.score / 2, tuple(sorted({origins[at] for at in places})))
