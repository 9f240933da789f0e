"""JSON files as tables: lists of objects, our own export, and JSON Lines. Keys are the columns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any, ClassVar

from app.domain.parsing import shown
from app.services.importing.readers.encoding import Encoding, detect, open_text
from app.services.importing.readers.json_stream import (
    LIST_OF_OBJECTS,
    OTHER_LIST,
    REPEATED,
    JsonStream,
    JsonTrouble,
    decode,
    members,
)
from app.services.importing.readers.json_stream import items as list_items
from app.services.importing.readers.source import (
    MAX_COLUMNS,
    MAX_JSON_ITEM_CHARACTERS,
    Row,
    Source,
    UnreadableFile,
    name_columns,
    unreadable,
)

_SAMPLED = 1000


@dataclass
class JsonItems(Source):
    """A JSON document whose items are rows. Items that are not objects are rows with a problem.

    `keys` are the names as the document has them, in the order of the columns. `facts` are the values that stand
    in the document in front of its list, such as what wrote it.
    """

    encoding: Encoding = field(default_factory=lambda: Encoding("utf-8"))
    lines: bool = False
    list_key: str = ""
    keys: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    format: ClassVar[str] = "JSON"

    @property
    def description(self) -> str:
        """Which kind of JSON this is."""
        return "JSON Lines" if self.lines else "JSON"

    def rows(self) -> Iterator[Row]:
        """Give every item as a row; a key that the first thousand items did not have is told once."""
        known = frozenset(self.keys)
        surplus: set[str] = set()
        for number, (line, item) in enumerate(self.items(), start=1):
            where = line if self.row_word == "line" else number
            if isinstance(item, JsonTrouble):
                yield Row(where, (), f"This line {item.words}; mend it.")
            elif not isinstance(item, dict):
                yield Row(
                    where,
                    (str(item)[:200],),
                    "This item is not an object; write its fields as names and values.",
                )
            elif item:
                if not known.issuperset(item):
                    surplus.update(
                        key for key in islice(item, MAX_COLUMNS) if key not in known and key != REPEATED
                    )
                    surplus = set(sorted(surplus)[:5])
                yield Row(where, [self._cell(item.get(name)) for name in self.keys], _problem(item))
        if surplus:
            self.notes.append(
                f"Fields that only later items have were left out: {', '.join(sorted(surplus))}."
            )

    @staticmethod
    def _cell(value: Any) -> Any:
        return "" if value is None else value

    def items(self) -> Iterator[tuple[int, Any]]:
        """Give every item with the line that it begins on; a line of JSON Lines that is none as its trouble."""
        with open_text(self.path, self.encoding) as stream:
            try:
                found = (
                    self._line_items(stream) if self.lines else list_items(JsonStream(stream), self.list_key)
                )
                for pair in found:
                    self.position = stream.buffer.tell()  # type: ignore[attr-defined]
                    yield pair
            except JsonTrouble as trouble:
                raise _refusal(self, trouble) from None
            except OSError as error:
                raise unreadable(self.path, error) from error

    def _line_items(self, stream: IO[str]) -> Iterator[tuple[int, Any]]:
        number = 0
        while line := stream.readline(MAX_JSON_ITEM_CHARACTERS + 1):
            number += 1
            if len(line) > MAX_JSON_ITEM_CHARACTERS:
                yield number, JsonTrouble(number, f"is longer than {MAX_JSON_ITEM_CHARACTERS:,} characters")
                while line and not line.endswith(("\n", "\r")):
                    line = stream.readline(MAX_JSON_ITEM_CHARACTERS)
                continue
            if not line.strip("\ufeff \t\r\n"):
                continue
            try:
                yield number, decode(line.lstrip("\ufeff"), number)
            except JsonTrouble as trouble:
                yield number, trouble


def open_json(source: JsonItems, wanted: str = "") -> JsonItems:
    """Find out what kind of JSON a file is, and its keys. Raises `UnreadableFile`.

    Of several lists in a document the one under the key `wanted` is read, else the one that a document of ours names.
    """
    source.encoding = detect(source.path, source.options.encoding)
    source.lines = _is_json_lines(source)
    if not source.lines:
        source.list_key = _key_of_list(source, wanted)
    sample = list(islice(source.items(), _SAMPLED))
    if not sample:
        raise UnreadableFile(f"{source.path.name} has no items in it; there is nothing to import.")
    if not source.lines and len(sample) > 1 and sample[0][0] == sample[1][0]:
        source.row_word = "item"
    source.keys = _keys(item for _, item in sample if isinstance(item, dict))
    source.headers = name_columns(source.path, source.keys[:MAX_COLUMNS])
    if not source.headers:
        raise UnreadableFile(
            f"{source.path.name} is not a list of objects; write each record as names and values."
        )
    if len(source.keys) > MAX_COLUMNS:
        raise UnreadableFile(
            f"{source.path.name} has objects with more than {MAX_COLUMNS} names; remove some."
        )
    return source


def _is_json_lines(source: JsonItems) -> bool:
    """Tell whether the first line is an object of its own with more below it, or the file says so by its name."""
    if source.path.suffix.lower() in (".jsonl", ".ndjson"):
        return True
    with open_text(source.path, source.encoding) as stream:
        first = stream.readline(MAX_JSON_ITEM_CHARACTERS).lstrip("\ufeff")
        second = stream.readline(MAX_JSON_ITEM_CHARACTERS)
    if not first.lstrip().startswith("{") or not second.lstrip().startswith("{"):
        return False
    try:
        return isinstance(decode(first, 1), dict)
    except JsonTrouble:
        return False


def _key_of_list(source: JsonItems, wanted: str) -> str:
    """Return the key of the wanted list, or else of the first list of objects; empty where the document is a list.

    What the document says beside its lists is kept in `facts`, as far as it was read.
    """
    best, own = "", ""
    with open_text(source.path, source.encoding) as stream:
        document = JsonStream(stream)
        if document.peek() != "{":
            return ""
        try:
            for key, value in members(document):
                if value is LIST_OF_OBJECTS:
                    best = best or key
                if value in (LIST_OF_OBJECTS, OTHER_LIST) and key == (wanted or _named_in(source.facts)):
                    own = key
                    break
                if isinstance(value, str | int | dict):
                    source.facts[key] = value
        except JsonTrouble as trouble:
            raise _refusal(source, trouble) from None
        except OSError as error:
            raise unreadable(source.path, error) from error
    if not own and not best:
        raise UnreadableFile(f"{source.path.name} has no list of records in it; there is nothing to import.")
    return own or best


def _named_in(facts: Mapping[str, Any]) -> str:
    """Return the key of the list that a document of ours says it has, "" for any other document."""
    head = facts.get("counterfoil")
    return str(head.get("kind", "")) if isinstance(head, dict) else ""


def _refusal(source: JsonItems, trouble: JsonTrouble) -> UnreadableFile:
    return UnreadableFile(f"{source.path.name} {trouble.words} (line {trouble.line:,}); mend it there.")


def _keys(found: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for item in found:
        names.update(dict.fromkeys(key for key in item if key != REPEATED))
        if len(names) > MAX_COLUMNS:
            break
    return tuple(names)


def _problem(item: dict[str, Any]) -> str:
    if REPEATED in item:
        return f"This item has the name {shown(item[REPEATED])} twice; remove one of them."
    if any(_has_surrogate(value) for value in item.values()):
        return "This item has half a character (a lone surrogate) in a text; mend or remove it."
    return ""


def _has_surrogate(value: Any) -> bool:
    if isinstance(value, str):
        return not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, list):
        return any(_has_surrogate(part) for part in value)
    return isinstance(value, dict) and any(_has_surrogate(part) for part in value.values())
