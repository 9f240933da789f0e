"""Whatever bytes a file has, it is read or refused in one sentence; nothing else ever comes out of a reader."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.domain.problems import Refused
from app.services.importing.plan import ImportOptions, make_plan
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.readers import open_table

HARD = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
TOKENS = st.sampled_from(
    [
        ",",
        ";",
        '"',
        '""',
        "\n",
        "\r",
        "\r\n",
        "\t",
        "a",
        "Price",
        "12,50",
        "31.02.25",
        "\x00",
        "é",
        "日",
        "'",
        "=1",
    ]
)
JSON_TOKENS = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"name"',
        '"price"',
        '"\\ud83d"',
        "1e999",
        "NaN",
        "12.5",
        "null",
        "\n",
        " ",
        '"',
        "\\",
    ]
)


def read(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refusal = ""
    try:
        source = open_table(path)
        rows = list(source.rows())
        make_plan(path, ImportOptions(PURCHASES))
    except Refused as refused:
        refusal = str(refused)
    if refusal:
        assert refusal.endswith(".")
        assert refusal.isprintable()
        return
    assert all(row.problem or len(row.cells) == len(source.headers) for row in rows)
    assert [row.line for row in rows] == sorted(row.line for row in rows)


@HARD
@given(st.lists(TOKENS, max_size=60), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_is_a_table_or_refused(tmp_path: Path, tokens: list[str], encoding: str) -> None:
    read(tmp_path / "file.csv", "".join(tokens).encode(encoding, "replace"))


@HARD
@given(st.lists(JSON_TOKENS, max_size=60), st.sampled_from(["file.json", "file.jsonl"]))
def test_any_json_is_a_table_or_refused(tmp_path: Path, tokens: list[str], name: str) -> None:
    read(tmp_path / name, "".join(tokens).encode())


@HARD
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(tmp_path: Path, content: bytes) -> None:
    read(tmp_path / "file", content)


@pytest.fixture(scope="module")
def workbook() -> bytes:
    book = Workbook()
    for line in (["Name", "Price", "Date"], ["Lamp", 12.5, "2025-03-31"], ["Desk", 3, "2025-03-31"]):
        book.active.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@HARD
@given(data=st.data())
def test_a_flipped_workbook_is_a_table_or_refused(
    tmp_path: Path, workbook: bytes, data: st.DataObject
) -> None:
    changed = bytearray(workbook)
    for _ in range(data.draw(st.integers(1, 5))):
        position = data.draw(st.integers(0, len(changed) - 1))
        changed[position] = data.draw(st.integers(0, 255))
    read(tmp_path / "file.xlsx", bytes(changed))
