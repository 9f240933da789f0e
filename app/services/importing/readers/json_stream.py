"""JSON read piece by piece, so that a list of a million objects never stands in memory as a whole."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from app.services.importing.readers.source import MAX_JSON_ITEM_CHARACTERS

DEEPEST = 200
REPEATED = "\x00repeated"
"""The key under which an object tells the name that it has twice."""

_BLOCK = 1 << 18
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_LONGEST_INTEGER = 40
LIST_OF_OBJECTS = object()
OTHER_LIST = object()
_BROKEN = "has a comma or a bracket missing"


class JsonTrouble(Exception):
    """What is wrong with a document, as the end of a sentence, and the line where."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line
        self.words = words


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                found[REPEATED] = key
            seen.add(key)
    return found


def _integer(digits: str) -> int | str:
    # Making an int of a million digits takes minutes; as a text it is refused at its place.
    return int(digits) if len(digits) <= _LONGEST_INTEGER else digits


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=Decimal,
    parse_int=_integer,
    parse_constant=str,
)


def decode(text: str, line: int) -> Any:
    """Return the value of one JSON text, numbers exact. Raises `JsonTrouble`."""
    try:
        value, end = _DECODER.raw_decode(text, _space_end(text, 0))
    except RecursionError:
        raise JsonTrouble(line, f"is nested more than {DEEPEST} levels deep") from None
    except json.JSONDecodeError as error:
        raise JsonTrouble(line + error.lineno - 1, _words(error)) from None
    if _space_end(text, end) != len(text):
        raise JsonTrouble(line, "has something behind its end")
    return value


class JsonStream:
    """A window on a JSON document that moves forward; `line` is the line it has come to."""

    def __init__(self, stream: IO[str], longest_item: int = MAX_JSON_ITEM_CHARACTERS) -> None:
        self._stream = stream
        self._longest = longest_item
        self._text = ""
        self._at = 0
        self._counted = 0
        self._line = 1
        self._ended = False

    @property
    def line(self) -> int:
        """The line of the next character, the first being 1."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def peek(self) -> str:
        """Return the next character that is not blank, or "" at the end."""
        while True:
            self._at = _space_end(self._text, self._at)
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, expected: str) -> bool:
        """Pass over a character if it comes next, and tell whether it did."""
        if self.peek() != expected:
            return False
        self._at += 1
        return True

    def value(self) -> Any:
        """Return the next value whole. Raises `JsonTrouble`."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise JsonTrouble(self.line, f"is nested more than {DEEPEST} levels deep") from None
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > self._longest:
                    raise self._trouble(error) from None
                if not self._more():
                    raise self._trouble(error) from None
                continue
            # A number at the very end of the window may go on in the next block.
            if end < len(self._text) or not self._more():
                self._at = end
                return value

    def _trouble(self, error: json.JSONDecodeError) -> JsonTrouble:
        unfinished = error.pos > self._at + self._longest or "Unterminated" in error.msg
        if unfinished and len(self._text) - self._at > self._longest:
            return JsonTrouble(self.line, f"has an item of more than {self._longest:,} characters")
        line = self.line + self._text.count("\n", self._at, error.pos)
        return JsonTrouble(line, _words(error))

    def _more(self) -> bool:
        """Bring the next block into the window; tell whether there was one."""
        if self._ended:
            return False
        block = self._stream.read(max(_BLOCK, len(self._text) - self._at))
        if not block:
            self._ended = True
            return False
        _ = self.line
        self._text = self._text[self._at :] + block
        self._at = self._counted = 0
        return True


def items(stream: JsonStream, key: str) -> Iterator[tuple[int, Any]]:
    """Give the items of the list under a key, or of the document itself where the key is empty, with their lines.

    Raises `JsonTrouble`, also for what is wrong behind the list.
    """
    if not key:
        if not stream.take("["):
            raise JsonTrouble(stream.line, "does not begin with a list or an object")
        yield from _list_items(stream)
    else:
        for name in _members(stream):
            if name == key and stream.take("["):
                yield from _list_items(stream)
            else:
                _skip_value(stream)
    if stream.peek():
        raise JsonTrouble(stream.line, "has something behind its end")


def members(stream: JsonStream) -> Iterator[tuple[str, Any]]:
    """Give the names and values in an object, a list as `LIST_OF_OBJECTS` or `OTHER_LIST` by its first item.

    Raises `JsonTrouble`.
    """
    for name in _members(stream):
        if not stream.take("["):
            yield name, stream.value()
            continue
        yield name, LIST_OF_OBJECTS if stream.peek() == "{" else OTHER_LIST
        for _ in _list_items(stream):
            pass


def _members(stream: JsonStream) -> Iterator[str]:
    """Give the names in an object, each when its value comes next; that is to be passed before going on."""
    if not stream.take("{"):
        raise JsonTrouble(stream.line, "does not begin with a list or an object")
    while stream.peek() == '"':
        name = stream.value()
        if not stream.take(":"):
            raise JsonTrouble(stream.line, "has no colon behind a name")
        stream.peek()
        yield name
        if not stream.take(","):
            break
    if not stream.take("}"):
        raise JsonTrouble(stream.line, "ends in the middle of an object" if not stream.peek() else _BROKEN)


def _skip_value(stream: JsonStream) -> None:
    if stream.take("["):
        for _ in _list_items(stream):
            pass
    else:
        stream.value()


def _list_items(stream: JsonStream) -> Iterator[tuple[int, Any]]:
    if stream.take("]"):
        return
    while True:
        stream.peek()
        line = stream.line
        yield line, stream.value()
        if stream.take("]"):
            return
        if not stream.take(","):
            ended = not stream.peek()
            raise JsonTrouble(stream.line, "ends in the middle of a list" if ended else _BROKEN)


def _space_end(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start


def _words(error: json.JSONDecodeError) -> str:
    """Return the end of a sentence for what the decoder found."""
    if "Unterminated string" in error.msg:
        return "has a text whose quotation mark is never closed"
    if "delimiter" in error.msg:
        return "has a comma or colon missing"
    if "Invalid control character" in error.msg:
        return "has a line break or control character inside a text"
    if "escape" in error.msg:
        return "has a backslash that means nothing"
    return "is not valid JSON there"
