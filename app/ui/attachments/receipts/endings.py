"""Which files are looked at when many receipts are added."""

ENDINGS = (
    ".pdf",
    ".png",
    ".jpg",
    ".jpeg",
    ".webp",
    ".gif",
    ".tif",
    ".tiff",
    ".bmp",
    ".heic",
    ".heif",
    ".avif",
)
"""The endings of files that are taken for receipts when they are dropped anywhere on the window."""
