"""Claims: made from the pane or a purchase, changed, closed with a new warranty, deleted, and all of it undone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.attachments import Owner, OwnerKind
from app.domain.claims import Claim, ClaimOutcome, ClaimState
from app.domain.warranties import Cover, Duration
from app.services import claims, warranties
from app.ui.session import Session
from app.ui.warranties.claim_dialogs import ClaimDialog
from app.ui.warranties.claiming import change_claim, claim_on, claim_on_purchase, close_claim, delete_claim
from app.ui.warranties.close_dialog import CloseDialog, length_text
from app.ui.warranties.page import WarrantiesPage
from app.ui.warranties.words import claim_days, claim_title
from app.ui.widgets.pill import Pill
from tests.ui.purchases.conftest import Window
from tests.ui.warranties.records import KETTLE, PHONE, MakePage, enter, select, shown, the_cover, with_claim

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")


def pills(page: WarrantiesPage) -> list[str]:
    """Return what the pills of the pane say."""
    return [pill.text() for pill in page.pane.findChildren(Pill) if not pill.isHidden()]


def test_a_claim_is_made_from_the_pane_and_shown_there(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    page = make_page([PHONE])
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane.row is not None)
    page.pane._claim.click()
    dialog = shown(qtbot, session, ClaimDialog)
    assert dialog.fields.head.text() == "Phone"
    assert dialog.fields.line.text() == "Limited · 5 days left"
    enter(dialog.fields.number, "RMA-9")
    dialog.save()
    qtbot.waitUntil(lambda: "Open" in pills(page))
    texts = [label.text() for label in page.pane.findChildren(QLabel)]
    assert "Claim RMA-9" in texts
    assert session.ledger.undo_label == "Add a claim on “Phone”"


def test_a_claim_after_the_end_is_doubted_but_saved(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    make_page([KETTLE])
    cover = the_cover(session, "Kettle")
    claim_on(session, cover.id)
    dialog = shown(qtbot, session, ClaimDialog)
    assert "ended before, on 1 May 2025" in dialog.fields.opened_on.message
    dialog.save()
    qtbot.waitUntil(lambda: len(claims.of_cover(session.ledger, cover.id)) == 1)


def test_a_claim_on_a_purchase_offers_its_warranties(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    make_page([PHONE])
    claim_on_purchase(session, 1)
    dialog = shown(qtbot, session, ClaimDialog)
    combo = dialog.fields.which.combo
    assert [combo.itemText(row) for row in range(combo.count())] == [
        "Extended · Brightwell · 2 years left",
        "Limited · 5 days left",
    ]
    combo.setCurrentIndex(1)
    dialog.save()
    cover = the_cover(session, "Phone")
    qtbot.waitUntil(lambda: len(claims.of_cover(session.ledger, cover.id)) == 1)


def test_a_claim_is_changed_and_may_be_closed_there(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    make_page([PHONE])
    claim = with_claim(session, "Phone")
    change_claim(session, claim.id)
    dialog = shown(qtbot, session, ClaimDialog)
    assert not dialog.has_changes()
    assert dialog.fields.outcome.isHidden()
    dialog.fields.state.set_value("CLOSED")
    dialog.fields.outcome.set_value("REFUSED")
    enter(dialog.fields.closed_on, "1 Oct 2026")
    dialog.save()
    assert dialog.fields.closed_on.message.startswith("The claim was closed before it was made")
    enter(dialog.fields.closed_on, "15 Nov 2026")
    dialog.save()
    qtbot.waitUntil(lambda: not _claim(session, claim.id).is_open)
    assert _claim(session, claim.id).outcome is ClaimOutcome.REFUSED


def test_closing_starts_a_warranty_as_long_as_the_first_and_is_one_step(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    make_page([PHONE])
    claim = with_claim(session, "Phone")
    close_claim(session, claim.id)
    dialog = shown(qtbot, session, CloseDialog)
    fields = dialog.fields
    assert fields.lasts.text() == "12 months"
    assert fields.lasts.isHidden()
    fields.outcome.set_value("REPLACED")
    assert fields.lasts.text() == "1 year"
    fields.starts_new.setChecked(True)
    assert (fields.starts.text(), fields.lasts.message) == ("20 Nov 2026", "Until 20 Nov 2027")
    enter(fields.closed_on, "18 Nov 2026")
    assert (fields.starts.text(), fields.lasts.message) == ("18 Nov 2026", "Until 18 Nov 2027")
    dialog.save()
    qtbot.waitUntil(lambda: warranties.count(session.ledger) == 3)
    closed = _claim(session, claim.id)
    assert (closed.state, closed.outcome) == (ClaimState.CLOSED, ClaimOutcome.REPLACED)
    started = warranties.get(session.ledger, closed.new_cover_id or 0)
    assert started is not None
    assert (started.cover.starts_on, started.cover.duration) == (date(2026, 11, 18), Duration(years=1))
    session.ledger.undo().result()
    assert warranties.count(session.ledger) == 2
    assert _claim(session, claim.id).is_open


def test_a_refund_or_a_refusal_starts_no_warranty(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    make_page([PHONE])
    claim = with_claim(session, "Phone")
    close_claim(session, claim.id)
    dialog = shown(qtbot, session, CloseDialog)
    dialog.fields.starts_new.setChecked(True)
    dialog.fields.outcome.set_value("REFUNDED")
    assert dialog.fields.starts_new.isHidden()
    dialog.save()
    qtbot.waitUntil(lambda: not _claim(session, claim.id).is_open)
    assert warranties.count(session.ledger) == 2


def test_what_is_wrong_with_the_new_warranty_stands_at_its_field(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    make_page([PHONE])
    close_claim(session, with_claim(session, "Phone").id)
    dialog = shown(qtbot, session, CloseDialog)
    dialog.fields.starts_new.setChecked(True)
    enter(dialog.fields.lasts, "9000 years")
    dialog.save()
    assert "too long" in dialog.fields.lasts.message
    enter(dialog.fields.lasts, "1 Jan 2020")
    dialog.save()
    assert "ends before it starts" in dialog.fields.lasts.message
    enter(dialog.fields.lasts, "lifetime")
    dialog.save()
    qtbot.waitUntil(lambda: warranties.count(session.ledger) == 3)


def test_a_claim_is_deleted_from_the_pane_and_undone(
    qtbot: QtBot, make_page: MakePage, session: Session
) -> None:
    page = make_page([PHONE])
    claim = with_claim(session, "Phone")
    select(page, 0)
    qtbot.waitUntil(lambda: "Open" in pills(page))
    names = [button.accessibleName() for button in page.pane.findChildren(QPushButton)]
    assert "Close “Claim RMA-1”" in names
    delete_claim(session, claim.id)
    qtbot.waitUntil(lambda: "Open" not in pills(page))
    session.ledger.undo().result()
    qtbot.waitUntil(lambda: "Open" in pills(page))


def test_a_claim_without_a_number_names_its_day_once() -> None:
    made = Claim(date(2026, 11, 20))
    closed = replace(
        made, state=ClaimState.CLOSED, outcome=ClaimOutcome.REPAIRED, closed_on=date(2026, 12, 1)
    )
    assert (claim_title(made), claim_days(made)) == ("Claim of 20 Nov 2026", "")
    assert (claim_title(closed), claim_days(closed)) == ("Claim of 20 Nov 2026", "Closed on 1 Dec 2026")
    numbered = replace(closed, number="RMA-1")
    assert (claim_title(numbered), claim_days(numbered)) == (
        "Claim RMA-1",
        "20 Nov 2026, closed on 1 Dec 2026",
    )


def test_files_of_a_claim_stand_with_those_of_its_warranty(
    qtbot: QtBot, make_page: MakePage, session: Session, tmp_path: Path
) -> None:
    page = make_page([PHONE])
    claim = with_claim(session, "Phone")
    report = tmp_path / "report.txt"
    report.write_text("The screen stays dark.")
    select(page, 0)
    qtbot.waitUntil(lambda: page.pane._files is not None)
    files = page.pane._files
    assert files is not None
    files.acts.add(Owner(OwnerKind.CLAIM, claim.id), [report])
    qtbot.waitUntil(lambda: [file.name for file in files.files] == ["report.txt"])
    qtbot.waitUntil(lambda: the_cover(session, "Phone").attachments == 1)


def test_a_warranty_that_is_gone_is_told(
    qtbot: QtBot, make_page: MakePage, session: Session, window: Window
) -> None:
    make_page([PHONE])
    claim_on(session, 999)
    qtbot.waitUntil(lambda: window.told == ["It was deleted meanwhile."])


@pytest.mark.parametrize(
    ("cover", "text"),
    [
        (Cover(date(2025, 1, 31), date(2025, 3, 31)), "2 months"),
        (Cover(date(2025, 1, 1), date(2027, 7, 1)), "2 years 6 months"),
        (Cover(date(2025, 1, 1), date(2025, 1, 15)), "14 days"),
        (Cover(date(2025, 1, 1), date(2025, 1, 1)), "1 day"),
        (Cover(date(2025, 1, 1), kind="LIFETIME"), "Lifetime"),
    ],
)
def test_the_length_that_is_offered_again(look: object, cover: Cover, text: str) -> None:
    assert length_text(cover) == text


def _claim(session: Session, id: int) -> Claim:
    found = claims.get(session.ledger, id)
    assert found is not None
    return found
