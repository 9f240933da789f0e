"""The popups in which filters are chosen, by keyboard."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.purchases import PurchaseFilter
from app.domain.warranties import CoverStatus
from app.ui.purchases.filters.ranges import BoughtPopup, PricePopup, WarrantyPopup
from app.ui.records.popup import ChoicePopup, FilterPopup
from app.ui.theme.theme import Theme
from tests.ui.purchases.conftest import TODAY

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")

NAMES = ["Amazon", "Apple", "Best Buy", "Décathlon", "eBay", "Etsy", "IKEA", "MediaMarkt", "Otto", "Walmart"]


class Chosen:
    """Remembers what a popup chose."""

    def __init__(self) -> None:
        self.values: list[object] = []

    def __call__(self, value: object) -> None:
        self.values.append(value)


@pytest.fixture
def chosen() -> Chosen:
    return Chosen()


@pytest.fixture
def button(qtbot: QtBot, look: Theme) -> QPushButton:
    made = QPushButton("Add filter")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def _open(qtbot: QtBot, popup: FilterPopup, button: QWidget) -> None:
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(popup)
    popup.open_below(button)
    qtbot.waitExposed(popup)


def _choice(qtbot: QtBot, button: QPushButton, chosen: Chosen, names: list[str]) -> ChoicePopup:
    choices = [(number, name) for number, name in enumerate(names, start=1)]
    popup = ChoicePopup("Retailer", choices, frozenset({2}), chosen, button)
    _open(qtbot, popup, button)
    return popup


def test_typing_finds_a_name_and_enter_ticks_it(qtbot: QtBot, button: QPushButton, chosen: Chosen) -> None:
    popup = _choice(qtbot, button, chosen, NAMES)
    QTest.keyClicks(popup.field, "deca")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert chosen.values == [frozenset({2, 4})]
    assert popup.isVisible()
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_a_short_list_is_ticked_with_space_and_closed_with_enter(
    qtbot: QtBot, button: QPushButton, chosen: Chosen
) -> None:
    popup = _choice(qtbot, button, chosen, NAMES[:3])
    assert popup.field.isHidden()
    QTest.keyClick(popup.list, Qt.Key.Key_Space)
    QTest.keyClick(popup.list, Qt.Key.Key_Down)
    QTest.keyClick(popup.list, Qt.Key.Key_Space)
    assert chosen.values == [frozenset({1, 2}), frozenset({1})]
    QTest.keyClick(popup.list, Qt.Key.Key_Return)
    assert not popup.isVisible()


def test_a_click_on_a_line_ticks_it(qtbot: QtBot, button: QPushButton, chosen: Chosen) -> None:
    popup = _choice(qtbot, button, chosen, NAMES[:3])
    place = popup.list.visualRect(popup.list.model().index(2, 0)).center()
    QTest.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.values == [frozenset({2, 3})]


def test_a_usual_span_of_days(qtbot: QtBot, button: QPushButton, chosen: Chosen) -> None:
    known = (date(2024, 1, 5), TODAY)
    popup = BoughtPopup(PurchaseFilter(text="x"), chosen, TODAY, known, button)
    _open(qtbot, popup, button)
    QTest.keyClick(popup.presets, Qt.Key.Key_End)
    QTest.keyClick(popup.presets, Qt.Key.Key_Return)
    assert chosen.values == [
        PurchaseFilter(text="x", bought_from=date(2024, 1, 1), bought_to=date(2024, 12, 31))
    ]
    assert not popup.isVisible()


def test_days_from_and_to(qtbot: QtBot, button: QPushButton, chosen: Chosen) -> None:
    popup = BoughtPopup(PurchaseFilter(), chosen, TODAY, None, button)
    _open(qtbot, popup, button)
    popup.first.setText("5 March 2025")
    popup.last.setText("1 March 2025")
    QTest.keyClick(popup.last, Qt.Key.Key_Return)
    assert chosen.values == []
    assert "before the first" in popup._last_field.message
    popup.last.setText("nonsense")
    popup.apply()
    assert "not a date" in popup._last_field.message
    popup.last.clear()
    popup.apply()
    assert chosen.values == [PurchaseFilter(bought_from=date(2025, 3, 5))]


def test_prices(qtbot: QtBot, button: QPushButton, chosen: Chosen) -> None:
    popup = PricePopup(PurchaseFilter(), chosen, ["USD", "EUR"], button)
    _open(qtbot, popup, button)
    popup.low.setText("100")
    popup.high.setText("20")
    popup.apply()
    assert "less than the smallest" in popup._high_field.message
    popup.high.setText("1,200.50 EUR")
    QTest.keyClick(popup.high, Qt.Key.Key_Return)
    assert chosen.values == [
        PurchaseFilter(price_from=Decimal(100), price_to=Decimal("1200.50"), currency="EUR")
    ]


@pytest.mark.parametrize(("typed", "reason"), [("abc", "such as 100"), ("-5", "0 or more")])
def test_a_wrong_price_says_so(
    qtbot: QtBot, button: QPushButton, chosen: Chosen, typed: str, reason: str
) -> None:
    popup = PricePopup(PurchaseFilter(price_from=Decimal("1.50")), chosen, [], button)
    _open(qtbot, popup, button)
    assert popup.low.text() == "1.50"
    popup.low.setText(typed)
    popup.apply()
    assert reason in popup._low_field.message
    assert popup.isVisible()


def test_warranty_states_and_days_exclude_each_other(
    qtbot: QtBot, button: QPushButton, chosen: Chosen
) -> None:
    popup = WarrantyPopup(PurchaseFilter(), chosen, button)
    _open(qtbot, popup, button)
    popup.states[CoverStatus.EXPIRED].setChecked(True)
    popup.days.setValue(60)
    assert not popup.states[CoverStatus.EXPIRED].isChecked()
    popup.states[CoverStatus.VOIDED].setChecked(True)
    assert chosen.values == [
        PurchaseFilter(warranty=frozenset({CoverStatus.EXPIRED})),
        PurchaseFilter(expiring_days=60),
        PurchaseFilter(warranty=frozenset({CoverStatus.VOIDED})),
    ]
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert not popup.isVisible()
