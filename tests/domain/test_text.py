"""Text that is searched, compared and stored, in the scripts that people write."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import clean, clean_note, fold, name_key


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Café Crème", "cafe creme"),
        ("Cafe\u0301", "CAFÉ"),
        ("Größe", "GROSSE"),
        ("GRÖẞE", "größe"),
        ("Smørrebrød", "smorrebrod"),
        ("Łódź", "lodz"),
        ("Œuvre", "oeuvre"),
        ("Đà Nẵng", "da nang"),
        ("IŞIK", "ışık"),
        ("İzmir", "izmir"),
        ("ΚΑΦΈΣ", "καφες"),
        ("ЁЖИК", "ежик"),
        ("ｆｕｌｌｗｉｄｔｈ", "FULLWIDTH"),
        ("①", "1"),
        ("ﬁn", "FIN"),
        ("ﾃﾚﾋﾞ", "テレビ"),
        ("한국어", "한국어"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("Áo dài", "áo dai"),
    ],
)
def test_fold_makes_no_difference_of_case_accent_and_width(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


@pytest.mark.parametrize(("one", "other"), [("お茶", "お水"), ("кот", "кит"), ("o", "0"), ("a b", "ab")])
def test_fold_keeps_apart_what_differs(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_a_word_is_found_in_any_text_that_has_it_between_blanks(before: str, word: str) -> None:
    assert fold(word) in fold(f"{before} {word} {before}")


@given(st.text())
def test_the_quick_way_for_ascii_gives_what_the_long_way_gives(text: str) -> None:
    plain = "".join(letter for letter in text if letter.isascii())
    assert fold(plain) == fold(f"{plain}é")[:-1]


@pytest.mark.parametrize("name", ["Apple", "APPLE", " apple ", "Ａｐｐｌｅ"])
def test_names_of_another_case_or_width_are_one_name(name: str) -> None:
    assert name_key(name) == "apple"


def test_names_with_other_accents_are_other_names() -> None:
    assert name_key("Müller") != name_key("Muller")
    assert name_key("Corner   Shop") == name_key("corner shop")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_note(clean_note(text)) == clean_note(text)


@given(st.text(st.characters(codec="utf-16", exclude_categories=())))
def test_cleaned_text_can_be_stored_and_shown(text: str) -> None:
    for cleaned in (clean(text), clean_note(text)):
        cleaned.encode()
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not any(
            unicodedata.category(letter) in ("Cc", "Cs") for letter in cleaned if letter not in "\t\n"
        )
    assert len(clean(text).splitlines()) < 2
    assert "\t" not in clean(text)


def test_lone_surrogates_control_and_bidi_characters_go() -> None:
    assert clean("a\ud800b\x00c\u202ed\x1be\u2066f") == "abcdef"
    assert clean("one\r\ntwo\tthree") == "one  two three"
    assert clean_note("one\r\ntwo\rthree\x07 \n") == "one\ntwo\nthree"


def test_markup_formulas_and_paths_are_text_like_any_other() -> None:
    for text in ("<b>bold</b>", "=1+1", "../../etc/passwd", "<img src=x>", "%s %d {0}"):
        assert clean(text) == text
        assert clean_note(text) == text
