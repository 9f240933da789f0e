"""Files of exchange rates as the European Central Bank lays them out, told as a table with a row a rate.

They have a row a day and a column a currency, each cell telling what one euro is worth: `Date, USD, JPY, …`, blanks
around the cells, a comma at the end, N/A where there was no rate.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.exchange_rates import ECB
from app.domain.money import CURRENCIES
from app.domain.rate_fields import RATE_FIELDS
from app.services.importing.readers import Row, Source, UnreadableFile

EURO = "EUR"
NO_RATE = frozenset({"", "N/A", "-"})
_CODE = re.compile("[A-Z]{3}")
_UNNAMED = re.compile(r"Column [0-9]+")


def has_bank_layout(headers: Sequence[str]) -> bool:
    """Tell whether columns are those of the bank's files."""
    codes = [header for header in headers[1:] if header and not _UNNAMED.fullmatch(header)]
    return (
        bool(headers)
        and headers[0].casefold() == "date"
        and any(code in CURRENCIES for code in codes)
        and all(_CODE.match(code) for code in codes)
    )


def currency_columns(headers: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """Give place and currency of the columns with rates, and whether the currency is known. Raises `UnreadableFile`."""
    for at, header in enumerate(headers):
        if at and not _UNNAMED.fullmatch(header):
            if not _CODE.fullmatch(header):
                raise UnreadableFile(
                    f"Two columns are called {header[:3]}; delete one of the two, so that its rates are clear."
                )
            if header != EURO:
                yield at, header, header in CURRENCIES


def one_rate_a_row(source: Source) -> Source:
    """Return one of the bank's files as a table in our own layout, and any other as it is."""
    return BankTable(source) if has_bank_layout(source.headers) else source


@dataclass(init=False)
class BankTable(Source):
    """One of the bank's files. A line gives several rows, one for each currency that it has a rate of.

    Currencies that are not known, such as those that the euro replaced, are left out, which a note says.
    """

    format = "CSV"

    def __init__(self, wide: Source) -> None:
        columns = list(currency_columns(wide.headers))
        super().__init__(
            wide.path,
            wide.options,
            headers=tuple(field.header for field in RATE_FIELDS),
            notes=wide.notes,
            size=wide.size,
            row_word=wide.row_word,
            epoch=wide.epoch,
        )
        self._wide = wide
        self._columns = [(at, code) for at, code, is_known in columns if is_known]
        unknown = [code for _, code, is_known in columns if not is_known]
        if unknown:
            self.notes.append(
                f"The rates of {', '.join(unknown)} were left out: these currencies are not known."
            )

    @property
    def description(self) -> str:
        """How the file is being read, in a few words."""
        return self._wide.description

    def rows(self) -> Iterator[Row]:
        """Give every rate, those of a day in the order of the columns."""
        for row in self._wide.rows():
            self.position = self._wide.position
            if row.problem:
                yield row
                continue
            for at, code in self._columns:
                cell = row.cells[at]
                if not isinstance(cell, str) or cell.strip() not in NO_RATE:
                    yield Row(row.line, (row.cells[0], EURO, code, cell, ECB))
