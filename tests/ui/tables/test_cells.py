"""Cells show their values the way the design asks, whole or with a tip, in either colour scheme."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.domain.columns import Column, Kind
from app.domain.money import Money
from app.ui.tables.cells import EMPTY, Cell, CellState, PillSpec, make_cell, plain_text, spoken
from app.ui.tables.painting import CellPainter
from app.ui.tables.view import LedgerTable
from app.ui.theme.theme import Appearance, Theme, current
from app.ui.widgets.pill import PillKind
from tests.ui.tables.conftest import MakeTable
from tests.ui.tables.fakes import Bought, FakeSource

PILL = PillSpec(PillKind.OK, "11 months left", "shield-check")
NOON = datetime(2025, 3, 14, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "value", "shown", "plain"),
    [
        ("name", "Kettle", "Kettle", "Kettle"),
        ("money", Money(-8900, "USD"), "−$89.00", "-89.00"),
        ("money", Money(123450, "JPY"), "JPY\u00a0123,450", "123450"),
        ("date", date(2025, 3, 14), "14 Mar 2025", "2025-03-14"),
        ("instant", NOON, "14 Mar 2025, 12:30", "2025-03-14T12:30:00.000Z"),
        ("warranty", PILL, "11 months left", "11 months left"),
        ("tags", ("office", "tax 2025"), "office, tax 2025", "office, tax 2025"),
        ("count", 1234, "1,234", "1234"),
        ("count", 0, "0", "0"),
        ("receipt", 2, "2 receipts", "2"),
        ("figure", "24.90%", "24.90%", "24.90%"),
        ("progress", Decimal("0.4249"), "42% paid", "0.4249"),
        ("progress", Decimal(0), "0% paid", "0"),
        ("day", date(2025, 3, 14), "14 Mar", "2025-03-14"),
    ],
)
def test_a_value_is_written_for_people_and_plain_for_programs(
    kind: Kind, value: object, shown: str, plain: str
) -> None:
    cell = make_cell(Column("k", "K", kind), value)

    assert (cell.text, cell.state) == (shown, CellState.READY)
    assert plain_text(value) == plain


@pytest.mark.parametrize(
    ("kind", "value"), [("text", ""), ("money", None), ("tags", ()), ("date", None), ("receipt", 0)]
)
def test_an_empty_cell_is_a_dash_and_spoken_as_none(kind: Kind, value: object) -> None:
    cell = make_cell(Column("k", "K", kind), value)

    assert cell is EMPTY
    assert (cell.text, spoken(cell)) == ("—", "none")


def _edges(painter: CellPainter, column: Column, value: object, width: int = 120) -> tuple[int, int]:
    """The leftmost and rightmost painted column of pixels of a cell."""
    image = QImage(width, 29, QImage.Format.Format_ARGB32)
    image.fill(0)
    canvas = QPainter(image)
    painter.paint(canvas, QRect(0, 0, width, 29), column, make_cell(column, value), 0)
    canvas.end()
    inked = [x for x in range(width) if any(image.pixelColor(x, y).alpha() > 60 for y in range(29))]
    return inked[0], inked[-1]


def test_amounts_end_at_the_right_and_share_their_point(theme: Theme) -> None:
    painter = CellPainter(theme)
    price = Column("p", "P", "money")
    _, dollars = _edges(painter, price, Money(4360, "USD"))
    _, more = _edges(painter, price, Money(-12360, "USD"))
    _, yen = _edges(painter, price, Money(4360, "JPY"))
    _, dinars = _edges(painter, price, Money(43600, "KWD"), 100)

    assert dollars == more >= 117
    assert yen < dollars - 12
    assert dinars >= 98


def test_amounts_without_decimals_stand_at_the_right_where_there_are_no_others(theme: Theme) -> None:
    painter = CellPainter(theme)
    price = Column("p", "P", "money")

    _, yen = _edges(painter, price, Money(4360, "JPY"))

    assert yen >= 117
    assert not painter.misaligned
    _edges(painter, price, Money(4360, "USD"))
    assert painter.misaligned


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (Column("n", "N", "name"), "A very long name that does not fit into its cell at all"),
        (Column("p", "P", "money"), Money(10**14, "USD")),
        (Column("w", "W", "warranty"), PILL),
        (Column("t", "T", "tags"), ("office", "tax 2025", "a tag with a rather long name")),
        (Column("c", "C", "count"), 10**15),
    ],
)
def test_nothing_is_painted_beyond_its_cell(theme: Theme, column: Column, value: object) -> None:
    painter = CellPainter(theme)
    image = QImage(160, 29, QImage.Format.Format_ARGB32)
    image.fill(0)
    canvas = QPainter(image)
    painter.paint(canvas, QRect(40, 0, 70, 29), column, make_cell(column, value), 0)
    canvas.end()

    outside = (*range(38), *range(112, 160))
    assert all(image.pixelColor(x, y).alpha() == 0 for x in outside for y in range(29))


def test_tags_that_do_not_fit_are_counted(theme: Theme) -> None:
    painter = CellPainter(theme)
    tags = Column("t", "T", "tags")
    all_of_them = painter.width(tags, make_cell(tags, ("office", "tax 2025")))

    assert _edges(painter, tags, ("office", "tax 2025"), all_of_them)[1] >= all_of_them - 2
    assert _edges(painter, tags, ("office", "tax 2025"), 90)[1] < 90


def test_a_cell_that_is_cut_short_tells_the_rest_and_others_tell_nothing(
    qtbot: QtBot, make_table: MakeTable
) -> None:
    source = FakeSource(3)
    long_name = "<b>A very long name</b> that no column of this width can ever show in one piece"
    row = source.rows([3])[0]
    source.changed[3] = Bought(3, long_name, row.shop, row.paid_with, row.bought, row.price)
    table = make_table(source)

    assert _tip(table, 0, 1) == long_name
    assert _tip(table, 1, 1) == ""
    assert "&lt;b&gt;" in _shown_tip(table, 0, 1)


def _tip(table: LedgerTable, row: int, column: int) -> str:
    return table.cells.tip(row, column, table.visualRect(table.table_model.index(row, column)))


def _shown_tip(table: LedgerTable, row: int, column: int) -> str:
    point: QPoint = table.visualRect(table.table_model.index(row, column)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, point, table.viewport().mapToGlobal(point))
    QApplication.sendEvent(table.viewport(), event)
    text = QToolTip.text()
    QToolTip.hideText()
    return text


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_every_state_of_a_cell_is_painted_in_both_schemes(theme: Theme, appearance: Appearance) -> None:
    theme.set_appearance(appearance)
    painter = CellPainter(theme)
    image = QImage(120, 29, QImage.Format.Format_ARGB32)
    for state in (CellState.LOADING, CellState.FAILED, CellState.EMPTY):
        image.fill(0)
        canvas = QPainter(image)
        painter.paint(canvas, QRect(0, 0, 120, 29), Column("n", "N", "name"), Cell("—", None, state), 3)
        canvas.end()
        assert any(image.pixelColor(x, 14).alpha() for x in range(120)), state


def _filled(painter: CellPainter, share: str, width: int = 120) -> int:
    """How many pixels of a progress cell's bar have the colour of what is done."""
    image = QImage(width, 28, QImage.Format.Format_ARGB32)
    image.fill(current().color("surface"))
    brush = QPainter(image)
    column = Column("p", "P", "progress")
    painter.paint(brush, image.rect(), column, make_cell(column, Decimal(share)), 0)
    brush.end()
    done = current().color("success")
    return sum(image.pixelColor(x, 14) == done for x in range(width))


def test_a_progress_bar_is_as_long_as_its_share(theme: Theme) -> None:
    painter = CellPainter(theme)
    lengths = [_filled(painter, share) for share in ("0", "0.25", "0.5", "1")]
    assert lengths[0] == 0
    assert lengths == sorted(set(lengths))
    assert abs(lengths[3] - 2 * lengths[2]) <= 4
