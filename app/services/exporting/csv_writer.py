"""Records as CSV: RFC 4180, UTF-8, ISO dates, plain decimals."""

import csv
import io
from collections.abc import Callable
from contextlib import closing
from itertools import islice

from app.domain.exchange import CellStyle
from app.services.exporting.kind import Table
from app.services.exporting.options import ExportOptions
from app.services.exporting.sink import Sink

ROWS_AT_ONCE = 500
LINE_END = "\r\n"
_BYTE_ORDER_MARK = "\ufeff"


def write_csv(sink: Sink, table: Table, options: ExportOptions, told: Callable[[int], None]) -> int:
    """Write the records with a line of headers and return how many they are; `told` hears of progress.

    Text that a spreadsheet would run as a formula is guarded, see `app.domain.spreadsheet`. Raises `OSError`.
    """
    fields = options.fields()
    style: CellStyle = "csv with comma" if options.decimal_mark == "," else "csv"
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=options.delimiter, lineterminator=LINE_END)
    text.write(_BYTE_ORDER_MARK if options.bom else "")
    writer.writerow(field.header for field in fields)
    done = 0
    with closing(table.cells(fields, style)) as rows:
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            for row in batch:
                line = options.delimiter.join(row)
                if _needs_no_quotes(line, options.delimiter, len(fields)):
                    text.write(line + LINE_END)
                else:
                    writer.writerow(row)
            sink.write(text.getvalue().encode())
            text.seek(0)
            text.truncate()
            done += len(batch)
            told(done)
    sink.write(text.getvalue().encode())
    return done


def _needs_no_quotes(line: str, delimiter: str, cells: int) -> bool:
    """Tell whether cells joined by the delimiter are a line as they are, which spares most lines a closer look."""
    return (
        line.count(delimiter) == cells - 1
        and '"' not in line
        and "\n" not in line
        and "\r" not in line
        and line != ""
    )
