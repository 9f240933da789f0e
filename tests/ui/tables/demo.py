"""Shows a table of purchases, to look at: `python -m tests.ui.tables.demo [light|dark] [rows]`."""

import sys
from array import array
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from app.domain.money import Money
from app.services.ledger import Interrupt
from app.ui.tables.cells import PillSpec
from app.ui.tables.model import LazyTableModel
from app.ui.tables.readers import Readers
from app.ui.tables.source import FirstRows, TableQuery
from app.ui.tables.view import LedgerTable
from app.ui.theme.theme import Appearance, install
from app.ui.widgets.pill import PillKind
from tests.ui.tables.fakes import COLUMNS, Bought, FakeSource

BRIGHTWELL = "Brightwell Electronics"
DEBIT, BUSINESS, VISA = "Debit", "Business debit", "Visa ··4471"


def _left(months: int) -> PillSpec:
    return PillSpec(PillKind.OK, f"{months} months left", "shield-check")


PICTURED = (
    ((2025, 11, 19), "Smart plugs, 4", BRIGHTWELL, DEBIT, _left(11), 0, 4360),
    ((2025, 11, 14), "Keyboard and mouse", "Northwind Office", BUSINESS, _left(23), 1, 8450),
    ((2025, 11, 3), "Webcam, 1080p", BRIGHTWELL, BUSINESS, _left(23), 1, 6800),
    ((2025, 10, 2), "External drive, 2 TB", BRIGHTWELL, DEBIT, _left(34), 1, 9400),
    ((2025, 9, 2), "Document scanner", "Northwind Office", BUSINESS, _left(9), 1, 21400),
    (
        (2025, 8, 13),
        "Wireless earbuds, refund",
        BRIGHTWELL,
        DEBIT,
        PillSpec(PillKind.NEUTRAL, "Refund", "undo-2"),
        1,
        -8900,
    ),
    ((2025, 8, 6), "Wireless earbuds", BRIGHTWELL, DEBIT, _left(20), 1, 8900),
    ((2025, 7, 4), "Card reader", "Tallymark", BUSINESS, _left(7), 1, 4900),
    ((2025, 6, 5), "Refurbished laptop, 14-inch", BRIGHTWELL, VISA, _left(6), 1, 62400),
    ((2025, 5, 2), "Tablet for reception", BRIGHTWELL, BUSINESS, _left(17), 1, 38900),
    ((2025, 4, 3), "Wi-Fi router", BRIGHTWELL, DEBIT, _left(16), 1, 11990),
    ((2025, 3, 14), "27-inch 4K monitor", BRIGHTWELL, VISA, _left(27), 1, 56700),
    ((2025, 3, 14), "USB-C dock", BRIGHTWELL, VISA, _left(15), 1, 14200),
    (
        (2025, 2, 4),
        "E-reader",
        BRIGHTWELL,
        DEBIT,
        PillSpec(PillKind.NEUTRAL, "76 days left", "calendar"),
        1,
        12900,
    ),
    ((2025, 1, 17), "Over-ear headphones", BRIGHTWELL, VISA, _left(13), 1, 24800),
)


class PicturedSource(FakeSource):
    """The fifteen purchases of the design."""

    def __init__(self) -> None:
        super().__init__(len(PICTURED))
        self.changed = {
            at: Bought(
                at,
                name,
                shop,
                paid,
                date(*day),
                Money(minor, "USD"),
                warranty,
                receipt,
                ("office", "tax 2025"),
            )
            for at, (day, name, shop, paid, warranty, receipt, minor) in enumerate(PICTURED, 1)
        }

    def ids(self, query: TableQuery, interrupt: Interrupt) -> "array[int]":
        return array("q", self._ids(query))

    def first(self, query: TableQuery, n: int, interrupt: Interrupt) -> FirstRows:
        return FirstRows(self.rows(self._ids(query)), self.count)

    def _ids(self, query: TableQuery) -> Sequence[int]:
        ordered = sorted(self.changed.values(), key=lambda row: getattr(row, query.sort or "bought"))
        return [row.id for row in (reversed(ordered) if query.descending else ordered)]


def main(arguments: Sequence[str]) -> int:
    app = QApplication(["demo"])
    install(app, Appearance(arguments[0] if arguments else "light"))
    rows = int(arguments[1]) if len(arguments) > 1 else 0
    pool = ThreadPoolExecutor(2)
    readers = Readers(pool)
    source: Any = FakeSource(rows) if rows else PicturedSource()
    query = TableQuery(sort="bought", descending=True)
    model = LazyTableModel(COLUMNS, source, readers, query=query, editing=source)
    window = QWidget()
    window.setProperty("ground", "surface")
    window.setWindowTitle("A table of purchases")
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 60, 0, 0)
    column.setSpacing(0)
    line = QFrame()
    line.setProperty("rule", "horizontal")
    column.addWidget(line)
    table = LedgerTable(model, "Purchases")
    column.addWidget(table)
    table.said.connect(window.setWindowTitle)
    window.resize(900, 600)
    window.show()
    model.load()
    status = app.exec()
    model.close()
    readers.close()
    pool.shutdown()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
