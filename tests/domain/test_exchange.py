"""What one cell or one JSON value of our own files holds is read back exactly."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.exchange import from_cell, from_xlsx_text, tags_from_cell, tags_to_cell, to_cell, to_xlsx_text
from app.domain.parsing import NotUnderstood
from app.domain.purchases import Purchase, Refund
from app.domain.purchases.exchange import (
    EXCHANGE_FIELDS,
    refunds_from_json,
    refunds_to_json,
)
from app.domain.text import clean
from app.domain.warranties import Cover, Duration
from app.domain.warranties.exchange import covers_from_json, covers_to_json

UUID_7 = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


def test_headers_and_attributes_are_unique() -> None:
    assert len({field.header.casefold() for field in EXCHANGE_FIELDS}) == len(EXCHANGE_FIELDS)
    assert len({field.attribute for field in EXCHANGE_FIELDS}) == len(EXCHANGE_FIELDS)


def test_every_stored_field_of_a_purchase_has_a_column() -> None:
    stored = {name for name in Purchase.__dataclass_fields__ if name != "id"} | {"debt_uuid"}
    assert {field.attribute for field in EXCHANGE_FIELDS if not field.derived} == stored


def test_a_header_never_changes() -> None:
    assert [field.header for field in EXCHANGE_FIELDS[:6]] == [
        "Product",
        "Quantity",
        "Price",
        "Refunded",
        "Currency",
        "Unit price",
    ]


@pytest.mark.parametrize(
    ("tags", "cell"),
    [
        ((), ""),
        (("garden",), "garden"),
        (("garden", "tools"), "garden; tools"),
        (("a;b", "c\\", "\\;"), "a\\;b; c\\\\; \\\\\\;"),
    ],
)
def test_tags_share_a_cell(tags: tuple[str, ...], cell: str) -> None:
    assert tags_to_cell(tags) == cell
    assert tags_from_cell(cell) == tags


@given(st.lists(st.text(st.sampled_from(";\\ ab,\"'="), max_size=6) | st.text(max_size=10)))
def test_every_list_of_tags_comes_back(tags: list[str]) -> None:
    kept = tuple(tag for tag in map(clean, tags) if tag)
    assert tags_from_cell(tags_to_cell(kept)) == kept


def test_a_cell_of_tags_that_a_person_wrote_is_read_kindly() -> None:
    assert tags_from_cell(" garden;tools ;; end\\") == ("garden", "tools", "end\\")


def test_covers_are_read_back_as_they_were() -> None:
    covers = (
        Cover(
            date(2025, 1, 31),
            date(2027, 1, 31),
            Duration(2),
            "EXTENDED",
            "Shop",
            "P-1",
            "a\n“b”",
            True,
            UUID_7,
        ),
        Cover(date(2025, 1, 31), None, None, "LIFETIME"),
        Cover(date(2025, 1, 31), date(2026, 2, 10), Duration(1, 0, 10)),
    )
    assert covers_from_json(from_cell(to_cell(covers_to_json(covers)))) == covers
    assert [item["duration"] for item in covers_to_json(covers)] == ["P24M", None, "P12M10D"]


@pytest.mark.parametrize(("currency", "amount"), [("EUR", "12.50"), ("JPY", "1250"), ("KWD", "1.250")])
def test_refunds_are_read_back_as_they_were(currency: str, amount: str) -> None:
    refunds = (Refund(date(2025, 3, 1), 1250, 1, "too small", UUID_7),)
    purchase = Purchase("Shoes", 5000, currency, date(2025, 2, 1), refunds=refunds)
    assert refunds_to_json(purchase)[0]["amount"] == amount
    assert refunds_from_json(from_cell(to_cell(refunds_to_json(purchase))), currency) == refunds


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("two years", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('{"kind":"LIMITED"}', "not a list of objects"),
        ("[1]", "not a list of objects"),
        ('[{"kind":"LIMITED"}]', "is missing"),
        ('[{"starts_on":"31.02.2025"}]', "is not a date"),
        ('[{"starts_on":20250131}]', "has to be a text"),
        ('[{"starts_on":"2025-01-31","duration":"24 months"}]', "is not a duration"),
        ('[{"starts_on":"2025-01-31","uuid":"1"}]', "is not a UUID"),
        ('[{"starts_on":"2025-01-31","voided":"no"}]', "true or false"),
    ],
)
def test_covers_that_cannot_be_read_are_refused_in_words(cell: str, words: str) -> None:
    with pytest.raises(NotUnderstood, match=words):
        covers_from_json(from_cell(cell))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('[{"on":"2025-01-31","amount":"NaN"}]', "."),
        ('[{"on":"2025-01-31","amount":"1.005"}]', "round this amount"),
        ('[{"on":"2025-01-31","amount":1.5}]', "has to be a text"),
        ('[{"on":"2025-01-31","amount":"1","quantity":true}]', "whole number"),
        ('[{"amount":"1"}]', "is missing"),
    ],
)
def test_refunds_that_cannot_be_read_are_refused_in_words(cell: str, words: str) -> None:
    with pytest.raises(NotUnderstood, match=words):
        refunds_from_json(from_cell(cell), "EUR")


def test_letters_that_a_sheet_cannot_hold_are_escaped() -> None:
    assert to_xlsx_text("a\x07b\uffff") == "a_x0007_b_xFFFF_"
    assert to_xlsx_text("literally _x000D_") == "literally _x005F_x000D_"
    assert to_xlsx_text("snake_case_x two\tlines\n") == "snake_case_x two\tlines\n"
    assert from_xlsx_text("line_x000D_\nend") == "line\r\nend"


@given(st.text(st.sampled_from("_x0aF5DB\x00\r\n\ufffe "), max_size=30) | st.text(max_size=20))
def test_every_text_survives_a_sheet(text: str) -> None:
    assert from_xlsx_text(to_xlsx_text(text)) == text
