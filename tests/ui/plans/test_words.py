"""What is said about plans, and the scale of the slider."""

from dataclasses import replace
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from app.domain.debts.insights import Basis, PromotionEnds
from app.domain.debts.plan import Conventions
from app.domain.debts.search import BestFound
from app.domain.months import Month
from app.ui.plans import insight_words, words
from app.ui.plans.model import Effect, Part, Place, Wanted, work_out
from app.ui.plans.panel.money_spin import Scale, ScaleLabels
from app.ui.theme.theme import Theme
from tests.ui.plans.debts import START, scenario

HERE = Place(Part.WHAT_IF, 0)


@pytest.fixture(autouse=True)
def _in_english(look: Theme) -> None:
    """Amounts are written as in the United States."""


@pytest.mark.parametrize(
    ("effect", "said", "good"),
    [
        (Effect(HERE, 7, 81233, True, True), "7 months sooner, $812.33 less interest", True),
        (Effect(HERE, -1, -5000, True, True), "1 month later, $50.00 more interest", False),
        (Effect(HERE, 0, 100, True, True, fee=500), "$1.00 less interest and fee", True),
        (Effect(HERE, 2, -100, True, True, fee=500), "2 months sooner, $1.00 more interest and fee", False),
        (Effect(HERE, 0, 0, True, True), "No difference", None),
        (Effect(HERE, None, None, True, False), "The plan ends because of it", True),
        (Effect(HERE, None, None, False, True), "The plan would not end because of it", False),
        (Effect(HERE, None, None, False, False), "The plan never ends, with it or without", None),
    ],
)
def test_what_ifs_say_what_they_win_or_lose(effect: Effect, said: str, good: bool | None) -> None:
    assert words.effect_words(effect, "USD") == (said, good)


def test_the_best_is_told_with_its_gaps() -> None:
    plan = work_out(Wanted(scenario(), ("avalanche",))).chosen.plan
    found = BestFound(plan, 5040, True, None, 0, 231693)
    assert words.best_found(found, "USD") == (
        "Best of 5,040 plans tried · as much interest as avalanche, $2,316.93 less than snowball"
    )


def test_amounts_without_cents_are_round() -> None:
    assert words.round_money(24000, "USD") == "$240"
    assert words.round_money(24050, "USD") == "$240.50"
    assert words.round_money(5000, "JPY").endswith("5,000")


def test_months_far_away_have_their_year() -> None:
    assert words.month_in_full(START, START.plus(-1)) == "December"
    assert words.month_in_full(START.plus(14), START) == "February 2028"


def test_rates_have_two_decimals_at_least() -> None:
    assert words.rate(Decimal("24.9")) == "24.90%"
    assert words.rate(Decimal("4.125")) == "4.125%"


def test_the_slider_of_the_picture_goes_to_800() -> None:
    scale = Scale(0, 85400, 24000, "USD")
    assert scale.labels() == [0, 20000, 40000, 60000, 80000]
    assert scale.amount(scale.position(24000)) == 24000


def test_the_slider_reaches_what_is_held() -> None:
    assert Scale(0, 85400, 5_000_000, "USD").high >= 5_000_000


def test_the_slider_of_a_budget_begins_at_the_minimums() -> None:
    scale = Scale(85412, 85412, 109400, "USD")
    assert scale.low >= 85412
    assert scale.low - 85412 < scale.step
    assert scale.high >= 109400


def test_a_currency_without_cents_has_a_slider_too() -> None:
    scale = Scale(0, 40000, 0, "JPY")
    assert scale.labels() == [0, 10000, 20000, 30000, 40000]


@pytest.mark.parametrize("reach", [1, 99, 854, 2_00_00, 5_00_00, 10_00_00, 999_999_99])
@pytest.mark.parametrize("times", [0, 1, 3, 70, 5000])
def test_every_amount_has_its_place_on_the_slider(reach: int, times: int) -> None:
    scale = Scale(0, reach, reach * times, "USD")
    assert scale.high >= reach * times
    assert abs(scale.amount(scale.position(reach * times)) - reach * times) <= scale.step


@pytest.mark.parametrize(
    ("width", "texts", "shown"),
    [
        (260, ["$0", "$200", "$400", "$600", "$800"], ["$0", "$200", "$400", "$600", "$800"]),
        (
            260,
            ["JPY 0", "JPY 20,000", "JPY 40,000", "JPY 60,000", "JPY 80,000"],
            ["JPY 0", "JPY 40,000", "JPY 80,000"],
        ),
        (120, ["JPY 0", "JPY 20,000", "JPY 40,000", "JPY 60,000", "JPY 80,000"], ["JPY 0", "JPY 80,000"]),
        (20, ["JPY 0", "JPY 20,000", "JPY 40,000", "JPY 60,000", "JPY 80,000"], ["JPY 80,000"]),
        (260, [], []),
    ],
)
def test_amounts_below_the_slider_never_run_into_each_other(
    qtbot: QtBot, width: int, texts: list[str], shown: list[str]
) -> None:
    labels = ScaleLabels()
    qtbot.addWidget(labels)
    labels.resize(width, 16)
    labels.show_texts(texts)
    assert [text for _, text in labels.shown()] == shown


def test_a_currency_without_cents_is_not_rounded_to_cents() -> None:
    assert "nearest cent" in words.assumptions(Conventions(), "USD")
    assert "cent" not in words.assumptions(Conventions(), "JPY")


def test_a_promotion_that_ends_says_what_would_be_in_time() -> None:
    basis = Basis("avalanche", Month(2026, 12), 10000)
    ends = PromotionEnds(
        "USD", "c", "Card", Decimal(6), Decimal(24), Month(2027, 1), 282958, 1500, 5659, 141126, basis
    )
    assert insight_words.sentence(ends) == (
        "The promotional rate of “Card” ends with Jan 2027: $2,829.58 is then still owed, and a month costs $56.59 "
        "instead of $15.00. Paid first, it is gone in time with $1,411.26 a month on top of the minimums."
    )
    assert insight_words.sentence(replace(ends, extra_in_time=None)).endswith("instead of $15.00.")
