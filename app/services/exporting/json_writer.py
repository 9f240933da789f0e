"""Records as one JSON document: a head that says what it is, then an object a record."""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from app.services.exporting.kind import Table
from app.services.exporting.options import ExportOptions
from app.services.exporting.sink import Sink

OBJECTS_AT_ONCE = 500


def write_json(
    sink: Sink,
    table: Table,
    options: ExportOptions,
    head: Mapping[str, Any],
    told: Callable[[int], None],
) -> int:
    """Write the records and return how many they are; `told` hears of progress. Raises `OSError`.

    Compact files have a line a record, pretty ones are indented by two blanks a level.
    """
    shape = _PRETTY if options.pretty else _COMPACT
    sink.write(shape.opening(head, options.kind.key).encode())
    done = 0
    with closing(table.documents(options.fields())) as objects:
        while batch := [shape.one(text) for (text,) in islice(objects, OBJECTS_AT_ONCE)]:
            sink.write(((shape.between if done else "") + shape.between.join(batch)).encode())
            done += len(batch)
            told(done)
    sink.write(shape.closing.encode())
    return done


@dataclass(frozen=True)
class _Shape:
    """How the parts of a document are put together; `head` and `one` are given JSON and make it fit its place."""

    head: Callable[[Mapping[str, Any]], str]
    start: str
    one: Callable[[str], str]
    between: str
    closing: str

    def opening(self, head: Mapping[str, Any], key: str) -> str:
        """Return the document up to its first record; `key` is that of its list."""
        return self.start % (self.head(head), key)


def _indented(document: Any, depth: int) -> str:
    # JSON has line ends between its parts only: inside a text they are escaped.
    return json.dumps(document, ensure_ascii=False, indent=2).replace("\n", "\n" + "  " * depth)


_COMPACT = _Shape(
    head=lambda head: json.dumps(head, ensure_ascii=False),
    start='{"counterfoil": %s, "%s": [\n',
    one=str,
    between=",\n",
    closing="\n]}\n",
)
_PRETTY = _Shape(
    head=lambda head: _indented(head, 1),
    start='{\n  "counterfoil": %s,\n  "%s": [\n    ',
    one=lambda text: _indented(json.loads(text), 2),
    between=",\n    ",
    closing="\n  ]\n}\n",
)
