"""The form of a warranty: choosing the purchase by typing, ends and lengths, and what is wrong at its field."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.warranties import Duration
from app.services import warranties
from app.ui.session import Session
from app.ui.warranties.form.dialog import CoverDialog
from app.ui.warranties.page import WarrantiesPage
from tests.ui.warranties.records import LAPTOP, PHONE, MakePage, enter, lines, press, select, shown, the_cover

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")


@pytest.fixture
def dialog(qtbot: QtBot, make_page: MakePage, session: Session) -> CoverDialog:
    """The form of a new warranty over a page with two purchases."""
    page = make_page([PHONE, LAPTOP])
    page.commands.new()
    found: CoverDialog = shown(qtbot, session, CoverDialog)
    return found


def pick(qtbot: QtBot, dialog: CoverDialog, text: str) -> None:
    """Type a text into the field of the purchase and take the first that fits."""
    field = dialog.form.purchase
    field.line.setFocus()
    QTest.keyClicks(field.line, text)
    qtbot.waitUntil(lambda: bool(field._offered) and field._popup.isVisible())
    field._popup.setCurrentIndex(field._popup.model().index(0, 0))
    press(field._popup, Qt.Key.Key_Return)


def test_a_purchase_is_found_by_typing_and_gives_the_start(
    qtbot: QtBot, dialog: CoverDialog, session: Session
) -> None:
    pick(qtbot, dialog, "lap")
    form = dialog.form
    assert form.purchase.text() == "Laptop"
    assert "10 Jan 2025 · $1,200.00" in form.purchase.message
    assert form.fields.starts.text() == "10 Jan 2025"
    form.fields.ends.line.setFocus()
    QTest.keyClicks(form.fields.ends.line, "24 months")
    assert form.fields.ends.message == "Until 10 Jan 2027"
    form.fields.kind.set_text("Accidental damage")
    enter(form.fields.provider, "Harbour Insurance")
    dialog.save()
    qtbot.waitUntil(lambda: warranties.count(session.ledger) == 4)
    cover = the_cover(session, "Laptop", "ACCIDENTAL").cover
    assert (cover.duration, cover.provider) == (Duration(years=2), "Harbour Insurance")
    assert session.ledger.undo_label == "Add a warranty to “Laptop”"


def test_every_field_of_a_new_warranty_is_in_sight(qtbot: QtBot, dialog: CoverDialog) -> None:
    qtbot.waitUntil(dialog.form.fields.voided.isVisible)
    assert dialog.form.tab.verticalScrollBar().maximum() == 0


def test_what_completes_a_field_looks_like_the_rest_and_all_of_it_is_in_sight(
    qtbot: QtBot, dialog: CoverDialog
) -> None:
    dialog.form.offer_providers(["Kestrel", "Kettle Works", "Acme"])
    provider = dialog.form.fields.provider.line
    provider.setFocus()
    qtbot.keyClicks(provider, "ke")
    shown = provider.completer().popup()
    assert shown.objectName() == "completer"
    qtbot.waitUntil(shown.isVisible)
    assert shown.model().rowCount() == 2
    assert shown.verticalScrollBar().maximum() == 0
    shown.hide()


def test_what_is_missing_is_said_at_its_field(dialog: CoverDialog) -> None:
    dialog.save()
    form = dialog.form
    assert form.purchase.message == "Choose what the warranty is on."
    assert form.fields.ends.message == "Enter when the warranty ends, or how long it lasts."
    form.purchase.line.setText("Toaster")
    dialog.save()
    assert form.purchase.message == "Pick one of the purchases that fit “Toaster”."


def test_an_end_before_the_start_is_refused(qtbot: QtBot, dialog: CoverDialog) -> None:
    pick(qtbot, dialog, "phone")
    enter(dialog.form.fields.ends, "1 Jan 2020")
    dialog.save()
    assert dialog.form.fields.ends.message == "The warranty ends before it starts; change one of the dates."
    enter(dialog.form.fields.ends, "9000 years")
    dialog.save()
    assert "too long" in dialog.form.fields.ends.message
    enter(dialog.form.fields.ends, "9 years")
    assert dialog.form.fields.ends.message == "Until 25 Nov 2034"


def test_a_lifetime_needs_no_end(qtbot: QtBot, dialog: CoverDialog, session: Session) -> None:
    pick(qtbot, dialog, "phone")
    dialog.form.fields.kind.set_text("Lifetime")
    assert not dialog.form.fields.ends.field.isEnabled()
    dialog.save()
    qtbot.waitUntil(lambda: warranties.count(session.ledger) == 4)
    assert the_cover(session, "Phone", "LIFETIME").cover.ends_on is None


def test_another_one_begins_empty(qtbot: QtBot, dialog: CoverDialog, session: Session) -> None:
    pick(qtbot, dialog, "phone")
    enter(dialog.form.fields.ends, "3 years")
    dialog.save_and_add()
    qtbot.waitUntil(dialog._notice.isVisible)
    assert dialog.form.purchase.purchase_id() is None
    assert dialog.form.fields.ends.text() == ""


def test_a_warranty_is_changed_with_the_lines_of_its_notes(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    page: WarrantiesPage = make_page([LAPTOP])
    session.ledger.run(warranties.set_field(1, "notes", "One\nTwo"))
    select(page, 0)
    session.actions.run("warranties.edit")
    dialog = shown(qtbot, session, CoverDialog)
    assert not dialog.has_changes()
    assert dialog.form.fields.notes.text() == "One\nTwo"
    dialog.form.fields.voided.setChecked(True)
    enter(dialog.form.fields.starts, "1 Feb 2025")
    dialog.save()
    qtbot.waitUntil(lambda: the_cover(session, "Laptop").cover.voided)
    cover = the_cover(session, "Laptop").cover
    assert (cover.notes, cover.ends_on) == ("One\nTwo", date(2027, 2, 1))


def test_another_warranty_on_the_same_purchase_knows_it(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    page = make_page([PHONE])
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane.row is not None)
    session.actions.run("warranties.another")
    dialog = shown(qtbot, session, CoverDialog)
    assert dialog.form.purchase.text() == "Phone"
    enter(dialog.form.fields.ends, "5 years")
    dialog.save()
    qtbot.waitUntil(lambda: len(lines(page)) == 3)
