"""The tab of the settings for reminders, and the tick box of one warranty."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import shiboken6

from app.domain.due_kinds import DueKind
from app.domain.reminder_settings import ReminderSettings
from app.domain.warranties import Cover
from app.services import due, purchases, reminders
from app.services.due import DueFilter
from app.services.ledger import Ledger
from app.ui.due.tick import ReminderTick
from app.ui.settings.dialog import SettingsDialog
from app.ui.settings.reminders_form import RemindersForm
from tests.ui.due.conftest import START, TODAY, Shown


@pytest.fixture
def dialog(shown: Shown) -> Iterator[SettingsDialog]:
    made = SettingsDialog(shown.session, "reminders")
    made.show()
    yield made
    # It deletes itself when it is closed.
    if shiboken6.isValid(made):
        made.reject()


def form_of(dialog: SettingsDialog) -> RemindersForm:
    form = dialog.tab("reminders")
    assert isinstance(form, RemindersForm)
    return form


def test_it_shows_what_is_set_and_saves_what_is_changed(
    dialog: SettingsDialog, shown: Shown, ledger: Ledger
) -> None:
    form = form_of(dialog)
    assert form.days.text() == "30, 7, 1"
    assert form.command() is None
    form.days.setText("3; 45 3")
    form.kinds[DueKind.PAYMENT].click()
    form.notify.click()
    dialog.save()
    kinds = frozenset(DueKind) - {DueKind.PAYMENT}
    shown.qtbot.waitUntil(lambda: ledger.reminders == ReminderSettings((45, 3), kinds, notify=False))
    shown.qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    shown.qtbot.waitUntil(lambda: shown.bell.toolTip() == "What is due: 3 dates within 45 days")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "Enter numbers of days from 0 to 3650, for example 30, 7, 1."),
        ("-1", "Enter numbers of days from 0 to 3650, for example 30, 7, 1."),
        ("3651", "Enter numbers of days from 0 to 3650, for example 30, 7, 1."),
        ("1 2 3 4 5 6 7 8 9 10 11", "Enter at most 10 reminders."),
    ],
)
def test_what_cannot_be_is_said_at_the_field(
    dialog: SettingsDialog, ledger: Ledger, text: str, sentence: str
) -> None:
    form = form_of(dialog)
    form.days.setText(text)
    dialog.save()
    assert form.field.message == sentence
    assert dialog.isVisible()
    assert ledger.reminders == ReminderSettings()
    form.days.setText("7")
    assert not form.show_problems()
    assert not form.field.state


def test_no_days_are_no_reminders(dialog: SettingsDialog, shown: Shown, ledger: Ledger) -> None:
    form_of(dialog).days.setText("")
    dialog.save()
    shown.qtbot.waitUntil(lambda: ledger.reminders.days == ())
    assert reminders.to_tell(ledger) == []


@pytest.fixture
def tick(shown: Shown, ledger: Ledger) -> ReminderTick:
    phone = purchases.get(ledger, 1)
    assert phone is not None
    made = ReminderTick(shown.session)
    shown.qtbot.addWidget(made)
    made.show_cover(phone.covers[0], 1, phone.name, phone.currency)
    shown.qtbot.waitUntil(made.isChecked)
    return made


def test_the_tick_box_of_a_warranty(tick: ReminderTick, shown: Shown, ledger: Ledger) -> None:
    assert tick.text() == "Remind me 30 days before it ends"
    tick.click()
    shown.wait_for("Webcam", "Visa card", "Air purifier", "Visa card", "Visa card")
    (phone,) = [item for item in due.listing(ledger, DueFilter()) if item.title == "Phone"]
    assert phone.snoozed_until == reminders.FOR_EVER
    assert not tick.isChecked()
    shown.session.bridge.undo()
    shown.qtbot.waitUntil(tick.isChecked)
    ledger.run(reminders.snooze([phone], None))
    shown.qtbot.waitUntil(lambda: not tick.isChecked())
    tick.click()
    shown.qtbot.waitUntil(lambda: reminders.snoozed_until(ledger, phone) is None)


def test_the_tick_box_follows_the_settings(tick: ReminderTick, shown: Shown, ledger: Ledger) -> None:
    ledger.run(reminders.save(ReminderSettings((1,))))
    shown.qtbot.waitUntil(lambda: tick.text() == "Remind me 1 day before it ends")
    ledger.run(reminders.save(ReminderSettings(kinds=frozenset())))
    shown.qtbot.waitUntil(tick.isHidden)


def test_there_is_no_tick_box_where_nothing_ends(tick: ReminderTick) -> None:
    for cover in (Cover(START, None), Cover(START, TODAY - timedelta(days=1))):
        tick.show_cover(cover, 1, "Phone", "EUR")
        assert tick.isHidden()
