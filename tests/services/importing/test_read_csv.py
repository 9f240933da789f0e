"""CSV files however they were saved: read where they can be, refused or marked at their place where not."""

import os
from pathlib import Path

import pytest

from app.services.importing.readers import ReadOptions, Row, Source, UnreadableFile, open_table

DATA = Path(__file__).parents[2] / "data" / "imports"


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def opened(tmp_path: Path, content: bytes | str, options: ReadOptions | None = None) -> Source:
    return open_table(write(tmp_path / "file.csv", content), options)


def rows(tmp_path: Path, content: bytes | str, options: ReadOptions | None = None) -> list[Row]:
    return list(opened(tmp_path, content, options).rows())


def refusal(tmp_path: Path, content: bytes | str) -> str:
    with pytest.raises(UnreadableFile) as error:
        rows(tmp_path, content)
    text = str(error.value)
    assert "file.csv" in text
    assert text.endswith(".")
    return text


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_encodings_are_recognised(tmp_path: Path, encoding: str, told: str) -> None:
    text = "Datum;Artikel\r\n09.04.25;Café für Gäste\r\n26.08.25;Écouteurs à réduction d’été\r\n"
    source = opened(tmp_path, text.encode(encoding))
    assert told in source.description
    assert [row.cells[1] for row in source.rows()] == ["Café für Gäste", "Écouteurs à réduction d’été"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Data;Produkt\n1;Książka o żółwiach\n2;Łóżko dziecięce\n"),
        ("cp1251", "Дата;Товар\n1;Ручка гелевая\n2;Клавиатура беспроводная\n"),
        ("cp932", "日付;商品\n1;日本語キーボード\n2;ノートパソコンのケース\n"),
        ("gb18030", "日期;商品\n1;无线键盘和鼠标套装\n2;笔记本电脑保护套\n"),
    ],
)
def test_old_encodings_of_other_scripts_are_guessed(tmp_path: Path, encoding: str, text: str) -> None:
    found = rows(tmp_path, text.encode(encoding))
    assert [row.cells[1] for row in found] == [line.split(";")[1] for line in text.splitlines()[1:]]


def test_the_user_can_name_the_encoding(tmp_path: Path) -> None:
    content = "a;b\n1;Größe\n".encode("cp850")
    assert rows(tmp_path, content, ReadOptions(encoding="cp850"))[0].cells == ["1", "Größe"]
    with pytest.raises(UnreadableFile, match="There is no encoding “klingon”; use one such as utf-8"):
        opened(tmp_path, content, ReadOptions(encoding="klingon"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end(tmp_path: Path, delimiter: str, line_end: str) -> None:
    lines = [
        ["Name", "Price", "Shop"],
        ["Lamp, small", "1;5", "A"],
        ["Desk\nwide", "2", "B"],
        ["Chair", "3", "C"],
    ]
    quoted = (delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    found = rows(tmp_path, line_end.join(quoted) + line_end)
    assert [list(row.cells) for row in found] == lines[1:]
    assert [row.line for row in found] == [2, 3, 5]


def test_a_line_that_names_the_delimiter_is_heeded(tmp_path: Path) -> None:
    found = rows(tmp_path, "sep=;\r\nName;Price\r\nLamp, blue;1,50\r\n")
    assert found == [Row(3, ["Lamp, blue", "1,50"])]


def test_empty_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    found = rows(tmp_path, "\n\nName,Price\n\nLamp,1\n,\n\nDesk,2\n")
    assert [(row.line, row.cells[0]) for row in found] == [(5, "Lamp"), (8, "Desk")]


def test_a_row_line_is_the_line_it_begins_on(tmp_path: Path) -> None:
    found = rows(tmp_path, 'Name,Note\nLamp,"one\ntwo\nthree"\nDesk,x\n')
    assert [(row.line, row.cells[0]) for row in found] == [(2, "Lamp"), (5, "Desk")]


def test_columns_without_a_name_or_with_the_same_one_can_be_told_apart(tmp_path: Path) -> None:
    source = opened(tmp_path, "Name,Price,,Price\na,1,2,3\n")
    assert source.headers == ("Name", "Price", "Column 3", "Price (2)")


def test_a_file_without_column_names_can_be_read_by_number(tmp_path: Path) -> None:
    source = opened(tmp_path, "Lamp,1\nDesk,2\n", ReadOptions(has_header=False))
    assert source.headers == ("Column 1", "Column 2")
    assert [row.line for row in source.rows()] == [1, 2]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Desk", "This row has 1 cell where the header has 3; add the missing ones."),
        ("Desk,1", "This row has 2 cells where the header has 3; add the missing ones."),
        (
            "Desk,1,A,B",
            "This row has 4 cells where the header has 3; quote texts that contain the delimiter.",
        ),
        (
            "Desk;1;A",
            "This row is separated by semicolons, the header by commas; use one of them throughout.",
        ),
        ("Name,Price,Shop", "This row repeats the header."),
        (
            '"Desk"x,1,A',
            "This row has text behind a closing quotation mark; write marks inside a text twice.",
        ),
        ("De\x00sk,1,A", "This row contains NUL characters; remove them or save the file as plain text."),
        (
            "x" * 1_000_001 + ",1,A",
            "A cell of this row is too long; at most 1,000,000 characters can be read.",
        ),
        ("," * 1000 + "x", "This row has 1,001 cells; at most 500 can be read."),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_read(tmp_path: Path, line: str, problem: str) -> None:
    found = rows(tmp_path, f"Name,Price,Shop\nLamp,1,A\n{line}\nChair,3,C\n")
    assert [(row.line, row.problem) for row in found] == [(2, ""), (3, problem), (4, "")]
    assert found[2].cells == ["Chair", "3", "C"]


def test_surplus_empty_cells_are_no_problem(tmp_path: Path) -> None:
    assert rows(tmp_path, "Name,Price\nLamp,1,,\n") == [Row(2, ["Lamp", "1"])]


def test_an_unclosed_quotation_mark_costs_one_row(tmp_path: Path) -> None:
    found = rows(tmp_path, 'Name,Price\nLamp,1\n"Desk,2\nChair,3\nStool,4\n')
    problem = "This row opens a quotation mark that is never closed; close it or write it twice."
    assert [(row.line, row.problem) for row in found] == [(2, ""), (3, problem), (4, ""), (5, "")]


def test_an_unclosed_mark_before_a_quoted_row_costs_one_row(tmp_path: Path) -> None:
    found = rows(tmp_path, 'Name,Price\n"Desk,2\n"Chair",3\nStool,4\n')
    assert [(row.line, bool(row.problem)) for row in found] == [(2, True), (3, False), (4, False)]


def test_an_unclosed_mark_before_very_much_text_costs_one_row(tmp_path: Path) -> None:
    found = rows(tmp_path, 'Name,Price\n"Desk,2\n' + "Chair,3\n" * 200_000)
    assert len(found) == 200_001
    assert [row.line for row in found if row.problem] == [2]


def test_bytes_that_are_no_text_cost_their_rows(tmp_path: Path) -> None:
    content = "Name,Price\nCafé,1\nTé,2\n".encode() + b"L\xe9mp,3\n" + "Größe,4\n".encode()
    source = opened(tmp_path, content)
    problem = "This row has bytes that are not valid in the file's encoding; save the file as UTF-8."
    assert [(row.line, row.problem) for row in source.rows()] == [(2, ""), (3, ""), (4, problem), (5, "")]
    assert source.notes == ["Some characters are not valid UTF-8; the rows with them are not imported."]


def test_a_line_without_end_is_refused_without_being_kept(tmp_path: Path) -> None:
    found = rows(tmp_path, "Name,Price\n" + "x" * 40_000_000 + "\nLamp,1\n")
    assert [row.problem for row in found] == [
        "This line is too long; at most 16,000,000 characters can be read.",
        "",
    ]
    assert found[1] == Row(3, ["Lamp", "1"])


def test_files_that_cannot_be_read_at_all_are_refused_in_one_sentence(tmp_path: Path) -> None:
    assert refusal(tmp_path, "") == "file.csv is empty; there is nothing to import."
    assert refusal(tmp_path, "\n\n") == "file.csv is empty; there is nothing to import."
    only = "file.csv has column names but no rows below them; there is nothing to import."
    assert refusal(tmp_path, "Name,Price\n") == only
    wide = "file.csv has more than 500 columns; remove those that are not needed."
    assert refusal(tmp_path, ",".join(f"c{number}" for number in range(1000)) + "\nx\n") == wide
    binary = "file.csv is not a text file; save it as CSV, JSON or XLSX first."
    assert refusal(tmp_path, os.urandom(2000) + b"\x00" * 500) == binary
    assert refusal(tmp_path, b"%PDF-1.7 ...").startswith("file.csv is a PDF document")
    assert refusal(tmp_path, b"\x1f\x8b\x08...").startswith("file.csv is a compressed file")
    assert refusal(tmp_path, '"Name,Price\nLamp,1\n').startswith(
        "The column names of file.csv cannot be read."
    )


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"There is no file gone\.csv in that place; check the name\."):
        open_table(tmp_path / "gone.csv")
    with pytest.raises(UnreadableFile, match=r"is a folder; choose a file in it\."):
        open_table(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(
        UnreadableFile, match=r"pipe is not an ordinary file; save what it gives to a file first\."
    ):
        open_table(tmp_path / "pipe")
    with pytest.raises(UnreadableFile, match="cannot be read"):
        open_table(tmp_path / ("x" * 5000))


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "secret.csv", "Name,Price\nLamp,1\n")
    message = r"secret\.csv may not be read; allow it in the file's permissions\."
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        with pytest.raises(UnreadableFile, match=message):
            open_table(path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match=message):
        open_table(path)


def test_the_given_files_open_as_their_programs_wrote_them() -> None:
    opened = {path.name: open_table(path) for path in DATA.glob("*.csv")}
    assert {name: source.description for name, source in opened.items()} == {
        "amazon-order-history.1.csv": "CSV, utf-8, separated by commas",
        "amazon-order-history.2.csv": "CSV, utf-8, separated by commas",
        "haushalt.csv": "CSV, cp1252, separated by semicolons",
        "homebox.csv": "CSV, utf-8, separated by commas",
        "paypal-activity.csv": "CSV, utf-8, separated by commas",
        "warracker-excel.csv": "CSV, utf-8, separated by commas",
    }
    counts = {name: sum(1 for row in source.rows() if not row.problem) for name, source in opened.items()}
    assert sorted(counts.values()) == [9, 20, 26, 30, 54, 74]
    assert opened["haushalt.csv"].headers == ("Datum", "Artikel", "Preis", "Geschäft")
