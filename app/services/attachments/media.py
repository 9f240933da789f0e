"""What a file is, by its first bytes, or else by the ending of its name."""

OCTETS = "application/octet-stream"

HEAD = 1024
"""So many bytes at the beginning tell what a file is."""

_MARKS = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (4, b"ftypavif", "image/avif"),
)
_ENDINGS = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
    "epub": "application/epub+zip",
    "html": "text/html",
    "htm": "text/html",
    "json": "application/json",
    "md": "text/markdown",
    "mp4": "video/mp4",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "zip": "application/zip",
}


def media_type_of(name: str, head: bytes) -> str:
    """Return the media type of a file by its name and the first 1,024 bytes of it."""
    # Readers of PDF take a file that has something else before its mark, and so do printers that make them.
    if b"%PDF-" in head:
        return "application/pdf"
    for place, mark, media_type in _MARKS:
        if head[place : place + len(mark)] == mark:
            return media_type
    return _ENDINGS.get(name.rpartition(".")[2].casefold(), OCTETS)
