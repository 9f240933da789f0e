"""Which encoding a text file is in: told by its marks, proved by decoding, guessed only when it has to be."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.services.importing.readers.source import UnreadableFile, unreadable

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What is asked of the guesser: encodings that files of this century are in.
_CANDIDATES = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 iso8859_2 iso8859_5 iso8859_7 koi8_r cp437 cp850 cp852"
    " cp866 mac_roman shift_jis cp932 euc_jp gb18030 big5 euc_kr"
).split()
# What a text in cp1252 does not have: a sign inside a word, an accented capital after a small letter, a florin
# sign, a run of accented letters. Where one is found, the text is in another encoding.
_UNLIKELY = re.compile(
    r"[^\W\d_][\u0080-\u00bf\u00d7\u00f7](?=[^\W\d_])"
    r"|[a-z\u00df-\u00ff][\u0160\u0152\u017d\u0178\u00c0-\u00de]"
    r"|\u0192"
    r"|[\u00c0-\u00ff]{3}"
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by its Python name. `note` tells the user what is odd about the file, where something is."""

    name: str
    note: str = ""

    @property
    def errors(self) -> str:
        """How undecodable bytes are kept: as lone surrogates where the encoding allows, so that rows show them."""
        multibyte = ("utf-16", "utf-32", "shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr")
        return "replace" if self.name.startswith(multibyte) else "surrogateescape"


def detect(path: Path, chosen: str = "") -> Encoding:
    """Return the encoding of a text file, `chosen` where that is given. Raises `UnreadableFile` for no text."""
    if chosen:
        return Encoding(_known(chosen))
    try:
        with path.open("rb") as file:
            return _detect(path, file)
    except OSError as error:
        raise unreadable(path, error) from error


def open_text(path: Path, encoding: Encoding) -> IO[str]:
    """Open a text file with its line ends as they are. Raises `UnreadableFile`."""
    try:
        return path.open(encoding=encoding.name, errors=encoding.errors, newline="")
    except OSError as error:
        raise unreadable(path, error) from error


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise UnreadableFile(
            f"There is no encoding “{name[:40]}”; use one such as utf-8 or cp1252."
        ) from None


def _detect(path: Path, file: IO[bytes]) -> Encoding:
    head = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if b"\x00" in head:
        wide = _without_mark(head)
        if wide:
            return Encoding(wide)
        if head.count(b"\x00") * 20 > len(head):
            raise UnreadableFile(f"{path.name} is not a text file; save it as CSV, JSON or XLSX first.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        for block in _blocks(file):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        file.seek(0)
        return _other_than_utf8(file)
    return Encoding("utf-8")


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


def _without_mark(head: bytes) -> str:
    """Return which UTF-16 a text without a byte order mark is in, judged by where its zero bytes are, or ""."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd * 10 > half * 4 and even * 20 < odd:
        return "utf-16-le"
    if even * 10 > half * 4 and odd * 20 < even:
        return "utf-16-be"
    return ""


def _other_than_utf8(file: IO[bytes]) -> Encoding:
    sample = _lines_with_accents(file)
    as_utf8 = sample.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= letter <= "\udcff" for letter in as_utf8)
    whole = sum(letter > "\x7f" for letter in as_utf8) - broken
    if whole > broken:
        return Encoding("utf-8", "Some characters are not valid UTF-8; the rows with them are not imported.")
    name = "cp1252" if _reads_as_western(sample) else _best_guess(sample)
    return Encoding(name)


def _lines_with_accents(file: IO[bytes]) -> bytes:
    """Return up to 64 KB of those lines that are not plain ASCII."""
    kept: list[bytes] = []
    size = 0
    while size < _SAMPLE and (line := file.readline(_BLOCK)):
        if not line.isascii():
            kept.append(line)
            size += len(line)
    return b"".join(kept)[: 2 * _SAMPLE]


def _reads_as_western(sample: bytes) -> bool:
    """Tell whether the sample makes sense in cp1252, which most old files are in."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return _UNLIKELY.search(text) is None


def _best_guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return "cp1252" if best is None else best.encoding
