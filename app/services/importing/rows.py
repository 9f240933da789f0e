"""A row becomes a purchase, or a list of what is wrong with it at which cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from app.domain.money import MoneyError, to_minor
from app.domain.parsing import NotUnderstood, ParsedAmount
from app.domain.purchases import Purchase, check
from app.domain.purchases.exchange import (
    continued,
    covers_from_json,
    from_cell,
    refunds_from_json,
    tags_from_cell,
)
from app.domain.spreadsheet import unguard
from app.services.importing.cells import CellReader, Parser
from app.services.importing.mapping import TARGET_OF
from app.services.importing.plan import Plan
from app.services.importing.presets import Preset, Values
from app.services.importing.readers import Cell, Row
from app.services.importing.report import WHY_COLUMN, RowError, clipped
from app.services.importing.warranty_columns import covers_of

_PARTS = ("unit_price", "tax", "shipping", "discount")
_REPEATED = frozenset(
    "currency purchased_on retailer brand category tags status return_by paid_with kept_at source quantity".split()
)
_MOST_REMEMBERED = 4096
_MISSING = {
    "name": "The product is missing; say what was bought.",
    "price": "The price is missing; enter what was paid.",
    "purchased_on": "The date is missing; enter when it was bought.",
}
_TAKEN_AS_READ = frozenset({
    "name", "purchased_on", "retailer", "brand", "category", "tags", "status", "return_by", "order_number",
    "order_line", "model_number", "serial_number", "paid_with", "kept_at", "notes", "source", "uuid", "created_at",
    "updated_at",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no purchase, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A purchase that can be saved, and which of its fields the row gave."""

    purchase: Purchase
    given: frozenset[str]


class _Wrong(Exception):
    """Something is wrong with the value of one field."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


class RowReader:
    """Makes purchases of the rows of one file. `currency` is for rows that name none, `zone` tells days."""

    def __init__(self, plan: Plan, currency: str, zone: tzinfo) -> None:
        mapping = plan.mapping
        self._plan = plan
        self._preset: Preset | None = plan.preset
        self._currency = mapping.currency or currency
        self._positions = {header: position for position, header in enumerate(plan.source.headers)}
        self._reader = CellReader(
            mapping.decimal_mark, mapping.date_order, zone, self._currency, plan.source.serial_day
        )
        self._nothing = self._preset.nothing if self._preset else frozenset()
        self._own = self._preset is not None and self._preset.own
        self._guarded = (self._own and plan.source.format == "CSV") or WHY_COLUMN in self._positions
        self._columns: list[tuple[str, int, Parser, tuple[int, ...], dict[str, Any] | None]] = [
            (
                key,
                self._positions[header],
                self._parser(key),
                self._further(header),
                {} if key in _REPEATED else None,
            )
            for key, header in mapping.columns.items()
            if header in self._positions
        ]
        self._has_warranty = any(key.startswith("warranty_") for key in mapping.columns)
        self._source = self._source_name()

    def read(self, row: Row) -> Ready | Skipped | list[RowError]:
        """Return the purchase that a row is, why it is none, or all that is wrong with it."""
        if row.problem:
            return [RowError(row.line, "", _clip(row.cells), row.problem)]
        if self._guarded:
            row = row._replace(cells=[unguard(cell) if isinstance(cell, str) else cell for cell in row.cells])
        cells = row.cells
        if self._preset is not None:
            reason = self._preset.skips(self._teller(cells))
            if reason:
                return Skipped(reason)
        errors: list[RowError] = []
        values = self._values(row, errors)
        if errors:
            return errors
        try:
            if self._preset is not None:
                self._preset.adapts(values, self._teller(cells))
            purchase = self._purchase(values)
        except _Wrong as wrong:
            return [self._error(row, wrong.field, str(wrong))]
        problems = check(purchase)
        if problems:
            return [self._error(row, problem.field, problem.reason) for problem in problems]
        return Ready(purchase, frozenset(values))

    def _values(self, row: Row, errors: list[RowError]) -> Values:
        """Read every mapped cell that is not empty; what cannot be read is added to the errors."""
        values: Values = {}
        cells, nothing = row.cells, self._nothing
        for key, position, parse, further, remembered in self._columns:
            cell = cells[position]
            if remembered is not None and isinstance(cell, str):
                known = remembered.get(cell)
                if known is None:
                    known = self._remember(cell, parse, remembered)
                if known is not None:
                    values[key] = known
                    continue
            if further:
                cell = "".join(str(cells[place]) for place in (position, *further))
            if isinstance(cell, str):
                cell = cell.strip()
                if not cell or cell in nothing:
                    continue
            try:
                values[key] = parse(cell)
            except NotUnderstood as refusal:
                errors.append(self._error(row, key, str(refusal)))
        return values

    def _remember(self, cell: str, parse: Parser, remembered: dict[str, Any]) -> Any:
        """Read a cell of a column whose values come again and again; None for one that is empty or bad."""
        text = cell.strip()
        if not text or text in self._nothing:
            return None
        try:
            value = parse(text)
        except NotUnderstood:
            return None
        if len(remembered) >= _MOST_REMEMBERED:
            remembered.clear()
        remembered[cell] = value
        return value

    def _purchase(self, values: Values) -> Purchase:
        for key in ("name", "purchased_on"):
            if not values.get(key):
                raise _Wrong(key, _MISSING[key])
        currency = self._currency_of(values)
        unit_price = self._minor(values, "unit_price", currency)
        tax = self._minor(values, "tax", currency)
        shipping = self._minor(values, "shipping", currency)
        discount = self._minor(values, "discount", currency)
        discount = None if discount is None else abs(discount)
        quantity = values.get("quantity", 1)
        price = self._minor(values, "price", currency)
        if price is None:
            price = _sum_of_parts(unit_price, quantity, (tax or 0) + (shipping or 0) - (discount or 0))
        bought: date = values["purchased_on"]
        taken: dict[str, Any] = {key: value for key, value in values.items() if key in _TAKEN_AS_READ}
        taken.setdefault("source", self._source)
        return Purchase(
            price=price,
            currency=currency,
            quantity=quantity,
            unit_price=unit_price,
            tax=tax,
            shipping=shipping,
            discount=discount,
            covers=self._covers(values, bought),
            refunds=self._refunds(values, currency),
            **taken,
        )

    def _currency_of(self, values: Values) -> str:
        currency: str = values.get("currency", "")
        if not currency:
            written = (values[key].currency for key in ("price", *_PARTS) if key in values)
            currency = next(filter(None, written), "")
        return currency or self._currency

    @staticmethod
    def _minor(values: Values, key: str, currency: str) -> int | None:
        amount: ParsedAmount | None = values.get(key)
        if amount is None:
            return None
        if amount.currency and amount.currency != currency:
            raise _Wrong(
                key, f"This amount is in {amount.currency}, the purchase in {currency}; use one of them."
            )
        try:
            return to_minor(amount.value, currency)
        except MoneyError as refusal:
            raise _Wrong(key, str(refusal)) from None

    def _covers(self, values: Values, bought: date) -> Any:
        try:
            if "covers" in values:
                return covers_from_json(_json_of(values["covers"]))
            return covers_of(values, bought) if self._has_warranty else ()
        except NotUnderstood as refusal:
            raise _Wrong("covers", str(refusal)) from None

    @staticmethod
    def _refunds(values: Values, currency: str) -> Any:
        if "refunds" not in values:
            return ()
        try:
            return refunds_from_json(_json_of(values["refunds"]), currency)
        except NotUnderstood as refusal:
            raise _Wrong("refunds", str(refusal)) from None

    def _parser(self, key: str) -> Parser:
        if self._own and key == "tags":
            return lambda cell: tags_from_cell(cell) if isinstance(cell, str) else self._tags(cell)
        return self._reader.parser(TARGET_OF[key].kind, self._plan.mapping.tag_separator)

    def _tags(self, cell: Cell) -> Any:
        return self._reader.parser("tags")(cell)

    def _further(self, header: str) -> tuple[int, ...]:
        """Return the columns in which long texts of a column of ours go on."""
        found: list[int] = []
        while self._own and continued(header, len(found) + 2) in self._positions:
            found.append(self._positions[continued(header, len(found) + 2)])
        return tuple(found)

    def _teller(self, cells: Sequence[Cell]) -> Callable[[str], str]:
        positions, nothing = self._positions, self._nothing

        def tell(header: str) -> str:
            position = positions.get(header)
            text = "" if position is None else str(cells[position]).strip()
            return "" if text in nothing else text

        return tell

    def _source_name(self) -> str:
        if self._preset is not None:
            return self._preset.source
        return f"{self._plan.source.format} file"

    def _error(self, row: Row, key: str, reason: str) -> RowError:
        column = self._plan.mapping.columns.get(key) or _column_of_kin(key, self._plan.mapping.columns)
        position = self._positions.get(column)
        value = "" if position is None else str(row.cells[position])
        return RowError(row.line, column or key, clipped(value), reason)


def _json_of(cell: Cell) -> Any:
    return from_cell(cell) if isinstance(cell, str) else cell


def _sum_of_parts(unit_price: int | None, quantity: int, extras: int) -> int:
    if unit_price is None:
        raise _Wrong("price", _MISSING["price"])
    return unit_price * quantity + extras


def _column_of_kin(key: str, columns: Any) -> str:
    """Return a column that a field without one of its own was made from."""
    if key == "price":
        return str(columns.get("unit_price", ""))
    if key == "covers":
        return next((column for name, column in columns.items() if name.startswith("warranty_")), "")
    return ""


def _clip(cells: Sequence[Cell]) -> str:
    return clipped(" | ".join(str(cell)[:80] for cell in cells[:12]))
