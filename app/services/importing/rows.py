"""A row becomes a record, or a list of what is wrong with it at which cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.exchange import continued, tags_from_cell
from app.domain.parsing import NotUnderstood
from app.domain.spreadsheet import unguard
from app.services.importing.cells import CellReader, Parser
from app.services.importing.kind import Ready, Setting, Skipped, Wrong
from app.services.importing.plan import Plan
from app.services.importing.presets import Preset, Values
from app.services.importing.readers import Cell, Row
from app.services.importing.report import WHY_COLUMN, RowError, clipped

_MOST_REMEMBERED = 4096


class RowReader:
    """Makes records of the rows of one file."""

    def __init__(self, plan: Plan, setting: Setting) -> None:
        mapping = plan.mapping
        self._plan = plan
        self._preset: Preset | None = plan.preset
        currency = mapping.currency or setting.currency
        self._positions = {header: position for position, header in enumerate(plan.source.headers)}
        self._reader = CellReader(
            mapping.decimal_mark, mapping.date_order, setting.zone, currency, plan.source.serial_day
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
                {} if key in plan.kind.repeated else None,
            )
            for key, header in mapping.columns.items()
            if header in self._positions
        ]
        source = f"{plan.source.format} file" if self._preset is None else self._preset.source
        self._make = plan.kind.maker(
            replace(setting, currency=currency, columns=mapping.columns, source=source, own=self._own)
        )

    def read(self, row: Row) -> Ready | Skipped | list[RowError]:
        """Return the record that a row is, why it is none, or all that is wrong with it."""
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
            record = self._make(values)
        except Wrong as wrong:
            return [self._error(row, problem.field, problem.reason) for problem in wrong.problems]
        return Ready(record, frozenset(values))

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

    def _parser(self, key: str) -> Parser:
        target = self._plan.kind.target_of[key]
        parse = self._reader.parser(target, self._plan.mapping.tag_separator)
        if self._own and target.kind == "tags":
            return lambda cell: tags_from_cell(cell) if isinstance(cell, str) else parse(cell)
        return parse

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

    def _error(self, row: Row, key: str, reason: str) -> RowError:
        columns = self._plan.mapping.columns
        column = columns.get(key) or self._column_of_kin(key, columns)
        position = self._positions.get(column)
        value = "" if position is None else str(row.cells[position])
        return RowError(row.line, column or key, clipped(value), reason)

    def _column_of_kin(self, key: str, columns: Mapping[str, str]) -> str:
        """Return a column that a field without one of its own was made from."""
        target = self._plan.kind.target_of.get(key)
        kin = target.instead if target is not None else ()
        return next((columns[other] for other in kin if other in columns), "")


def _clip(cells: Sequence[Cell]) -> str:
    return clipped(" | ".join(str(cell)[:80] for cell in cells[:12]))
