"""How a few letters are fitted to titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.palette.matching import best, match


def marked(query: str, title: str) -> str:
    """The title with the matched letters in brackets."""
    found = match(query, title)
    if found is None:
        return ""
    return "".join(f"[{letter}]" if at in found.positions else letter for at, letter in enumerate(title))


@pytest.mark.parametrize(
    ("query", "title", "shown"),
    [
        ("bk", "Back up now", "[B]ac[k] up now"),
        ("bik", "Exercise bike, used", "Exercise [b][i][k]e, used"),
        ("new pur", "New purchase", "[N][e][w] [p][u][r]chase"),
        ("purchase new", "New purchase", "[N][e][w] [p][u][r][c][h][a][s][e]"),
        ("uhr", "Übergroße Uhr", "Übergroße [U][h][r]"),
        ("uber", "Übergroße Uhr", "[Ü][b][e][r]große Uhr"),
        ("strasse", "Straße", "[S][t][r][a][ß][e]"),
        ("seting", "Settings…", "[S][e][t]t[i][n][g]s…"),
        ("setzings", "Settings…", "[S][e][t]t[i][n][g][s]…"),
        ("kb", "Back up now", ""),
        ("xyz", "Back up now", ""),
        ("   ", "Back up now", ""),
    ],
)
def test_which_letters_are_marked(query: str, title: str, shown: str) -> None:
    assert marked(query, title) == shown


def test_the_better_fit_comes_first() -> None:
    titles = ["Reduce motion", "Report", "Import…", "Export…", "New purchase", "Open recent"]
    assert [title for title, _ in best("re", titles, str, 3)] == ["Report", "Reduce motion", "Open recent"]
    assert [title for title, _ in best("port", titles, str, 9)][:3] == ["Report", "Import…", "Export…"]


@given(st.text(max_size=12), st.text(max_size=40))
def test_any_text_is_matched_without_trouble(query: str, title: str) -> None:
    found = match(query, title)
    if found is not None:
        assert all(0 <= at < len(title) for at in found.positions)
        assert list(found.positions) == sorted(set(found.positions))


@given(st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=20))
def test_a_title_is_found_by_itself(title: str) -> None:
    found = match(title, title)
    assert found is not None
    assert len(found.positions) == len(title)
