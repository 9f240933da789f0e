"""The small widgets: texts, pills, status, notices, lines, headers, empty states, dialogs."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import theme
from app.ui.widgets import button, dialog
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.empty_state import EmptyState, TicketDrawing
from app.ui.widgets.label import Label, plain_tip
from app.ui.widgets.notice import Notice, NoticeKind
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.paragraph import Paragraph
from app.ui.widgets.perforation import Perforation
from app.ui.widgets.pill import Pill, PillKind, pill_size
from app.ui.widgets.progress_line import ProgressLine
from app.ui.widgets.search_box import SearchBox
from app.ui.widgets.status import JobProgress, StatusText, ThinBar


def test_a_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    label = Label("<b>bold</b>")
    qtbot.addWidget(label)
    plain = Label("bbold/b")
    qtbot.addWidget(plain)
    assert label.sizeHint().width() > plain.sizeHint().width()


def test_a_header_without_a_subtitle_keeps_no_room_for_one(qtbot: QtBot) -> None:
    bare, full = PageHeader("Payoff plans"), PageHeader("Payoff plans", "66 recorded")
    for header in (bare, full):
        qtbot.addWidget(header)
    assert bare.minimumSizeHint().width() + 10 < full.minimumSizeHint().width()


def test_a_label_follows_the_text_size(qtbot: QtBot, look: theme.Theme) -> None:
    label = Label("Total", "small", "secondary", tabular=True)
    qtbot.addWidget(label)
    look.set_text_percent(200)
    assert label.font().pointSizeF() == look.tokens.styles["small"].points * 2
    label.set_tone("danger")
    assert label.palette().color(label.foregroundRole()) == look.color("danger")


def test_tooltips_with_signs_are_not_markup() -> None:
    assert plain_tip("a & b") == "a & b"
    assert plain_tip("<img src=x>\nnext") == "<span>&lt;img src=x&gt;<br>next</span>"


def test_a_long_text_is_elided_and_whole_in_its_tooltip(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = ElidedLabel("A very long name of something bought")
    qtbot.addWidget(label)
    label.resize(60, 20)
    assert label.is_elided()
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _of: shown.append(text))
    QApplication.sendEvent(label, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), QPoint(1, 1)))
    assert shown == [label.text()]
    label.resize(900, 20)
    assert not label.is_elided()


def test_a_paragraph_has_the_line_height_of_the_design(qtbot: QtBot) -> None:
    words = Paragraph("Record what you bought and keep its receipt here.", centred=True)
    qtbot.addWidget(words)
    assert words.heightForWidth(2000) == 18
    assert words.heightForWidth(120) >= 3 * 18
    assert words.accessibleName() == words.text()
    words.set_text("")
    assert words.heightForWidth(100) == 18


def test_a_pill_is_as_wide_as_its_words(qtbot: QtBot, look: theme.Theme) -> None:
    pill = Pill("Active", PillKind.OK)
    qtbot.addWidget(pill)
    assert pill.sizeHint() == pill_size("Active", "shield-check")
    assert pill.sizeHint().height() == 20
    pill.resize(pill.sizeHint())
    picture = pill.grab().toImage()
    assert picture.pixelColor(picture.width() - 5, 10) == look.color("successSoft")
    pill.set("Ended", PillKind.BAD)
    assert pill.accessibleName() == pill.text() == "Ended"
    assert Pill("office", PillKind.NEUTRAL).sizeHint() == pill_size("office")


def test_a_job_appears_only_when_it_takes_its_time(qtbot: QtBot) -> None:
    job = JobProgress()
    qtbot.addWidget(job)
    job.set_job("Reading receipts", 1, 18)
    assert job.isHidden()
    job.finish()
    job.set_job("Reading receipts", 1, 18)
    with qtbot.waitSignal(job.appeared):
        job.set_job("Reading receipts", 12, 18)
    assert job.isVisible()
    assert any(label.text() == "12 of 18" for label in job.findChildren(Label))
    cancel = job.findChild(QPushButton)
    assert cancel is not None
    with qtbot.waitSignal(job.cancel_requested):
        cancel.click()
    assert not cancel.isEnabled()
    job.finish()
    assert job.isHidden()


def test_a_job_of_unknown_length_names_what_it_is_at(qtbot: QtBot) -> None:
    job = JobProgress()
    qtbot.addWidget(job)
    job.set_job("Importing", text="amazon.csv")
    assert any(label.text() == "amazon.csv" for label in job.findChildren(Label))
    job.finish()


def test_the_bar_shows_counts_of_any_size(qtbot: QtBot, look: theme.Theme) -> None:
    bar = ThinBar()
    qtbot.addWidget(bar)
    bar.resize(100, 6)
    bar.show()
    bar.set_progress(5_000_000_000, 10_000_000_000)
    picture = bar.grab().toImage()
    assert picture.pixelColor(40, 3) == look.color("accent")
    assert picture.pixelColor(60, 3) == look.color("borderStrong")
    bar.set_progress(0, 0)
    assert bar.value() == bar.maximum()


def test_the_end_unknown_the_bar_moves_unless_motion_is_reduced(qtbot: QtBot, look: theme.Theme) -> None:
    bar = ThinBar()
    qtbot.addWidget(bar)
    bar.resize(100, 6)
    bar.show()
    bar.set_progress(0, None)
    still = bar.grab().toImage()
    assert bar.grab().toImage() == still
    look.set_reduce_motion(False)
    qtbot.waitUntil(lambda: bar.grab().toImage() != still)
    bar.hide()


def test_status_texts_change(qtbot: QtBot) -> None:
    text = StatusText("Ready")
    qtbot.addWidget(text)
    text.set("Last backup 2 days ago", "archive")
    assert text.text() == "Last backup 2 days ago"
    text.set("Nothing", "")
    assert text.text() == "Nothing"


def test_a_notice_says_something_and_offers_more(qtbot: QtBot) -> None:
    notice = Notice("3 purchases are lost.", NoticeKind.WARNING)
    qtbot.addWidget(notice)
    more = notice.add_link("Show the list…")
    assert more.text() == "Show the list…"
    notice.set("This backup is damaged.", NoticeKind.DANGER)
    assert notice.text() == "This backup is damaged."
    assert not notice.grab().isNull()


@pytest.mark.parametrize(
    ("today", "gone"),
    [
        (dt.date(2025, 1, 1), 0.0),
        (dt.date(2025, 7, 2), 0.5),
        (dt.date(2026, 5, 1), 1.0),
        (dt.date(2024, 1, 1), 0.0),
    ],
)
def test_the_warranty_bar_shows_how_much_has_gone(qtbot: QtBot, today: dt.date, gone: float) -> None:
    line = ProgressLine(dt.date(2025, 1, 1), dt.date(2025, 12, 31), today)
    qtbot.addWidget(line)
    assert line.fraction() == pytest.approx(gone, abs=0.001)
    assert line.accessibleName().startswith("From 1 Jan 2025 to 31 Dec 2025")
    assert not line.grab().isNull()


def test_a_warranty_of_no_length_is_over_at_once(qtbot: QtBot) -> None:
    line = ProgressLine(dt.date(2025, 1, 1), dt.date(2025, 1, 1), dt.date(2025, 1, 1))
    qtbot.addWidget(line)
    assert line.fraction() == 1.0


def test_the_perforation_has_dots_8_apart(qtbot: QtBot, look: theme.Theme) -> None:
    line = Perforation()
    qtbot.addWidget(line)
    line.resize(80, 3)
    line.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    picture = line.grab().toImage()
    dotted = [x for x in range(80) if picture.pixelColor(x, 1) == look.color("borderStrong")]
    assert {1, 9, 17} <= set(dotted)
    assert not {5, 13} & set(dotted)


def test_title_and_subtitle_stand_on_one_line(qtbot: QtBot) -> None:
    header = PageHeader("Purchases", "66 recorded")
    qtbot.addWidget(header)
    header.add_control(button.primary("New purchase", "plus"))
    header.resize(900, header.sizeHint().height())
    header.show()
    qtbot.waitExposed(header)
    assert header.height() == 58
    title, subtitle = header.findChildren(Label)[:2]

    def baseline(label: Label) -> float:
        inner = label.contentsRect()
        metrics = label.fontMetrics()
        top = label.mapTo(header, inner.topLeft()).y()
        return top + (inner.height() - metrics.height()) / 2 + metrics.ascent()

    assert baseline(title) == pytest.approx(baseline(subtitle), abs=0.6)
    header.set_title("Warranties")
    header.set_subtitle("")
    assert (header.title(), header.subtitle()) == ("Warranties", "")


def test_an_empty_page_offers_first_things_to_do(qtbot: QtBot) -> None:
    empty = EmptyState("No purchases yet", "Record what you bought.")
    qtbot.addWidget(empty)
    first = empty.add_primary("New purchase", "plus")
    second = empty.add_secondary("Import a CSV file…", "import")
    link = empty.add_link("Just looking around?", "Load sample data", "66 purchases in a separate ledger.")
    empty.resize(900, 700)
    empty.show()
    qtbot.waitExposed(empty)
    drawing = empty.findChild(TicketDrawing)
    assert drawing is not None
    assert drawing.isVisible()
    tops = [widget.mapTo(empty, QPoint(0, 0)).y() for widget in (drawing, first, link)]
    assert tops == sorted(tops)
    assert first.geometry().right() < second.geometry().left()


def test_an_empty_page_that_is_low_leaves_the_drawing_out(qtbot: QtBot, look: theme.Theme) -> None:
    look.set_text_percent(200)
    empty = EmptyState("No purchases yet", "Record what you bought and keep its receipt here.")
    qtbot.addWidget(empty)
    empty.add_primary("New purchase", "plus")
    empty.resize(500, 320)
    empty.show()
    qtbot.waitExposed(empty)
    drawing = empty.findChild(TicketDrawing)
    assert drawing is not None
    assert not drawing.isVisible()
    empty.resize(500, 700)
    assert drawing.isVisible()


def test_the_small_empty_state_changes_its_words(qtbot: QtBot) -> None:
    empty = EmptyState("No purchases match these filters", "", "list-filter")
    qtbot.addWidget(empty)
    empty.set_texts("No brands match", "Take a filter away.")
    assert empty.findChild(TicketDrawing) is None
    assert any(label.text() == "No brands match" for label in empty.findChildren(Label))


def test_the_search_box_is_a_button(qtbot: QtBot) -> None:
    box = SearchBox("Search or run a command", "Ctrl+K")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    with qtbot.waitSignal(box.clicked):
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(box.clicked):
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert (box.accessibleName(), box.accessibleDescription()) == ("Search or run a command", "Ctrl+K")
    assert box.minimumSizeHint().width() < box.sizeHint().width()


def test_icon_buttons_say_what_they_do(qtbot: QtBot) -> None:
    for made in (button.icon_button("rows-3", "Row height"), button.tool_button("bell", "Notifications")):
        qtbot.addWidget(made)
        assert made.accessibleName() == made.toolTip() != ""
        made.show()
        assert made.width() == made.height() == 30


@pytest.mark.parametrize(("kind", "fill"), [("primary", "accentFill"), ("danger", "dangerFill")])
def test_filled_buttons_have_their_colour(qtbot: QtBot, look: theme.Theme, kind: str, fill: str) -> None:
    made = button.button("Save", button.ButtonKind(kind))
    qtbot.addWidget(made)
    made.show()
    assert made.height() == 30
    assert made.grab().toImage().pixelColor(6, 15) == look.color(fill)
    button.set_kind(made, button.ButtonKind.DEFAULT)
    assert made.grab().toImage().pixelColor(6, 15) == look.color("raised")


def _when_open(parent: QWidget, act: Callable[[], object]) -> QTimer:
    """Do something as soon as a modal dialog is open."""
    timer = QTimer(parent)

    def look_and_act() -> None:
        if QApplication.activeModalWidget() is not None:
            timer.stop()
            act()

    timer.timeout.connect(look_and_act)
    timer.start(1)
    return timer


def _answer(qtbot: QtBot, text: str) -> str:
    """Click a button of the dialog that is open; return the text of the one that had the focus."""
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, QDialog)
    box = shown.findChild(QDialogButtonBox)
    assert box is not None
    focus = shown.focusWidget()
    assert isinstance(focus, QPushButton)
    focused = focus.text().replace("&", "")
    pressed = next(b for b in box.buttons() if b.text().replace("&", "") == text)
    qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    return focused


@pytest.mark.parametrize(("press", "answer"), [("Delete debt", True), ("Cancel", False)])
def test_deleting_is_asked_about_with_the_focus_on_cancel(qtbot: QtBot, press: str, answer: bool) -> None:
    focused: list[str] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    timer = _when_open(parent, lambda: focused.append(_answer(qtbot, press)))
    heading = "Delete “Equipment loan”?"
    assert dialog.confirm_destructive(parent, heading, "Its 16 payments go too.", "Delete debt") is answer
    assert focused == ["Cancel"]
    timer.stop()


def test_a_harmless_question_and_a_message(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    first = _when_open(parent, lambda: _answer(qtbot, "Merge"))
    assert dialog.confirm(parent, "Merge 2 shops?", "You can undo this.", "Merge")
    first.stop()
    second = _when_open(parent, lambda: _answer(qtbot, "Close"))
    dialog.tell(parent, "The disk is full.", "Free some space, then try again.", problem=True)
    second.stop()
