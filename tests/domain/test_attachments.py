"""Names and kinds of attached files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attachments import (
    LONGEST_NAME,
    Attachment,
    AttachmentKind,
    FileState,
    Owner,
    OwnerKind,
    check_name,
    kind_of,
    safe_name,
)

OWNER = Owner(OwnerKind.PURCHASE, 1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("receipt.pdf", AttachmentKind.RECEIPT),
        ("IMG_2031.jpg", AttachmentKind.RECEIPT),
        ("Kettle-MANUAL.pdf", AttachmentKind.MANUAL),
        ("Bedienungsanleitung.pdf", AttachmentKind.MANUAL),
        ("User guide (en).pdf", AttachmentKind.MANUAL),
        ("Payment notice.pdf", AttachmentKind.RECEIPT),
    ],
)
def test_what_a_file_is_for_is_guessed_from_its_name(name: str, kind: AttachmentKind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("receipt.pdf", "receipt.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\boot.ini", "C__boot.ini"),
        ("a<b>|c?.txt", "a_b__c_.txt"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("  ..  ", "file"),
        ("", "file"),
        ("rechnung\u202efdp.exe", "rechnungfdp.exe"),
        ("x" * 300 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_names_that_can_be_saved_anywhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_saved(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= LONGEST_NAME
    assert not set(safe) & set('/\\:*?"<>|\x00\n')
    assert safe not in (".", "..")
    assert check_name(safe) == []


def test_names_that_cannot_be_entered() -> None:
    assert [problem.field for problem in check_name(" ")] == ["name"]
    assert "255" in check_name("x" * 256)[0].reason


def test_what_may_run_and_what_is_there() -> None:
    def named(name: str, state: FileState = FileState.AVAILABLE) -> Attachment:
        return Attachment(name, "", 1, "0" * 64, OWNER, 1, state=state)

    assert named("setup.EXE").may_run
    assert named("page.html").may_run
    assert not named("receipt.pdf").may_run
    assert named("a").available
    assert not named("a", FileState.MISSING).available
