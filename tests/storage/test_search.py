"""Search in purchases: any script, any case, any accent, and nothing that a user types is an error."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.purchases import Purchase, PurchaseFilter, SortBy
from app.domain.text import clean, fold
from app.services import names, purchases
from app.services.ledger import Ledger
from app.services.names import NameKind
from tests.helpers.ledgers import add_all, bought, new_ledger

SHELF = [
    bought("Crème brûlée torch", retailer="Küchenhaus Größe", notes="For the café"),
    bought("27-inch 4K monitor", brand="Brightwell", serial_number="BW27-4K-081-5526"),
    bought("Зимние ботинки", retailer="Спортмастер"),
    bought("ノートパソコン", brand="東京電機"),
    bought("قلم حبر", retailer="مكتبة النور"),
    bought("מחברת", notes="שָׁלוֹם"),
    bought("Nồi cơm điện", retailer="Đà Nẵng Store"),
    bought("한국어 책", order_number="KR-2026/17"),
    bought('19" rack "Pro" (black) 100% *new*', notes="a AND b OR NOT c NEAR d"),
    bought("Tea-towel^2: {blue}", order_number="BR-0001234", notes="first line\nsecond line"),
    bought("İstanbul ışık", brand="Łódź"),
    bought("ab", retailer="x"),
    bought("Émile 🙂 mug", notes="D:\\Daten\\alt; DROP TABLE purchases;--"),
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with new_ledger(tmp_path_factory.mktemp("search") / "ledger") as opened:
        opened.run(add_all([SHELF]))
        yield opened


def found(ledger: Ledger, typed: str) -> list[str]:
    wanted, sort = PurchaseFilter(text=typed), SortBy("created_at", descending=False)
    ids = purchases.ids(ledger, wanted, sort)
    assert purchases.first_ids(ledger, wanted, SortBy(), 100) == list(purchases.ids(ledger, wanted, SortBy()))
    assert purchases.count(ledger, wanted) == len(ids)
    return [row.name for row in purchases.rows(ledger, ids)]


def expected(typed: str) -> list[str]:
    return [one.name for one in SHELF if all(word in text_of(one) for word in fold(clean(typed)).split())]


def text_of(one: Purchase) -> str:
    fields = (one.name, one.retailer, one.brand, one.notes, one.serial_number, one.order_number)
    return fold("\n".join(fields))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("creme BRULEE", "Crème brûlée torch"),
        ("grosse", "Crème brûlée torch"),
        ("CAFÉ", "Crème brûlée torch"),
        ("4k-081", "27-inch 4K monitor"),
        ("monitor brightwell 27", "27-inch 4K monitor"),
        ("БОТИНКИ", "Зимние ботинки"),
        ("パソコン", "ノートパソコン"),
        ("東京", "ノートパソコン"),
        ("النور", "قلم حبر"),
        ("שלום", "מחברת"),
        ("da nang", "Nồi cơm điện"),
        ("dien", "Nồi cơm điện"),
        ("한국", "한국어 책"),
        ("한", "한국어 책"),
        ("ISTANBUL", "İstanbul ışık"),
        ("lodz", "İstanbul ışık"),
        ("isik", "İstanbul ışık"),
        ("ab", "ab"),
        ("🙂", "Émile 🙂 mug"),
        ("second line", "Tea-towel^2: {blue}"),
    ],
)
def test_found_whatever_the_case_accent_or_script(ledger: Ledger, typed: str, first: str) -> None:
    assert first in found(ledger, typed)
    assert found(ledger, typed) == expected(typed)


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '""',
        '19" rack',
        '"Pro"',
        "(black",
        "100%",
        "*",
        "*new*",
        "mon*",
        "a AND b",
        "NOT",
        "NEAR(d, 2)",
        "{blue}",
        "^2:",
        "text:kettle",
        "tea-towel",
        "-towel",
        "'; DROP TABLE",
        "C:\\Users",
        "\\",
        "%_",
        ":word_0",
        ":phrases",
        "\x00",
        "mon\x00itor",
        "\ud800",
        "\u202egnirts",
        "\u0301",
        "   ",
        "x" * 10_000,
        "word " * 500,
    ],
)
def test_whatever_is_typed_is_a_text_to_look_for(ledger: Ledger, typed: str) -> None:
    assert found(ledger, typed) == expected(typed)


@given(st.lists(st.sampled_from(SHELF), min_size=1, max_size=2), st.data())
def test_any_piece_of_a_text_finds_it(ledger: Ledger, chosen: list[Purchase], data: st.DataObject) -> None:
    text = text_of(chosen[0])
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : start + data.draw(st.integers(1, 12))]
    assert found(ledger, piece) == expected(piece)


@given(st.text(max_size=20))
def test_any_text_can_be_typed(ledger: Ledger, typed: str) -> None:
    assert found(ledger, typed) == expected(typed)


def test_the_index_follows_names_and_changes(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        first, second = (
            ledger.run(add_all([[bought("Kettle", retailer="Old"), bought("Pan", retailer="Old")]])).result,
            2,
        )
        assert (first, second) == (2, 2)
        old = names.find(ledger, NameKind.RETAILER, "old")
        assert old is not None
        ledger.run(names.save(NameKind.RETAILER, old, "Brand new"))
        assert found(ledger, "brand new") == ["Kettle", "Pan"]
        assert found(ledger, "old") == []
        other = ledger.run(names.add(NameKind.RETAILER, "Elsewhere")).result
        ledger.run(names.merge(NameKind.RETAILER, [old], other))
        assert found(ledger, "elsewhere") == ["Kettle", "Pan"]
        ledger.run(names.delete(NameKind.RETAILER, [other]))
        assert found(ledger, "elsewhere") == []
        ledger.undo().result()
        ledger.undo().result()
        assert found(ledger, "brand") == ["Kettle", "Pan"]
        ledger.run(purchases.set_field(1, "notes", "dented"))
        assert found(ledger, "dent") == ["Kettle"]
        ledger.run(purchases.remove([1]))
        assert found(ledger, "dent") == []
