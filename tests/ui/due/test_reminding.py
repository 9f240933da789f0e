"""Reminders that appear by themselves: with and without a system tray, at most once a day, and never twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.domain.reminder_settings import ReminderSettings
from app.services import purchases, reminders
from app.services.ledger import Ledger
from app.ui.due.bell import Bell
from app.ui.due.reminding import Reminding
from app.ui.window.main_window import MainWindow
from tests.helpers.ledgers import bought
from tests.ui.due.conftest import TODAY, Shown, declare, set_clock

LINE = "3 dates are coming up\nNext: Phone · Warranty ends · 5 days left"


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """A system with a tray; the list has what it was asked to show."""
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _icon: None)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _icon, title, line, *_more: said.append((title, line))
    )
    return said


pytestmark = pytest.mark.qt_log_ignore("does not support (raise|setting window opacity)")


def waiting(shown: Shown) -> Reminding:
    """Look now, instead of some seconds after the start."""
    shown.bell.reminding.look()
    return shown.bell.reminding


def told(shown: Shown) -> str:
    reminding = waiting(shown)
    shown.qtbot.waitUntil(lambda: reminding.card is not None)
    assert reminding.card is not None
    text = reminding.card.text()
    shown.qtbot.waitUntil(lambda: reminders.last_told(shown.session.ledger) == shown.session.ledger.today())
    return text


def silent(shown: Shown) -> bool:
    """Whether nothing appears, however long one waits for what is being read."""
    reminding, done = waiting(shown), []
    shown.session.bridge.read(lambda _interrupt: None, done.append, key="test.after")
    shown.qtbot.waitUntil(lambda: bool(done) and "due.reminding" not in shown.session.bridge._latest)
    return reminding.card is None


def test_without_a_tray_it_is_told_in_the_window(shown: Shown, ledger: Ledger) -> None:
    assert told(shown) == LINE
    card = shown.bell.reminding.card
    assert card is not None
    assert not card.isWindow()
    assert card.isVisible()
    assert shown.bell.reminding.tray is None
    assert shown.page.table.hasFocus() or not card.isAncestorOf(shown.window.focusWidget())
    assert reminders.to_tell(ledger) == []


def test_it_is_told_once_a_day_at_most(shown: Shown, ledger: Ledger) -> None:
    told(shown)
    card = shown.bell.reminding.card
    assert card is not None
    card.dismiss()
    shown.qtbot.waitUntil(lambda: shown.bell.reminding.card is None)
    assert silent(shown)
    ledger.run(purchases.add(bought("Lamp", return_by=TODAY + timedelta(days=1))))
    assert reminders.to_tell(ledger)
    assert silent(shown)
    set_clock(ledger, TODAY + timedelta(days=1))
    assert told(shown) == "Return by: Lamp\nToday · 22 Nov 2026"


def test_a_second_window_on_the_same_day_tells_nothing_again(
    shown: Shown, open_window: Callable[..., MainWindow]
) -> None:
    told(shown)
    window = open_window(declare)
    bell = window.toolbar.findChild(Bell)
    assert bell is not None
    shown.qtbot.waitUntil(lambda: bell.number == 3)
    assert silent(Shown(window, shown.page, bell, shown.qtbot))


def test_the_change_of_the_day_is_noticed_whatever_the_clock_does(shown: Shown, ledger: Ledger) -> None:
    told(shown)
    card = shown.bell.reminding.card
    assert card is not None
    card.dismiss()
    shown.qtbot.waitUntil(lambda: shown.bell.reminding.card is None)
    left = shown.page.table.table_model.column_of("left")
    set_clock(ledger, TODAY + timedelta(days=1))
    assert silent(shown)
    shown.qtbot.waitUntil(lambda: shown.page.table.table_model.index(0, left).data() == "4 days left")
    set_clock(ledger, TODAY - timedelta(days=2))
    assert silent(shown)
    set_clock(ledger, TODAY + timedelta(days=4))
    assert told(shown) == "Warranty ends: Phone\nTomorrow · 26 Nov 2026"


def test_nothing_appears_just_after_midnight_or_over_a_full_screen(shown: Shown, ledger: Ledger) -> None:
    # 23:30 in UTC is half past midnight in Berlin.
    set_clock(ledger, TODAY, 23)
    assert silent(shown)
    set_clock(ledger, TODAY)
    shown.window.setWindowState(Qt.WindowState.WindowFullScreen)
    assert silent(shown)
    shown.window.setWindowState(Qt.WindowState.WindowMinimized)
    assert silent(shown)
    shown.window.setWindowState(Qt.WindowState.WindowNoState)
    assert told(shown) == LINE


def test_whoever_does_not_want_it_is_left_alone(shown: Shown, ledger: Ledger) -> None:
    ledger.run(reminders.save(ReminderSettings(notify=False)))
    assert silent(shown)
    assert shown.bell.number == 3


def test_dont_show_these_switches_it_off(shown: Shown, ledger: Ledger) -> None:
    told(shown)
    card = shown.bell.reminding.card
    assert card is not None
    links = {button.text(): button for button in card.findChildren(type(card.add_link("x", lambda: None)))}
    links["Don’t show these"].click()
    shown.qtbot.waitUntil(lambda: not ledger.reminders.notify)
    shown.qtbot.waitUntil(lambda: shown.bell.reminding.card is None)


def test_show_goes_to_the_page(shown: Shown) -> None:
    shown.window.show_page("names")
    told(shown)
    card = shown.bell.reminding.card
    assert card is not None
    shown.bell.reminding._show()
    assert shown.window.host.current_id == "due"


def test_with_a_tray_a_card_appears_on_the_screen(tray: list[tuple[str, str]], shown: Shown) -> None:
    assert told(shown) == LINE
    card = shown.bell.reminding.card
    assert card is not None
    assert card.isWindow()
    assert card.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert card.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    room = shown.window.screen().availableGeometry()
    assert room.contains(card.geometry())
    assert tray == []


def test_where_windows_cannot_be_placed_the_system_shows_it(
    tray: list[tuple[str, str]], shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland"))
    reminding = waiting(shown)
    shown.qtbot.waitUntil(lambda: tray == [tuple(LINE.split("\n"))])
    assert reminding.card is None


def test_a_minimised_window_can_still_tell_through_the_tray(
    tray: list[tuple[str, str]], shown: Shown
) -> None:
    shown.window.setWindowState(Qt.WindowState.WindowMinimized)
    assert told(shown) == LINE


def test_the_icon_in_the_tray(tray: list[tuple[str, str]], shown: Shown) -> None:
    shown.bell.reminding.look()
    held = shown.bell.reminding.tray
    assert held is not None
    assert [action.text().replace("&", "") for action in held.menu.actions() if not action.isSeparator()] == [
        "Open Counterfoil",
        "What is due",
        "Quit",
    ]
    shown.window.show_page("names")
    held.menu.actions()[1].trigger()
    assert shown.window.host.current_id == "due"
    shown.window.showMinimized()
    held.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert not shown.window.isMinimized()
    shown.window.close()
    assert shown.bell.reminding.tray is None


def test_a_tray_that_comes_later_is_used(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.bell.reminding.look()
    assert shown.bell.reminding.tray is None
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _icon: None)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    shown.bell.reminding.look()
    assert shown.bell.reminding.tray is not None


def test_the_start_looks_by_itself(qtbot: QtBot, open_window: Callable[..., MainWindow]) -> None:
    window = open_window(declare)
    bell = window.toolbar.findChild(Bell)
    assert bell is not None
    qtbot.waitUntil(lambda: bell.reminding.card is not None, timeout=10_000)
