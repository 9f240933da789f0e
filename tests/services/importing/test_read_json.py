"""JSON lists, our own documents and JSON Lines: streamed, exact, and refused or marked where they are wrong."""

import json
import time
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest

from app.services.importing.readers import Row, Source, UnreadableFile, open_table


def opened(tmp_path: Path, content: str | bytes, name: str = "file.json") -> Source:
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return open_table(path, wanted="purchases")


def rows(tmp_path: Path, content: str | bytes, name: str = "file.json") -> list[Row]:
    return list(opened(tmp_path, content, name).rows())


def refusal(tmp_path: Path, content: str) -> str:
    with pytest.raises(UnreadableFile) as error:
        rows(tmp_path, content)
    text = str(error.value)
    assert text.startswith("file.json ")
    assert text.endswith(".")
    return text


def test_a_list_of_objects_is_a_table(tmp_path: Path) -> None:
    source = opened(
        tmp_path, '[\n{"name": "Lamp", "price": 12.50},\n{"price": "3", "shop": null, "name": "Desk"}\n]'
    )
    assert source.headers == ("name", "price", "shop")
    assert list(source.rows()) == [Row(2, ["Lamp", Decimal("12.50"), ""]), Row(3, ["Desk", "3", ""])]
    assert source.row_word == "line"


def test_items_on_one_line_are_counted_themselves(tmp_path: Path) -> None:
    source = opened(tmp_path, '[{"name": "Lamp"}, {"name": "Desk"}]')
    assert source.row_word == "item"
    assert [row.line for row in source.rows()] == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    content = '[{"name": "Écouteurs"}, {"name": "日本語"}]'.encode(encoding)
    assert [row.cells for row in rows(tmp_path, content)] == [["Écouteurs"], ["日本語"]]


def test_the_content_tells_json_where_the_name_does_not(tmp_path: Path) -> None:
    assert rows(tmp_path, '[{"name": "Lamp"}]', "export")[0].cells == ["Lamp"]


def test_the_list_of_purchases_in_a_document_is_read(tmp_path: Path) -> None:
    document = {
        "counterfoil": "purchases",
        "format": 1,
        "debts": [{"name": "Card"}] * 3,
        "purchases": [{"name": "Lamp"}],
        "more": {"a": [1]},
    }
    assert [row.cells for row in rows(tmp_path, json.dumps(document, indent=1))] == [["Lamp"]]


def test_the_only_list_of_objects_in_a_foreign_document_is_read(tmp_path: Path) -> None:
    assert [row.cells for row in rows(tmp_path, '{"tags": ["a"], "items": [{"name": "Lamp"}]}')] == [["Lamp"]]


def test_json_lines_are_read_and_a_bad_one_costs_itself(tmp_path: Path) -> None:
    content = '{"name": "Lamp"}\n\n{"name": "Desk"\n[1]\n{"name": "Chair"}\n'
    found = rows(tmp_path, content, "file.jsonl")
    assert [(row.line, bool(row.problem)) for row in found] == [(1, False), (3, True), (4, True), (5, False)]
    assert found[1].problem == "This line has a comma or colon missing; mend it."
    assert found[2].problem == "This item is not an object; write its fields as names and values."
    assert opened(tmp_path, '{"a": 1}\n{"a": 2}\n', "file.txt.json").description == "JSON Lines"


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ('{"name": "a", "name": "b"}', "This item has the name “name” twice; remove one of them."),
        (
            '{"name": "\\ud83d"}',
            "This item has half a character (a lone surrogate) in a text; mend or remove it.",
        ),
        (
            '{"name": ["\\ud83d"]}',
            "This item has half a character (a lone surrogate) in a text; mend or remove it.",
        ),
        ("[1, 2]", "This item is not an object; write its fields as names and values."),
        ("7", "This item is not an object; write its fields as names and values."),
        ("null", "This item is not an object; write its fields as names and values."),
    ],
)
def test_a_bad_item_is_told_and_the_others_are_read(tmp_path: Path, item: str, problem: str) -> None:
    found = rows(tmp_path, f'[\n{{"name": "Lamp"}},\n{item},\n{{"name": "Desk"}}\n]')
    assert [(row.line, row.problem) for row in found] == [(2, ""), (3, problem), (4, "")]


def test_numbers_are_exact_and_never_slow(tmp_path: Path) -> None:
    started = time.perf_counter()
    found = rows(
        tmp_path,
        '[{"a": 0.1, "b": 12345678901234567890, "c": 1e1000000, "d": NaN, "e": %s}]' % ("9" * 900_000),
    )
    assert time.perf_counter() - started < 2
    assert found[0].cells[:4] == [Decimal("0.1"), 12345678901234567890, Decimal("1e1000000"), "NaN"]
    assert isinstance(found[0].cells[4], str)


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '[{"a": ' * 100_000, '{"a": ' * 100_000, '[{"a": ' + "[" * 100_000]
)
def test_a_depth_bomb_is_refused(tmp_path: Path, content: str) -> None:
    assert "is nested more than 200 levels deep" in refusal(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("42", "does not begin with a list or an object (line 1); mend it there."),
        ("[]", "has no items in it; there is nothing to import."),
        ("[1, 2]", "is not a list of objects; write each record as names and values."),
        ("{}", "has no list of records in it; there is nothing to import."),
        ('{"purchases": []}', "has no items in it; there is nothing to import."),
        (
            '[\n{"name": "Lamp"},\n{"name": "De',
            "has a text whose quotation mark is never closed (line 3); mend it there.",
        ),
        ('[\n{"name": "Lamp"}', "ends in the middle of a list (line 2); mend it there."),
        (
            '[\n{"name": "Lamp"}\n{"name": "Desk"}]',
            "has a comma or a bracket missing (line 3); mend it there.",
        ),
        ('[{"name": "Lamp"}] x', "has something behind its end (line 1); mend it there."),
        ('[\n{"name": "Lamp",}\n]', "(line 2); mend it there."),
        (
            '[{"name": "a\nb"}]',
            "has a line break or control character inside a text (line 1); mend it there.",
        ),
        ('[{"name": "a\\qb"}]', "has a backslash that means nothing (line 1); mend it there."),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(tmp_path: Path, content: str, words: str) -> None:
    assert words in refusal(tmp_path, content)


def test_an_item_without_end_is_refused_at_a_limit(tmp_path: Path) -> None:
    words = "has an item of more than 4,000,000 characters"
    assert words in refusal(tmp_path, '[{"name": "' + "x" * 9_000_000 + '"}]')
    found = rows(tmp_path, '{"name": "%s"}\n{"name": "Lamp"}\n' % ("x" * 9_000_000), "file.jsonl")
    assert [bool(row.problem) for row in found] == [True, False]
    assert "is longer than 4,000,000 characters" in found[0].problem


def test_a_field_that_only_later_items_have_is_told(tmp_path: Path) -> None:
    items = [{"name": "Lamp"}] * 1000 + [{"name": "Desk", "colour": "red"}]
    source = opened(tmp_path, json.dumps(items))
    assert sum(1 for _ in source.rows()) == 1001
    assert source.notes == ["Fields that only later items have were left out: colour."]


@pytest.mark.parametrize("name", ["file.json", "file.jsonl"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, name: str) -> None:
    lines = [
        json.dumps({"name": f"Lamp {number}", "price": "12.50", "note": "x" * 200})
        for number in range(60_000)
    ]
    text = "\n".join(lines) if name.endswith("l") else "[" + ",\n".join(lines) + "]"
    source = opened(tmp_path, text, name)
    del lines, text
    tracemalloc.start()
    count = sum(1 for _ in source.rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 6_000_000
