"""The choice of cards, and how it is remembered."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.overview.choices import Arrangement, Card, Choices, Figure, Period
from app.ui.overview.customise import CustomiseDialog
from app.ui.theme.theme import Theme


def dialog_of(qtbot: QtBot, arrangement: Arrangement) -> CustomiseDialog:
    made = CustomiseDialog(arrangement)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_nothing_touched_is_nothing_changed(qtbot: QtBot, look: Theme) -> None:
    assert dialog_of(qtbot, Arrangement()).arrangement() == Arrangement()


def test_lines_are_ticked_and_moved_with_keys(qtbot: QtBot, look: Theme) -> None:
    dialog = dialog_of(qtbot, Arrangement())
    lines = dialog.figures.list
    qtbot.keyClick(lines, Qt.Key.Key_Space)
    qtbot.keyClick(lines, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    chosen = dialog.arrangement()
    assert chosen.figures[:2] == (Figure.OWED, Figure.SPENT_MONTH)
    assert chosen.shown_figures() == [Figure.OWED, Figure.DEBT_FREE, Figure.IN_WARRANTY]
    assert lines.currentRow() == 1


def test_lines_are_moved_with_buttons_as_far_as_they_go(qtbot: QtBot, look: Theme) -> None:
    dialog = dialog_of(qtbot, Arrangement())
    cards = dialog.cards
    cards.list.setCurrentRow(len(Card) - 1)
    assert not cards.down.isEnabled()
    for _ in range(len(Card) + 1):
        cards.up.click()
    assert dialog.arrangement().cards[0] is Card.RECENT
    assert not cards.up.isEnabled()


def test_reset_brings_the_first_arrangement_back(qtbot: QtBot, look: Theme) -> None:
    other = Arrangement(tuple(reversed(Figure)), tuple(reversed(Card)), frozenset(Card))
    dialog = dialog_of(qtbot, other)
    assert dialog.arrangement() == other
    dialog.reset.click()
    assert dialog.arrangement() == Arrangement()


def test_choices_are_remembered_and_survive_what_cannot_be_understood() -> None:
    chosen = Choices(
        Period.THIS_YEAR, "EUR", Arrangement(tuple(reversed(Figure)), tuple(Card), frozenset({Card.DUE}))
    )
    assert Choices.from_json(chosen.to_json()) == chosen
    for strange in (None, 3, [], {"period": "century", "currency": 7, "hidden": "all"}):
        assert Choices.from_json(strange) == Choices()


def test_cards_that_came_later_are_added_as_they_are_at_first() -> None:
    document = {"figures": ["owed", "nonsense", "owed"], "cards": ["due"], "hidden": ["due"]}
    found = Choices.from_json(document).arrangement
    assert found.figures == (Figure.OWED, *(key for key in Figure if key is not Figure.OWED))
    assert found.shown_cards() == [card for card in Card if card is not Card.DUE]
    assert Figure.FILES not in found.shown_figures()
