"""Previews and texts of real files; broken and hostile ones give none, and never an error."""

import io
import logging
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from app.domain.attachments import Attachment, FileState
from app.services import attachments
from app.services.attachments import cache, pictures
from app.services.attachments.pdf import pdf_text
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import Ledger
from app.services.paths import cache_folder
from tests.helpers.files import add_purchase, attach, bomb_png, image_bytes, pdf_bytes, written


def attached(ledger: Ledger, folder: Path, name: str, content: bytes) -> Attachment:
    (one,) = attach(ledger, add_purchase(ledger), written(folder / name, content))
    return one


def picture(shown: attachments.Preview | None) -> Image.Image:
    assert shown is not None
    return Image.open(io.BytesIO(shown.png))


def test_a_pdf_shows_its_first_page_and_tells_its_pages(ledger: Ledger, tmp_path: Path) -> None:
    one = attached(ledger, tmp_path, "receipt.pdf", pdf_bytes(["one"], ["two"], ["three"], size=(300, 600)))
    shown = attachments.preview(ledger, one, 200, 200)
    assert shown is not None
    assert shown.pages == 3
    assert picture(shown).size == (100, 200)


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("PNG", "RGB", {}),
        ("PNG", "RGBA", {}),
        ("PNG", "I;16", {}),
        ("PNG", "1", {}),
        ("JPEG", "RGB", {}),
        ("JPEG", "CMYK", {}),
        ("JPEG", "L", {}),
        ("GIF", "P", {}),
        ("WEBP", "RGB", {}),
        ("TIFF", "RGB", {}),
        ("BMP", "RGB", {}),
    ],
)
def test_pictures_of_all_usual_kinds_fit_into_the_room_given(
    ledger: Ledger, tmp_path: Path, kind: str, mode: str, options: dict[str, object]
) -> None:
    content = image_bytes(kind, (400, 200), mode, **options)
    one = attached(ledger, tmp_path, "photo.bin", content)
    assert one.media_type == f"image/{kind.lower()}"
    shown = picture(attachments.preview(ledger, one, 100, 100))
    assert (shown.size, shown.format) == ((100, 50), "PNG")


def test_a_photo_stands_upright_and_says_nothing_of_where_it_was_taken(
    ledger: Ledger, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "at home"
    one = attached(ledger, tmp_path, "photo.jpg", image_bytes("JPEG", (400, 200), exif=exif))
    shown = picture(attachments.preview(ledger, one, 100, 100))
    assert shown.size == (50, 100)
    dark, bright = shown.convert("L").getpixel((25, 5)), shown.convert("L").getpixel((25, 95))
    assert isinstance(dark, int)
    assert isinstance(bright, int)
    assert dark < 60
    assert not shown.info
    assert not shown.getexif()


def no_pages() -> bytes:
    target = io.BytesIO()
    document = PdfDocument.new()
    document.save(target)
    document.close()
    return target.getvalue()


HOSTILE = {
    "cut.pdf": pdf_bytes(["x"])[:300],
    "only-a-mark.pdf": b"%PDF-1.7\n",
    "noise.pdf": b"%PDF-1.4\n" + bytes(range(256)) * 40,
    "encrypted.pdf": pdf_bytes(["secret"], encrypt="password"),
    "without-a-page.pdf": no_pages(),
    "cut.png": image_bytes("PNG", (400, 400))[:80],
    "cut.jpg": image_bytes("JPEG", (400, 400))[:200],
    "cut.webp": image_bytes("WEBP", (400, 400))[:40],
    "noise.gif": b"GIF89a" + bytes(range(256)),
    "noise.tif": b"II*\x00" + bytes([255]) * 200,
    "noise.bmp": b"BM" + bytes([255]) * 100,
    "bomb.png": bomb_png(),
    "large.png": bomb_png(9_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_or_hostile_file_is_attached_and_has_no_preview(
    ledger: Ledger, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    one = attached(ledger, tmp_path, name, HOSTILE[name])
    assert attachments.preview(ledger, one, 200, 200) is None
    assert pdf_text(ledger.store.place(one.sha256)) == ""
    assert "no preview" in caplog.text
    assert name not in caplog.text
    assert one.sha256 not in caplog.text


def test_other_types_have_no_preview(ledger: Ledger, tmp_path: Path) -> None:
    one = attached(ledger, tmp_path, "notes.txt", b"hello")
    assert (one.media_type, attachments.preview(ledger, one, 99, 99)) == ("text/plain", None)


def test_an_unavailable_file_has_no_preview(ledger: Ledger, tmp_path: Path) -> None:
    one = attached(ledger, tmp_path, "photo.png", image_bytes())
    assert attachments.preview(ledger, one, 99, 99) is not None
    ledger.store.place(one.sha256).unlink()
    assert attachments.preview(ledger, one, 98, 98) is None
    found = attachments.get(ledger, one.id)
    assert found is not None
    assert found.state is FileState.MISSING
    assert attachments.preview(ledger, found, 99, 99) is None
    written(ledger.store.place(one.sha256), image_bytes())
    assert attachments.preview(ledger, found, 99, 99) is not None
    assert attachments.get(ledger, one.id) == one


def test_a_cancel_is_heard(ledger: Ledger, tmp_path: Path) -> None:
    one = attached(ledger, tmp_path, "photo.png", image_bytes())
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        attachments.preview(ledger, one, 99, 99, context)


def test_many_threads_may_ask_for_previews_and_texts(ledger: Ledger, tmp_path: Path) -> None:
    names = [f"{number}.pdf" for number in range(6)]
    every = [attached(ledger, tmp_path, name, pdf_bytes([name] * 20)) for name in names]
    every.append(attached(ledger, tmp_path, "cut.pdf", HOSTILE["cut.pdf"]))
    with ThreadPoolExecutor(8) as pool:
        shown = pool.map(
            lambda number: attachments.preview(ledger, every[number % 7], 50 + number, 99), range(56)
        )
        texts = pool.map(lambda number: pdf_text(ledger.store.place(every[number % 7].sha256)), range(56))
        assert [one is None for one in shown] == [number % 7 == 6 for number in range(56)]
        assert [text.partition("\n")[0] for text in texts] == [*names, ""] * 8


def kept() -> list[Path]:
    return sorted((cache_folder() / "previews").glob("*"))


def test_previews_are_kept_for_the_user_only_and_made_once(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = attached(ledger, tmp_path, "photo.png", image_bytes())
    first = attachments.preview(ledger, one, 99, 99)
    (path,) = kept()
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with monkeypatch.context() as patch:
        patch.setattr("app.services.attachments.previews.picture", None)
        assert attachments.preview(ledger, one, 99, 99) == first
    path.write_bytes(path.read_bytes()[:-5])
    assert attachments.preview(ledger, one, 99, 99) == first


def test_the_cache_stays_small_and_drops_what_was_not_looked_at(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_FILES", 5)
    one = attached(ledger, tmp_path, "photo.png", image_bytes())
    for size in range(20, 26):
        if size > 20:
            assert attachments.preview(ledger, one, 20, 20) is not None
        attachments.preview(ledger, one, size, size)
        for age, path in enumerate(sorted(kept(), key=lambda path: path.stat().st_mtime_ns, reverse=True)):
            os.utime(path, ns=(10**18 - age * 10**9, 10**18 - age * 10**9))
    assert len(kept()) == 4
    assert any("-20x20" in path.name for path in kept())
    assert any("-25x25" in path.name for path in kept())


def test_a_cache_that_cannot_be_written_is_done_without(ledger: Ledger, tmp_path: Path) -> None:
    one = attached(ledger, tmp_path, "photo.png", image_bytes())
    written(cache_folder() / "previews", b"in the way")
    assert attachments.preview(ledger, one, 99, 99) is not None


def test_the_preview_of_a_file_goes_with_its_bytes(tmp_path: Path, new: Callable[..., Ledger]) -> None:
    ledger = new(tmp_path / "other")
    one = attached(ledger, tmp_path, "photo.png", image_bytes())
    attachments.preview(ledger, one, 99, 99)
    ledger.run(attachments.remove([one.id]))
    assert len(kept()) == 1
    ledger.close()
    assert kept() == []


def test_the_text_of_a_pdf_is_tidy_and_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [[f"Page {number}   of   many"] for number in range(30)]
    text = pdf_text(written(tmp_path / "long.pdf", pdf_bytes(*pages)))
    assert text.splitlines() == [f"Page {number} of many" for number in range(20)]
    monkeypatch.setattr("app.services.attachments.pdf._LETTERS", 25)
    assert pdf_text(tmp_path / "long.pdf") == text[:25]
    assert pdf_text(tmp_path / "gone.pdf") == ""


def test_only_types_that_are_decoded_safely_are_shown() -> None:
    assert "image/svg+xml" not in pictures.SHOWN
    assert "application/postscript" not in pictures.SHOWN


def test_a_file_that_is_not_in_the_ledger_has_a_picture_too(tmp_path: Path) -> None:
    receipt = written(tmp_path / "receipt.pdf", pdf_bytes(["TOTAL"], ["two"]))
    shown = attachments.preview_of_path(receipt, 100, 100)
    assert shown is not None
    assert shown.pages == 2
    for other in (tmp_path, tmp_path / "gone.pdf", written(tmp_path / "broken.pdf", b"%PDF-1.4 broken")):
        assert attachments.preview_of_path(other, 100, 100) is None
