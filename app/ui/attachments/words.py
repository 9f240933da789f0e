"""What files, their kinds and their states are called on the screen."""

from app.domain.attachments import Attachment, AttachmentKind, FileState, OwnerKind
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.tables.cells import PillSpec
from app.ui.widgets.pill import PillKind

_PICTURES = "image/"
_DOCUMENT_TYPES = frozenset({"application/pdf", "text/plain", "text/html", "message/rfc822"})


def kind_name(kind: AttachmentKind) -> str:
    """Return what a kind of file is called."""
    return {
        AttachmentKind.RECEIPT: tr("Receipt"),
        AttachmentKind.MANUAL: tr("Manual"),
        AttachmentKind.OTHER: tr("Other"),
    }[kind]


def kind_choice(kind: AttachmentKind) -> str:
    """Return what the menu of kinds calls a kind, with its mnemonic."""
    return {
        AttachmentKind.RECEIPT: tr("&Receipt"),
        AttachmentKind.MANUAL: tr("&Manual"),
        AttachmentKind.OTHER: tr("&Other"),
    }[kind]


def icon_of(attachment: Attachment) -> str:
    """Return the drawing that stands for a file."""
    if not attachment.available:
        return "file-x"
    if attachment.media_type.startswith(_PICTURES):
        return "image"
    if attachment.kind is AttachmentKind.MANUAL:
        return "book-open"
    return "file-text" if attachment.media_type in _DOCUMENT_TYPES else "file"


def ending_of(attachment: Attachment) -> str:
    """Return the ending of a file's name in capitals, such as "DOCX"; "" where it has none."""
    stem, dot, ending = attachment.name.rpartition(".")
    return ending.upper() if stem and dot and len(ending) <= 5 else ""


def pages_and_size(attachment: Attachment, pages: int) -> str:
    """Return how long a file is: "1 page · 184 KB"; 0 pages where nobody knows."""
    size = formats.file_size(attachment.size)
    return tr("{pages} · {size}").format(pages=_pages(pages), size=size) if pages else size


def _pages(count: int) -> str:
    return tr_n("{n} page", "{n} pages", count)


def place_of(attachment: Attachment) -> str:
    """Return where a file hangs, when that is not the record that shows it."""
    return {
        OwnerKind.WARRANTY: tr("on the warranty"),
        OwnerKind.CLAIM: tr("on a claim"),
    }.get(attachment.owner.kind, "")


def row_text(attachment: Attachment) -> str:
    """Return the second line of a file in a list: its kind, its size and where it hangs."""
    parts = (kind_name(attachment.kind), formats.file_size(attachment.size), place_of(attachment))
    return " · ".join(part for part in parts if part)


def state_pill(state: FileState) -> PillSpec | None:
    """Return the pill of a file whose bytes are not as they were; None for one that is well."""
    if state is FileState.MISSING:
        return PillSpec(PillKind.BAD, tr("Missing"), "file-x")
    if state is FileState.ALTERED:
        return PillSpec(PillKind.BAD, tr("Altered"), "file-x")
    return None


def state_sentence(state: FileState) -> str:
    """Return what became of a file, and what to do; "" for one that is well."""
    if state is FileState.MISSING:
        return tr("The file is no longer in the ledger’s folder. Replace it, or restore a backup.")
    if state is FileState.ALTERED:
        return tr("The file was changed outside of Counterfoil. Replace it, or restore a backup.")
    return ""


def spoken(attachment: Attachment) -> str:
    """Return a file for a screen reader."""
    pill = state_pill(attachment.state)
    parts = (attachment.name, row_text(attachment), pill.text if pill else "")
    return ", ".join(part for part in parts if part)
