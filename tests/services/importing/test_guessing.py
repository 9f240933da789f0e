"""Tables of one's own are understood by the names of their columns and what stands below."""

from pathlib import Path
from typing import Any

import pytest

from app.domain.problems import Refused
from app.services.importing.guessing import guess_mapping, looks_like_data
from app.services.importing.mapping import Mapping
from app.services.importing.plan import ImportOptions, make_plan
from app.services.importing.purchases.header_words import HEADER_WORDS
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.samples import Samples, header_key


def guess(headers: list[str], *rows: list[Any]) -> Any:
    return guess_mapping(PURCHASES, headers, Samples(headers, rows))


def test_words_for_fields_are_folded_and_mean_one_field_each() -> None:
    words = [word for found in HEADER_WORDS.values() for word in found]
    assert len(words) == len(set(words))
    assert [word for word in words if header_key(word) != word] == []
    assert set(HEADER_WORDS) <= set(PURCHASES.target_of)


@pytest.mark.parametrize(
    ("headers", "row", "fields"),
    [
        (
            ["Datum", "Artikel", "Preis", "Geschäft", "Menge", "Bestellnummer", "Garantie bis"],
            ["31.03.2025", "Lampe", "12,50 €", "Händler", "1", "A-1", "31.03.2027"],
            ["purchased_on", "name", "price", "retailer", "quantity", "order_number", "warranty_ends_on"],
        ),
        (
            ["Date d'achat", "Produit", "Prix", "Magasin", "Quantité", "N° de série"],
            ["31/03/2025", "Lampe", "12,50", "Boutique", "1", "S1"],
            ["purchased_on", "name", "price", "retailer", "quantity", "serial_number"],
        ),
        (
            ["Fecha de compra", "Artículo", "Precio", "Tienda", "Categoría", "Observaciones"],
            ["31/03/2025", "Lámpara", "12,50", "Tienda", "Casa", "bien"],
            ["purchased_on", "name", "price", "retailer", "category", "notes"],
        ),
        (
            ["purchaseDate", "ProductName", "Total_Price", "store", "SerialNumber", "Model"],
            ["2025-03-31", "Lamp", "12.50", "Shop", "S1", "M1"],
            ["purchased_on", "name", "price", "retailer", "serial_number", "model_number"],
        ),
        (
            ["name", "price", "currency", "purchased_on", "return_by", "kept_at", "paid_with", "order_line"],
            ["Lamp", "12.50", "EUR", "2025-03-31", "2025-04-30", "Office", "Card", "1"],
            ["name", "price", "currency", "purchased_on", "return_by", "kept_at", "paid_with", "order_line"],
        ),
    ],
)
def test_columns_are_known_in_several_languages(
    headers: list[str], row: list[str], fields: list[str]
) -> None:
    found = guess(headers, row, row)
    assert {column: key for key, column in found.mapping.columns.items()} == dict(
        zip(headers, fields, strict=True)
    )
    assert found.unmapped == ()


def test_the_surest_of_several_columns_is_taken() -> None:
    found = guess(["Description", "Item", "Date", "Price"], ["big", "Lamp", "2025-03-31", "1"])
    assert found.mapping.columns["name"] == "Item"
    assert found.unmapped == ("Description",)


def test_a_column_whose_values_cannot_be_it_is_passed_over() -> None:
    rows = [["Lamp", "active", "1", "2025-03-31", "blue"], ["Desk", "active", "2", "2025-04-01", "red"]]
    found = guess(["Name", "Status", "Price", "Date", "Warranty"], *rows)
    assert set(found.mapping.columns) == {"name", "price", "purchased_on"}
    assert found.unmapped == ("Status", "Warranty")


def test_columns_that_say_nothing_are_known_by_their_values() -> None:
    rows = [["Lamp", "31.03.2025", "12,50"], ["Desk", "01.04.2025", "80,00"]]
    found = guess(["A", "B", "C"], *rows)
    assert found.mapping.columns == {"name": "A", "purchased_on": "B", "price": "C"}
    assert (found.mapping.decimal_mark, found.mapping.date_order) == (",", "dmy")


def test_a_price_beside_a_total_is_that_of_one_piece_if_the_sums_say_so() -> None:
    headers = ["Name", "Price", "Qty", "Total", "Date"]
    found = guess(headers, ["a", "2.00", "3", "6.00", "2025-03-31"], ["b", "1.50", "2", "3.00", "2025-03-31"])
    assert (found.mapping.columns["price"], found.mapping.columns["unit_price"]) == ("Total", "Price")
    other = guess(headers, ["a", "2.00", "3", "7.00", "2025-03-31"], ["b", "1.50", "2", "3.00", "2025-03-31"])
    assert other.mapping.columns["price"] == "Total"
    assert "unit_price" not in other.mapping.columns


def test_what_is_open_is_asked_with_examples() -> None:
    found = guess(["Name", "Price", "Date"], ["a", "1,234", "03/04/2025"], ["b", "5,678", "05/06/2025"])
    assert [(item.kind, item.column, item.examples) for item in found.ambiguities] == [
        ("decimal_mark", "Price", ("1,234", "5,678")),
        ("date_order", "Date", ("03/04/2025", "05/06/2025")),
    ]
    assert (found.mapping.decimal_mark, found.mapping.date_order) == (None, None)


def test_data_is_told_from_names() -> None:
    assert looks_like_data(PURCHASES, ["Lamp", "12.50", "2025-03-31"])
    assert looks_like_data(PURCHASES, ["Lampe", "12,50 €"])
    assert not looks_like_data(PURCHASES, ["Name", "Price 2024"])
    assert not looks_like_data(PURCHASES, ["Colour", "Size"])
    assert PURCHASES.headers.field("Kaufdatum") == "purchased_on"


def test_a_mapping_can_be_saved_and_read_back() -> None:
    mapping = Mapping({"name": "Artikel", "price": "Preis"}, ",", "dmy", "EUR", ";", "amazon")
    assert Mapping.from_json(mapping.to_json(), PURCHASES.target_of) == mapping
    assert Mapping.from_json({"columns": {"name": "A"}}, PURCHASES.target_of) == Mapping({"name": "A"})


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "A map is a JSON object such as"),
        ({"fields": {}}, "A map has no “fields”; it may have columns"),
        ({"columns": {"colour": "A"}}, "There is no field “colour” to map to; use name"),
        ({"columns": ["A"]}, "are names of fields, each with the name of a column"),
        ({"columns": {"name": 1}}, "are names of fields, each with the name of a column"),
        ({"decimal_mark": ";"}, "The “decimal_mark” of a map is one of"),
        ({"date_order": "dym"}, "The “date_order” of a map is one of ymd dmy mdy"),
        ({"currency": "XXL"}, "“XXL” in the map is not a currency code"),
        ({"currency": 5}, "The “currency” of a map is a text"),
    ],
)
def test_a_map_that_makes_no_sense_is_refused(document: Any, message: str) -> None:
    with pytest.raises(Refused) as error:
        Mapping.from_json(document, PURCHASES.target_of)
    assert message in str(error.value)


def test_a_map_answers_what_a_file_leaves_open(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Name,Price,Date\nLamp,"1,234",03/04/2025\n')
    open_plan = make_plan(path, ImportOptions(PURCHASES))
    assert len(open_plan.ambiguities) == 2
    answered = make_plan(path, ImportOptions(PURCHASES, mapping=Mapping(decimal_mark=".", date_order="mdy")))
    assert answered.ambiguities == ()
    assert answered.mapping.columns == {"name": "Name", "price": "Price", "purchased_on": "Date"}


def test_a_map_that_names_a_column_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name,Price,Date\nLamp,1,2025-03-31\n")
    columns = {"name": "Name", "price": "Price", "purchased_on": "Date", "brand": "Maker"}
    plan = make_plan(path, ImportOptions(PURCHASES, mapping=Mapping(columns)))
    assert plan.source.notes == ["The file has no column “Maker”; it was left out."]
    with pytest.raises(Refused, match=r"a\.csv has no column “Cost”, which the map wants; mend the map\."):
        make_plan(path, ImportOptions(PURCHASES, mapping=Mapping({**columns, "price": "Cost"})))


def test_a_map_can_name_columns_by_number_where_there_is_no_header(tmp_path: Path) -> None:
    from app.services.importing.readers import ReadOptions

    path = tmp_path / "a.csv"
    path.write_text("Lamp,1.50,2025-03-31\nDesk,2.50,2025-03-31\n")
    plan = make_plan(path, ImportOptions(PURCHASES, read=ReadOptions(has_header=False)))
    assert plan.mapping.columns == {"name": "Column 1", "price": "Column 2", "purchased_on": "Column 3"}
    assert plan.missing == ()
