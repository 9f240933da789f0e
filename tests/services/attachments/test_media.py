"""What a file is goes by its bytes, whatever its name says."""

import pytest

from app.services.attachments.media import OCTETS, media_type_of
from tests.helpers.files import image_bytes, pdf_bytes


@pytest.mark.parametrize(
    ("name", "head", "media_type"),
    [
        ("scan.pdf", pdf_bytes(["x"])[:1024], "application/pdf"),
        ("scan", b"\x00\x00junk before\n%PDF-1.4", "application/pdf"),
        ("photo.pdf", image_bytes("PNG"), "image/png"),
        ("photo.txt", image_bytes("JPEG"), "image/jpeg"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic", "image/heic"),
        ("clip.webp", b"RIFF\x00\x00\x00\x00WAVE", OCTETS),
        ("Notes.TXT", b"hello", "text/plain"),
        ("sheet.xlsx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("run.exe", b"MZ", OCTETS),
        ("README", b"hello", OCTETS),
        ("", b"", OCTETS),
    ],
)
def test_media_types(name: str, head: bytes, media_type: str) -> None:
    assert media_type_of(name, head) == media_type
