"""Checking all attached files: every wrong byte, lost file and stranger is told with its record, and mended."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.domain.attachments import Attachment, FileState, Owner, OwnerKind
from app.domain.debts import Debt
from app.domain.warranties import Duration, cover_for
from app.services import attachments, check, debts, warranties
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import Ledger
from tests.helpers.files import add_purchase, attach, stored_files, written

CONTENT = b"a receipt with some bytes"


@pytest.fixture
def one(ledger: Ledger, tmp_path: Path) -> Attachment:
    (attached,) = attach(ledger, add_purchase(ledger), written(tmp_path / "receipt.txt", CONTENT))
    return attached


def found(ledger: Ledger) -> list[tuple[str, str]]:
    return [(finding.what, finding.where) for finding in check.find(ledger)]


def mend(ledger: Ledger) -> list[tuple[str, bool]]:
    ledger.run(check.mend(ledger, check.find(ledger)))
    return [(finding.what, finding.mendable) for finding in check.find(ledger)]


def state(ledger: Ledger, one: Attachment) -> FileState:
    present = attachments.get(ledger, one.id)
    assert present is not None
    return present.state


@pytest.mark.parametrize("place", range(0, len(CONTENT), 6))
@pytest.mark.parametrize("bit", [0, 7])
def test_every_wrong_bit_is_told_marked_and_still_told(
    ledger: Ledger, one: Attachment, place: int, bit: int
) -> None:
    assert found(ledger) == []
    wrong = bytearray(CONTENT)
    wrong[place] ^= 1 << bit
    path = ledger.store.place(one.sha256)
    path.write_bytes(wrong)
    what = (
        "The file “receipt.txt” on the purchase “Kettle” has been altered: "
        "its bytes are not those that were attached."
    )
    assert found(ledger) == [(what, path.relative_to(ledger.path).as_posix())]
    assert mend(ledger) == [(what, False)]
    assert state(ledger, one) is FileState.ALTERED
    path.write_bytes(CONTENT)
    back = "The file “receipt.txt” on the purchase “Kettle” is marked as unavailable, and is there again."
    assert [what for what, _ in found(ledger)] == [back]
    assert mend(ledger) == []
    assert state(ledger, one) is FileState.AVAILABLE


@pytest.mark.parametrize(
    ("harm", "words", "marked"),
    [
        (lambda path: path.unlink(), "is not there any more.", FileState.MISSING),
        (
            lambda path: path.write_bytes(CONTENT[:-1]),
            "has been altered: it has 24 bytes instead of 25.",
            FileState.ALTERED,
        ),
        (
            lambda path: path.write_bytes(CONTENT * 2),
            "has been altered: it has 50 bytes instead of 25.",
            FileState.ALTERED,
        ),
    ],
)
def test_lost_and_cut_files_are_told(
    ledger: Ledger, one: Attachment, harm: Callable[[Path], object], words: str, marked: FileState
) -> None:
    harm(ledger.store.place(one.sha256))
    ((what, _),) = found(ledger)
    assert what == f"The file “receipt.txt” on the purchase “Kettle” {words}"
    mend(ledger)
    assert state(ledger, one) is marked
    assert len(attachments.listing(ledger, one.owner)) == 1


def test_a_finding_names_the_record_whatever_it_is(ledger: Ledger, tmp_path: Path) -> None:
    purchase = add_purchase(ledger)
    cover = ledger.run(warranties.add(purchase.id, cover_for(date(2026, 3, 14), Duration(2)))).result
    debt = ledger.run(debts.add(Debt("Visa", "EUR", 1000, date(2026, 1, 1)))).result
    shared = written(tmp_path / "shared.txt", b"shared")
    attach(ledger, Owner(OwnerKind.DEBT, debt), written(tmp_path / "contract.txt", b"contract"))
    attach(ledger, Owner(OwnerKind.WARRANTY, cover), written(tmp_path / "card.txt", b"card"), shared)
    attach(ledger, purchase, shared)
    for path in (ledger.path / "uploads").rglob("*"):
        if path.is_file():
            path.write_bytes(b"wrong")
    assert [what.partition(" has been")[0] for what, _ in found(ledger)] == [
        "The file “contract.txt” on the debt “Visa”",
        "The file “card.txt” on a warranty of the purchase “Kettle”",
        "The file “shared.txt” on a warranty of the purchase “Kettle” and 1 more",
    ]


def test_a_lost_folder_is_one_finding(ledger: Ledger, one: Attachment, tmp_path: Path) -> None:
    attach(ledger, one.owner, written(tmp_path / "second.txt", b"second"))
    shutil.rmtree(ledger.path / "uploads")
    ((what, where),) = found(ledger)
    assert where == "uploads"
    assert what == (
        "The folder of attached files is not there any more, and with it 2 attached files, such as "
        "the file “receipt.txt” on the purchase “Kettle”."
    )
    assert mend(ledger) == [(what, False)]
    assert {one.state for one in attachments.listing(ledger, one.owner)} == {FileState.MISSING}
    attach(ledger, one.owner, tmp_path / "receipt.txt", tmp_path / "second.txt")
    assert check.find(ledger) == []


def test_strangers_in_the_folder_are_told_and_only_orphans_removed(
    tmp_path: Path, new: Callable[[Path], Ledger]
) -> None:
    ledger = new(tmp_path / "other")
    (one,) = attach(ledger, add_purchase(ledger), written(tmp_path / "receipt.txt", CONTENT))
    orphan = "ab" + "0" * 62
    uploads = ledger.path / "uploads"
    written(uploads / "ab" / "00" / orphan, b"nobody's")
    written(uploads / ".9-1.part", b"half")
    written(uploads / "notes.txt", b"mine")
    written(uploads / ".DS_Store", b"")
    assert {where: what for what, where in found(ledger)} == {
        f"uploads/ab/00/{orphan}": "No record refers to this file.",
        "uploads/.9-1.part": "This copy of a file was never finished.",
        "uploads/notes.txt": "This is none of the ledger's files.",
    }
    assert mend(ledger) == [("This is none of the ledger's files.", False)]
    assert stored_files(ledger.path) == sorted([".DS_Store", one.sha256, "notes.txt"])


def test_what_is_being_attached_is_no_orphan(ledger: Ledger, tmp_path: Path) -> None:
    path = written(tmp_path / "receipt.txt", CONTENT)
    before = check.find(ledger)
    file = attachments.take_in(ledger, path, JobContext())
    findings = check.find(ledger)
    assert before == findings == []
    ledger.run(check.mend(ledger, findings))
    ledger.run(attachments.add(add_purchase(ledger), [file]))
    assert check.find(ledger) == []


def test_an_orphan_that_got_its_record_meanwhile_is_kept(ledger: Ledger, tmp_path: Path) -> None:
    path = written(tmp_path / "receipt.txt", CONTENT)
    owner = add_purchase(ledger)
    (one,) = attach(ledger, owner, path)
    stored = ledger.store.place(one.sha256)
    ledger.run(attachments.remove([one.id]))
    findings = [
        check.Finding("No record refers to this file.", "", "", True, finding.mends)
        for finding in _orphan_findings(ledger, one)
    ]
    ledger.run(check.mend(ledger, findings))
    assert stored.exists()


def _orphan_findings(ledger: Ledger, one: Attachment) -> list[check.Finding]:
    from app.storage.attachments import checking

    return list(checking.strangers(ledger.store, lambda stored: frozenset({one.sha256} & set(stored))))


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise there")
def test_a_file_that_cannot_be_read_is_told(
    ledger: Ledger, one: Attachment, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = os.open

    def refuse(path: object, flags: int, mode: int = 0o777, **options: int) -> int:
        if str(path).endswith(one.sha256):
            raise OSError(5, "Input/output error")
        return original(path, flags, mode, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    ((what, _),) = found(ledger)
    assert what.startswith("The file “receipt.txt” on the purchase “Kettle” cannot be read: ")
    assert state(ledger, one) is FileState.AVAILABLE


def test_progress_reaches_its_end_and_a_cancel_is_heard(ledger: Ledger, one: Attachment) -> None:
    seen: list[tuple[int, int | None]] = []
    context = JobContext(lambda told: seen.append((told.done, told.total)))
    assert check.find(ledger, context) == []
    assert context.done == context.total
    stopping = JobContext()

    def stop(done: int, total: int | None, text: str = "") -> None:
        if text == "attached files":
            stopping.cancel()
        stopping.check()

    stopping.progress = stop  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        check.find(ledger, stopping)
    with pytest.raises(Cancelled):
        attachments.verify_all(ledger, stopping)
