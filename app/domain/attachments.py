"""Attachments: receipts, manuals and other files on a purchase, a warranty, a claim or a debt."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.problems import Problem
from app.domain.text import clean, fold

LONGEST_NAME = 255
"""No file system that the program runs on takes a longer name."""

RISKY_ENDINGS = frozenset(
    "apk app appimage bat bin cmd com cpl desktop dll dmg exe gadget hta htm html inf jar js jse lnk msc msi msp pif "
    "ps1 psm1 py pyw reg rpm deb run scf scr sh svg url vb vbe vbs wsf wsh xhtml".split()
)
"""Endings of files that may run something when they are opened."""

_MANUAL_WORDS = ("manual", "guide", "handbook", "instruction", "handbuch", "anleitung", "datasheet")
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


class AttachmentKind(StrEnum):
    """What a file is for. Only a receipt makes a purchase one "with a receipt"."""

    RECEIPT = "RECEIPT"
    MANUAL = "MANUAL"
    OTHER = "OTHER"


class FileState(StrEnum):
    """What was found when the bytes of a file were last looked at."""

    AVAILABLE = "AVAILABLE"
    MISSING = "MISSING"
    ALTERED = "ALTERED"


class OwnerKind(StrEnum):
    """The kinds of records that files hang on."""

    PURCHASE = "PURCHASE"
    WARRANTY = "WARRANTY"
    CLAIM = "CLAIM"
    DEBT = "DEBT"


@dataclass(frozen=True, slots=True)
class Owner:
    """The record that a file hangs on, by its id in the ledger."""

    kind: OwnerKind
    id: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on a record. Its `size` bytes are stored once under their SHA-256, however often they are attached.

    `name` is the file's own name with its ending and without a folder. `belongs_to` is the id of the purchase, or of
    the debt, that shows it: for a file on a warranty or a claim that is the purchase it is about. `file_id` names the
    stored bytes.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    owner: Owner
    belongs_to: int
    kind: AttachmentKind = AttachmentKind.RECEIPT
    state: FileState = FileState.AVAILABLE
    added_at: datetime | None = None
    uuid: UUID | None = None
    id: int = 0
    file_id: int = 0

    @property
    def available(self) -> bool:
        """Whether its bytes were there, and the right ones, when they were last looked at."""
        return self.state is FileState.AVAILABLE

    @property
    def may_run(self) -> bool:
        """Whether opening it may run something, so that the user should be warned."""
        return self.name.rpartition(".")[2].casefold() in RISKY_ENDINGS


def kind_of(name: str) -> AttachmentKind:
    """Guess from its name what a file is for: a manual where it says so, or else a receipt."""
    folded = fold(name)
    return AttachmentKind.MANUAL if any(word in folded for word in _MANUAL_WORDS) else AttachmentKind.RECEIPT


def safe_name(name: str) -> str:
    """Return a name under which a file can be saved on any platform, as much like the given one as can be."""
    plain = _NOT_IN_A_NAME.sub("_", clean(name)).strip(". ")
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > LONGEST_NAME and dot and len(ending) < LONGEST_NAME // 2:
        plain = stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return plain[:LONGEST_NAME] or "file"


def check_name(name: str) -> list[Problem]:
    """Return what keeps an attachment from having a name."""
    if not clean(name):
        return [Problem("name", "Enter a name for the file.")]
    if len(name) > LONGEST_NAME:
        return [Problem("name", f"Enter a name of at most {LONGEST_NAME} characters.")]
    return []
