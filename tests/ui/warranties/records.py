"""Some purchases with warranties, and what a test does with the page that shows these. Today is 20 November 2026."""

from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QItemSelectionModel, Qt

from app.domain.claims import Claim
from app.domain.purchases import Purchase
from app.domain.warranties import Cover, CoverFilter, Duration, SortBy, cover_for
from app.services import claims, warranties
from app.services.warranties import CoverRow
from app.ui.session import Session
from app.ui.warranties.page import WarrantiesPage
from tests.ui.debts.records import enter, press, shown

__all__ = ["enter", "press", "shown"]

_YEAR = Duration(years=1)
PHONE = Purchase(
    "Phone",
    49_900,
    "USD",
    date(2025, 11, 25),
    retailer="Brightwell",
    covers=(
        cover_for(date(2025, 11, 25), _YEAR),
        Cover(
            date(2025, 11, 25),
            date(2028, 11, 25),
            kind="EXTENDED",
            provider="Brightwell",
            policy_number="P-7",
        ),
    ),
)
LAPTOP = Purchase(
    "Laptop", 120_000, "USD", date(2025, 1, 10), covers=(cover_for(date(2025, 1, 10), Duration(years=2)),)
)
KETTLE = Purchase(
    "Kettle",
    4900,
    "USD",
    date(2024, 5, 1),
    covers=(
        cover_for(date(2024, 5, 1), _YEAR),
        Cover(date(2024, 5, 1), kind="LIFETIME", provider="Emberton"),
    ),
)


class MakePage(Protocol):
    """Makes a page of a ledger with these purchases."""

    def __call__(self, records: Any = ..., width: int = ...) -> WarrantiesPage: ...


def cell(page: WarrantiesPage, row: int, key: str) -> str:
    """Return what a cell says."""
    model = page.table.table_model
    return str(model.index(row, model.column_of(key)).data(Qt.ItemDataRole.DisplayRole))


def select(page: WarrantiesPage, *rows: int) -> None:
    """Select rows, the first of them as the current one."""
    model, chosen = page.table.table_model, page.table.selectionModel()
    flags = QItemSelectionModel.SelectionFlag
    chosen.setCurrentIndex(model.index(rows[0], 0), flags.ClearAndSelect | flags.Rows)
    for row in rows[1:]:
        chosen.select(model.index(row, 0), flags.Select | flags.Rows)


def lines(page: WarrantiesPage) -> list[str]:
    """Return product and kind of every row."""
    rows = range(page.table.table_model.rowCount())
    return [f"{cell(page, row, 'name')} {cell(page, row, 'kind')}" for row in rows]


def the_cover(session: Session, product: str, kind: str = "LIMITED") -> CoverRow:
    """Return the warranty of a kind on a product."""
    every = warranties.rows(session.ledger, warranties.ids(session.ledger, CoverFilter(), SortBy()))
    return next(row for row in every if row.product == product and row.cover.kind == kind)


def with_claim(session: Session, product: str, kind: str = "LIMITED", number: str = "RMA-1") -> Claim:
    """Record an open claim on a warranty and return it."""
    cover = the_cover(session, product, kind)
    session.ledger.run(claims.open_claim(Claim(date(2026, 11, 1), number, cover_id=cover.id)))
    return claims.of_cover(session.ledger, cover.id)[-1]
