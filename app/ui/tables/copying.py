"""Rows as text that spreadsheets understand, made off the window's thread."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future

from app.domain.columns import Column
from app.ui.i18n import tr
from app.ui.tables.cells import plain_text
from app.ui.tables.model import LazyTableModel
from app.ui.tables.source import Ids, TableSource

MOST_ROWS = 100_000
"""More rows than this are not for the clipboard but for a file."""

_AT_ONCE = 1000
_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "\u2028": " ", "\u2029": " "})


def tab_separated(
    source: TableSource, ids: Ids, columns: Sequence[Column], heading: Sequence[str]
) -> tuple[str, int]:
    """Return rows as tab-separated lines, and how many: ISO dates, plain amounts, no rows that are gone.

    `heading` is the first line, without one where it is empty.
    """
    lines = ["\t".join(heading)] if heading else []
    for part in _parts(ids):
        found = {row.id: row for row in source.rows(part)}
        for row_id in part:
            if row_id in found:
                values = (source.value(found[row_id], column.key) for column in columns)
                lines.append("\t".join(plain_text(value).translate(_BREAKS) for value in values))
    return "\n".join([*lines, ""]), len(lines) - bool(heading)


class Copier:
    """Copies rows of a table; a copy that is asked for while one is being made replaces it."""

    def __init__(self, model: LazyTableModel) -> None:
        self._model = model
        self._turn = 0

    def copy(
        self,
        ids: Ids,
        columns: Sequence[Column],
        *,
        heading: bool,
        then: Callable[["Future[tuple[str, int]]"], None],
    ) -> None:
        """Make the text of rows and hand it to `then`."""
        self._turn += 1
        turn, source = self._turn, self._model.source
        titles = [tr(column.title) for column in columns] if heading else []

        def made(future: "Future[tuple[str, int]]") -> None:
            if turn == self._turn:
                then(future)

        self._model.readers.start(lambda: tab_separated(source, ids, columns, titles), made, self._model)


def _parts(ids: Ids) -> Iterator[Ids]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
