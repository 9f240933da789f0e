from datetime import date
from pathlib import Path

import pytest

from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.purchases.columns import PURCHASE_COLUMNS
from app.domain.purchases.exchange import EXCHANGE_FIELDS
from app.services.exporting import ExportFormat
from app.services.exporting import purchases as exporting
from app.services.exporting.choices import (
    ExportChoices,
    Offer,
    Rows,
    suggested_name,
    with_ending,
)


def test_choices_survive_being_stored() -> None:
    chosen = ExportChoices(ExportFormat.XLSX, False, ";", ",", False, True, "/somewhere/else")
    assert ExportChoices.from_json(chosen.to_json()) == chosen


@pytest.mark.parametrize(
    "stored",
    [None, [], "csv", {"format": "pdf"}, {"delimiter": "x", "bom": 3, "folder": 7, "decimal_mark": None}],
)
def test_what_cannot_be_understood_was_never_chosen(stored: object) -> None:
    assert ExportChoices.from_json(stored) == ExportChoices()


def test_every_column_of_the_list_has_its_place_in_a_file() -> None:
    known = {column.attribute for column in EXCHANGE_FIELDS}
    for column in PURCHASE_COLUMNS:
        attributes = exporting.PURCHASES.attributes_of([column.key])
        assert attributes or column.key == "receipt"
        assert known.issuperset(attributes)


def test_amounts_bring_their_currency_along() -> None:
    assert exporting.PURCHASES.attributes_of(["net", "name"]) == ("name", "price", "refunded", "currency")
    assert exporting.PURCHASES.attributes_of(["warranty"]) == ("covered_until",)


def test_which_rows_are_meant() -> None:
    offer = Offer(exporting.PURCHASES, PurchaseFilter(text="lamp"), SortBy("name", False), (3, 1), ("name",))
    choices = ExportChoices()
    everything = choices.options(offer, Rows.ALL)
    assert (everything.wanted, everything.ids, everything.sort) == (None, None, None)
    filtered = choices.options(offer, Rows.FILTERED)
    assert (filtered.wanted, filtered.ids, filtered.sort) == (offer.wanted, None, offer.sort)
    assert choices.options(offer, Rows.SELECTED).ids == (3, 1)
    assert choices.options(offer, Rows.ALL).columns == ()
    assert ExportChoices(all_columns=False).options(offer, Rows.ALL).columns == ("name",)


def test_names_of_files() -> None:
    assert suggested_name("purchases", date(2026, 3, 31), ExportFormat.JSON) == "purchases-2026-03-31.json"
    assert with_ending(Path("/a/list.csv"), ExportFormat.XLSX) == Path("/a/list.xlsx")
    assert with_ending(Path("/a/list.v2"), ExportFormat.CSV) == Path("/a/list.v2.csv")
