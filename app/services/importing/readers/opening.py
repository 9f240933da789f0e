"""Which reader a file needs, told by what is in it rather than by its name."""

from pathlib import Path

from app.services.importing.readers.delimited import DelimitedText, open_delimited
from app.services.importing.readers.encoding import detect, open_text
from app.services.importing.readers.json_items import JsonItems, open_json
from app.services.importing.readers.source import ReadOptions, Source, UnreadableFile, check_file, unreadable
from app.services.importing.readers.workbook import Workbook, check_package, open_workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    b"%PDF": "a PDF document; export it as CSV or XLSX from where it came",
    b"\x1f\x8b": "a compressed file; unpack it first",
    b"BZh": "a compressed file; unpack it first",
    b"\xfd7zXZ": "a compressed file; unpack it first",
    b"7z\xbc\xaf": "a compressed file; unpack it first",
    b"Rar!": "a compressed file; unpack it first",
    b"SQLite format 3\x00": "a database; export it as CSV, JSON or XLSX first",
    b"\x89PNG": "a picture; import a CSV, JSON or XLSX file",
    b"\xff\xd8\xff": "a picture; import a CSV, JSON or XLSX file",
}
_TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt")


def open_table(path: Path, options: ReadOptions | None = None, wanted: str = "") -> Source:
    """Open a CSV, JSON or XLSX file as a table. Raises `UnreadableFile`, whose text is one sentence.

    `wanted` is the key of the list to read where a JSON document has several.
    """
    options = options or ReadOptions()
    size = check_file(path)
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            if head.startswith(_OLE):
                raise _old_or_locked(path, head + file.read(1 << 20))
    except OSError as error:
        raise unreadable(path, error) from error
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        check_package(path)
        return open_workbook(Workbook(path, options, size=size))
    for mark, words in _FOREIGN.items():
        if head.startswith(mark):
            raise UnreadableFile(f"{path.name} is {words}.")
    if _is_json(path, options):
        return open_json(JsonItems(path, options, size=size), wanted)
    return open_delimited(DelimitedText(path, options, size=size))


def _is_json(path: Path, options: ReadOptions) -> bool:
    suffix = path.suffix.lower()
    if suffix in (".json", ".jsonl", ".ndjson"):
        return True
    if suffix in _TEXT_SUFFIXES or options.delimiter:
        return False
    with open_text(path, detect(path, options.encoding)) as stream:
        return stream.read(4096).lstrip("\ufeff \t\r\n")[:1] in ("[", "{")


def _old_or_locked(path: Path, head: bytes) -> UnreadableFile:
    if _ENCRYPTED in head:
        return UnreadableFile(f"{path.name} is protected with a password; save it without one first.")
    return UnreadableFile(f"{path.name} is in the old Excel format; save it as XLSX or CSV first.")
