"""Text that looks like a formula is written harmlessly and read back exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.spreadsheet import guard, unguard


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1", "-5", "@home camera", "\t=x", "\r", "'=1", "''@x"])
def test_text_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == "'" + text
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["", "Desk lamp", "'quoted'", "'", "''", "5-pack", " =x", "日本語"])
def test_other_text_is_left_alone(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\rab "), max_size=6) | st.text(max_size=20))
def test_every_text_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in tuple("=+-@\t\r")
