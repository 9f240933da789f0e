"""The bell in the toolbar: its number, and the popup with the next dates."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.domain.due import DueFilter
from app.domain.reminder_settings import ReminderSettings
from app.services import debts, due, purchases, reminders
from app.services.ledger import Ledger
from app.ui.due.bell import Bell
from app.ui.due.bell_popup import BellPopup
from app.ui.due.snoozing import SnoozeDialog
from app.ui.window.main_window import MainWindow
from tests.ui.due.conftest import Shown, declare

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard|propagateSizeHints)")


def popup_of(shown: Shown) -> BellPopup:
    (popup,) = shown.window.findChildren(BellPopup)
    return popup


def opened(shown: Shown) -> BellPopup:
    assert shown.session.actions.run("due.soon")
    popup = popup_of(shown)
    assert popup.isVisible()
    return popup


def test_it_says_how_much_is_due(shown: Shown, ledger: Ledger) -> None:
    assert shown.bell.number == 3
    assert shown.bell.accessibleName() == "What is due: 3 dates within 30 days"
    assert shown.bell.isVisible()
    assert shown.bell.x() > shown.window.toolbar.search.x()
    ledger.run(reminders.snooze(due.listing(ledger, DueFilter(30)), None))
    shown.qtbot.waitUntil(lambda: shown.bell.number == 0)
    assert shown.bell.accessibleName() == "What is due: nothing within 30 days"


def test_the_number_is_painted(shown: Shown) -> None:
    def picture() -> QPixmap:
        return shown.bell.grab()

    three = picture().toImage()
    shown.bell._items = ()
    assert picture().toImage() != three


def test_an_empty_ledger_has_nothing_to_tell(open_window: Callable[..., MainWindow], ledger: Ledger) -> None:
    ledger.run(purchases.remove([1, 2, 3]))
    ledger.run(debts.remove([1]))
    window = open_window(declare)
    bell = window.toolbar.findChild(Bell)
    assert bell is not None
    bell.open_popup()
    (popup,) = window.findChildren(BellPopup)
    assert popup.lines() == []
    assert popup.all_button.hasFocus()
    popup.close()


def test_the_popup_lists_what_is_next_and_opens_it(shown: Shown) -> None:
    popup = opened(shown)
    names = [line.open_button.accessibleName() for line in popup.lines()]
    assert names == [
        "Warranty ends: Phone, 5 days left",
        "Return by: Webcam, 13 days left",
        "Payment: Visa card, 24 days left",
    ]
    assert popup.lines()[0].open_button.hasFocus()
    QTest.keyClick(popup.lines()[1].open_button, Qt.Key.Key_Return)
    assert shown.window.host.current_id == "purchases"
    shown.qtbot.waitUntil(lambda: not shown.window.findChildren(BellPopup))


def test_escape_closes_it_and_it_opens_again(shown: Shown) -> None:
    popup = opened(shown)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    shown.qtbot.waitUntil(lambda: not shown.window.findChildren(BellPopup))
    assert opened(shown).lines()


def test_show_all_goes_to_the_page(shown: Shown) -> None:
    shown.window.show_page("names")
    opened(shown).all_button.click()
    assert shown.window.host.current_id == "due"


def test_snoozing_in_the_popup_takes_the_line_away(shown: Shown, ledger: Ledger) -> None:
    popup = opened(shown)
    popup.lines()[0].snooze_button.click()
    (menu,) = popup.findChildren(QMenu)
    assert [action.text().replace("&", "") for action in menu.actions()] == [
        "Snooze until tomorrow",
        "Snooze for a week",
        "Snooze until a date…",
        "Not again",
    ]
    # Without a window manager a menu that is closed takes the popup under it along.
    menu.actions()[1].trigger()
    shown.qtbot.waitUntil(lambda: len(popup.lines()) == 2)
    assert popup.isVisible()
    assert popup.focusWidget() is popup.lines()[0].open_button
    assert shown.bell.number == 2


def test_asking_for_a_date_closes_the_popup(shown: Shown) -> None:
    popup = opened(shown)
    popup.lines()[0].snooze_button.click()
    (menu,) = popup.findChildren(QMenu)
    menu.actions()[2].trigger()
    dialog = shown.window.findChild(SnoozeDialog)
    assert isinstance(dialog, SnoozeDialog)
    shown.qtbot.waitUntil(lambda: not shown.window.findChildren(BellPopup))
    dialog.reject()


def test_it_follows_the_settings_and_the_ledger(shown: Shown, ledger: Ledger) -> None:
    ledger.run(reminders.save(ReminderSettings((7,))))
    shown.qtbot.waitUntil(lambda: shown.bell.number == 1)
    assert shown.bell.toolTip().endswith("1 date within 7 days")
    ledger.run(purchases.remove([1]))
    shown.qtbot.waitUntil(lambda: shown.bell.number == 0)
