"""Every colour pair that the design names is readable, in light and in dark; WCAG 2.1 contrast."""

from collections.abc import Iterator

import pytest

from app.ui.theme import tokens
from app.ui.theme.tokens import Scheme, Tokens
from tests.ui.theme.contrast import contrast

GROUNDS = ("window", "surface", "surfaceAlt", "raised")


@pytest.fixture(params=list(Scheme))
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return Scheme(request.param)


@pytest.fixture
def values() -> Tokens:
    return tokens.load()


def _pairs(values: Tokens, scheme: Scheme, kind: str) -> Iterator[tuple[str, float, float]]:
    for pair, recorded in values.contrast[scheme][kind].items():
        ink, ground = (values.color(scheme, name) for name in pair.split("/"))
        yield pair, contrast(ink, ground), recorded


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_every_text_is_readable_where_it_may_stand(values: Tokens, scheme: Scheme) -> None:
    pairs = list(_pairs(values, scheme, "text"))
    assert len(pairs) == 65
    for pair, ratio, recorded in pairs:
        assert ratio >= 4.5, pair
        assert ratio == pytest.approx(recorded, abs=0.006), pair


def test_controls_and_focus_stand_out(values: Tokens, scheme: Scheme) -> None:
    for pair, ratio, recorded in _pairs(values, scheme, "nonText"):
        assert ratio >= 3, pair
        assert ratio == pytest.approx(recorded, abs=0.006), pair


def test_chart_series_stand_out_on_every_ground(values: Tokens, scheme: Scheme) -> None:
    series = values.charts[scheme].categorical
    assert [s.name for s in series] == ["petrol", "gold", "violet", "rust", "rose", "moss", "sky", "slate"]
    for entry in series:
        worst = min(contrast(entry.color, values.color(scheme, ground)) for ground in GROUNDS)
        assert worst >= 3, entry.name


def test_the_first_four_series_differ_by_dash(values: Tokens, scheme: Scheme) -> None:
    dashes = [entry.dash for entry in values.charts[scheme].categorical[:4]]
    assert dashes == [(), (7, 4), (2, 4), (9, 3, 2, 3)]


def test_sequential_steps_stand_out_and_carry_readable_text(values: Tokens, scheme: Scheme) -> None:
    raised = values.color(scheme, "raised")
    steps = values.charts[scheme].sequential
    ratios = [contrast(step.color, raised) for step in steps]
    assert ratios == sorted(ratios)
    assert ratios[0] >= 3
    for step in steps:
        assert contrast(step.text, step.color) >= 4.5, step.color


def test_pills_are_readable(values: Tokens, scheme: Scheme) -> None:
    for name in ("success", "warning", "danger", "accent"):
        assert contrast(values.color(scheme, name), values.color(scheme, f"{name}Soft")) >= 4.5
    assert contrast(values.color(scheme, "text"), values.color(scheme, "selectionInactive")) >= 4.5


def test_the_palette_repeats_the_tokens(values: Tokens, scheme: Scheme) -> None:
    active = values.palettes[scheme]["Active"]
    expected = {
        "Window": "window",
        "Base": "surface",
        "AlternateBase": "surfaceAlt",
        "Button": "raised",
        "Text": "text",
        "PlaceholderText": "textPlaceholder",
        "Highlight": "textSelection",
        "HighlightedText": "textOnSelection",
        "Accent": "accentFill",
        "Link": "accent",
        "ToolTipBase": "tooltip",
        "ToolTipText": "tooltipText",
        "Midlight": "hover",
        "Mid": "borderStrong",
        "Dark": "borderControl",
    }
    for role, name in expected.items():
        assert active[role] == values.color(scheme, name), role


def test_both_schemes_know_the_same_colours(values: Tokens) -> None:
    assert values.colors[Scheme.LIGHT].keys() == values.colors[Scheme.DARK].keys()


def test_an_unknown_colour_is_refused(values: Tokens) -> None:
    with pytest.raises(KeyError):
        values.color(Scheme.LIGHT, "mauve")
