"""Files on records: attached, shown with the right one, taken away, and freed when nobody can want them back."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.domain.attachments import AttachmentKind, Owner, OwnerKind
from app.domain.claims import Claim
from app.domain.debts import Debt
from app.domain.problems import Refused
from app.domain.profile import Profile
from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.warranties import Duration, cover_for
from app.services import attachments, claims, debts, purchases, warranties
from app.services.changes import Area, Change
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import Ledger, NotWritable, create_ledger
from tests.helpers.files import add_purchase, attach, pdf_bytes, stored_files, written
from tests.helpers.ledgers import new_ledger, opened

RECEIPT = pdf_bytes(["Halden Store", "Kettle 49.00"])
MANUAL = pdf_bytes(["How to boil water"])


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    return written(tmp_path / "in" / "receipt.pdf", RECEIPT)


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    return written(tmp_path / "in" / "Kettle manual.pdf", MANUAL)


def receipts_of(ledger: Ledger, purchase_id: int) -> int:
    return purchases.rows(ledger, [purchase_id])[0].receipts


def test_a_file_is_on_its_record_with_its_name_type_and_kind(
    ledger: Ledger, receipt: Path, manual: Path
) -> None:
    owner = add_purchase(ledger)
    found = attach(ledger, owner, manual, receipt)
    assert [(one.name, one.kind, one.media_type, one.size, one.owner) for one in found] == [
        ("receipt.pdf", AttachmentKind.RECEIPT, "application/pdf", len(RECEIPT), owner),
        ("Kettle manual.pdf", AttachmentKind.MANUAL, "application/pdf", len(MANUAL), owner),
    ]
    assert [attachments.path_of(ledger, one).read_bytes() for one in found] == [RECEIPT, MANUAL]
    assert attachments.total(ledger) == (2, len(RECEIPT) + len(MANUAL))
    assert receipts_of(ledger, owner.id) == 1
    assert attachments.get(ledger, found[0].id) == found[0]
    assert ledger.undo_label == "Add 2 files"


def test_every_kind_of_record_has_files_and_the_purchase_shows_those_below_it(
    ledger: Ledger, receipt: Path, manual: Path, tmp_path: Path
) -> None:
    purchase = add_purchase(ledger)
    cover = ledger.run(warranties.add(purchase.id, cover_for(date(2026, 3, 14), Duration(2)))).result
    claim = ledger.run(claims.open_claim(Claim(date(2026, 5, 1), cover_id=cover))).result
    debt = ledger.run(debts.add(Debt("Visa", "EUR", 1000, date(2026, 1, 1)))).result
    owners = {
        purchase: receipt,
        Owner(OwnerKind.WARRANTY, cover): manual,
        Owner(OwnerKind.CLAIM, claim): written(tmp_path / "report.txt", b"broken"),
        Owner(OwnerKind.DEBT, debt): written(tmp_path / "contract.pdf", pdf_bytes(["contract"])),
    }
    for owner, path in owners.items():
        (found,) = attach(ledger, owner, path)
        assert found.owner == owner
        assert found.belongs_to == (debt if owner.kind is OwnerKind.DEBT else purchase.id)
    assert {one.owner for one in attachments.of_purchase(ledger, purchase.id)} == set(list(owners)[:3])
    assert [one.name for one in attachments.of_debt(ledger, debt)] == ["contract.pdf"]
    assert receipts_of(ledger, purchase.id) == 2
    ledger.run(purchases.remove([purchase.id]))
    assert attachments.of_purchase(ledger, purchase.id) == []
    ledger.undo().result()
    assert len(attachments.of_purchase(ledger, purchase.id)) == 3


def test_the_same_file_is_stored_once_and_not_hung_twice_on_one_record(
    ledger: Ledger, receipt: Path, tmp_path: Path
) -> None:
    first, second = add_purchase(ledger), add_purchase(ledger, name="Pan")
    attach(ledger, first, receipt)
    attach(ledger, second, written(tmp_path / "same.pdf", RECEIPT))
    assert attachments.total(ledger) == (1, len(RECEIPT))
    assert len(stored_files(ledger.path)) == 1
    label = ledger.undo_label
    report = attachments.attach(ledger, first, [receipt], JobContext())
    assert (report.added, report.failed) == (0, [(receipt, "“receipt.pdf” is attached already.")])
    assert ledger.undo_label == label
    file = attachments.take_in(ledger, receipt, JobContext())
    with pytest.raises(Refused, match="is attached already"):
        ledger.run(attachments.add(first, [file]))


def test_what_cannot_be_attached_is_reported_and_the_rest_is_attached(
    ledger: Ledger, receipt: Path, tmp_path: Path
) -> None:
    owner = add_purchase(ledger)
    empty = written(tmp_path / "empty.pdf", b"")
    report = attachments.attach(ledger, owner, [empty, receipt, tmp_path], JobContext())
    assert report.added == 1
    assert [path for path, _ in report.failed] == [empty, tmp_path]
    assert [one.name for one in attachments.listing(ledger, owner)] == ["receipt.pdf"]


def test_a_record_that_is_gone_gets_no_files(ledger: Ledger, receipt: Path) -> None:
    for kind in OwnerKind:
        with pytest.raises(Refused, match="was deleted meanwhile"):
            attachments.attach(ledger, Owner(kind, 99), [receipt], JobContext())


def test_names_kinds_and_contents_change_with_undo(ledger: Ledger, receipt: Path, manual: Path) -> None:
    owner = add_purchase(ledger)
    (one,) = attach(ledger, owner, receipt)
    ledger.run(attachments.rename(one.id, "  Till slip.pdf "))
    ledger.run(attachments.set_kind([one.id], AttachmentKind.OTHER))
    assert receipts_of(ledger, owner.id) == 0
    ledger.run(attachments.replace_file(one.id, attachments.take_in(ledger, manual, JobContext())))
    changed = attachments.get(ledger, one.id)
    assert changed is not None
    assert (changed.name, changed.kind, changed.size) == ("Kettle manual.pdf", "OTHER", len(MANUAL))
    for name, kind in [("Till slip.pdf", "OTHER"), ("Till slip.pdf", "RECEIPT"), ("receipt.pdf", "RECEIPT")]:
        ledger.undo().result()
        back = attachments.get(ledger, one.id)
        assert back is not None
        assert (back.name, back.kind) == (name, kind)
    assert attachments.path_of(ledger, one).read_bytes() == RECEIPT
    for refused in ("", " \u202e ", "x" * 256):
        with pytest.raises(Refused):
            attachments.rename(one.id, refused)
    for gone in (
        attachments.rename(99, "x"),
        attachments.replace_file(99, next(iter(taken(ledger, receipt)))),
    ):
        with pytest.raises(Refused, match="removed meanwhile"):
            ledger.run(gone)


def taken(ledger: Ledger, *paths: Path) -> list[attachments.NewFile]:
    return [attachments.take_in(ledger, path, JobContext()) for path in paths]


def test_a_change_names_the_records_that_look_different(ledger: Ledger, receipt: Path) -> None:
    owner = add_purchase(ledger)
    heard: list[Change] = []
    ledger.hub.subscribe(heard.append)
    (one,) = attach(ledger, owner, receipt)
    ledger.run(attachments.remove([one.id]))
    for change in heard:
        assert change.concerns(Area.PURCHASES, owner.id)
        assert change.concerns(Area.ATTACHMENTS, one.id)
        assert not change.concerns(Area.PURCHASES, owner.id + 1)


def test_the_last_reference_frees_the_bytes_when_the_ledger_is_closed(tmp_path: Path, receipt: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        first, second = add_purchase(ledger), add_purchase(ledger, name="Pan")
        (one,) = attach(ledger, first, receipt)
        (other,) = attach(ledger, second, receipt)
        ledger.run(attachments.remove([one.id]))
    assert len(stored_files(tmp_path / "ledger")) == 1
    with opened(tmp_path / "ledger") as ledger:
        ledger.run(attachments.remove([other.id]))
        assert len(stored_files(tmp_path / "ledger")) == 1
        ledger.undo().result()
        assert attachments.path_of(ledger, other).read_bytes() == RECEIPT
        ledger.redo().result()
        assert attachments.total(ledger) == (0, 0)
    assert stored_files(tmp_path / "ledger") == []
    with opened(tmp_path / "ledger") as ledger:
        assert attachments.listing(ledger, second) == []
        attach(ledger, second, receipt)


def test_bytes_stay_while_an_undo_can_ask_for_them(tmp_path: Path, receipt: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        owner = add_purchase(ledger)
        attach(ledger, owner, receipt)
        ledger.undo().result()
        assert attachments.listing(ledger, owner) == []
        ledger.redo().result()
    with opened(tmp_path / "ledger") as ledger:
        (one,) = attachments.listing(ledger, owner)
        assert attachments.path_of(ledger, one).read_bytes() == RECEIPT


def test_what_was_taken_in_and_never_used_is_freed_too(tmp_path: Path, receipt: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        attachments.take_in(ledger, receipt, JobContext())
        context = JobContext()
        context.cancel()
        with pytest.raises(Cancelled):
            attachments.attach(ledger, add_purchase(ledger), [receipt], context)
    assert stored_files(tmp_path / "ledger") == []


def test_bytes_that_the_database_does_not_know_are_left_alone(tmp_path: Path, receipt: Path) -> None:
    create_ledger(tmp_path / "ledger", Profile(currency="EUR"))
    name = "ab" + "0" * 62
    kept = written(tmp_path / "ledger" / "uploads" / "ab" / "00" / name, b"of an older database")
    left = written(tmp_path / "ledger" / "uploads" / ".7-1.part", b"half")
    with opened(tmp_path / "ledger"):
        assert not left.exists()
    assert kept.exists()


def test_a_disk_in_the_way_keeps_no_ledger_from_closing_or_opening(
    tmp_path: Path, receipt: Path, monkeypatch: pytest.MonkeyPatch, expected_log: Callable[..., None]
) -> None:
    expected_log("a file that nothing refers to could not be removed: NotWritable", level=logging.WARNING)
    with new_ledger(tmp_path / "ledger") as ledger:
        (one,) = attach(ledger, add_purchase(ledger), receipt)
        ledger.run(attachments.remove([one.id]))
        monkeypatch.setattr(Path, "unlink", _refuse_unlink)
    monkeypatch.undo()
    assert len(stored_files(tmp_path / "ledger")) == 1
    with opened(tmp_path / "ledger"):
        assert stored_files(tmp_path / "ledger") == []


def _refuse_unlink(path: Path, missing_ok: bool = False) -> None:
    raise PermissionError(13, "Permission denied", str(path))


def test_a_ledger_for_reading_shows_files_and_takes_none(tmp_path: Path, receipt: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        owner = add_purchase(ledger)
        (one,) = attach(ledger, owner, receipt)
    before = stored_files(tmp_path / "ledger")
    with opened(tmp_path / "ledger", read_only=True) as ledger:
        assert attachments.path_of(ledger, one).read_bytes() == RECEIPT
        with pytest.raises(NotWritable, match="is open for reading only"):
            attachments.take_in(ledger, receipt, JobContext())
        ledger.store.place(one.sha256).write_bytes(b"other")
        with pytest.raises(attachments.Unavailable):
            attachments.path_of(ledger, one)
    assert stored_files(tmp_path / "ledger") == before


def test_many_receipts_are_imported_as_one_change(ledger: Ledger, tmp_path: Path) -> None:
    owners = [add_purchase(ledger, name=f"Thing {number}") for number in range(3)]
    paths = [written(tmp_path / f"{number}.pdf", pdf_bytes([f"page {number}"])) for number in range(3)]
    report = attachments.import_receipts(ledger, list(zip(paths, owners, strict=True)), JobContext())
    assert (report.added, report.failed, ledger.undo_label) == (3, [], "Add 3 files")
    assert [receipts_of(ledger, owner.id) for owner in owners] == [1, 1, 1]
    ledger.undo().result()
    assert [receipts_of(ledger, owner.id) for owner in owners] == [0, 0, 0]


def test_progress_is_told_and_a_cancel_attaches_nothing(ledger: Ledger, tmp_path: Path) -> None:
    owner = add_purchase(ledger)
    paths = [written(tmp_path / f"{number}.txt", b"x%d" % number) for number in range(5)]
    context = JobContext()
    seen: list[tuple[int, int | None]] = []
    original = context.progress

    def progress(done: int, total: int | None, text: str = "") -> None:
        seen.append((done, total))
        if done == 3:
            context.cancel()
        original(done, total, text)

    context.progress = progress  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        attachments.attach(ledger, owner, paths, context)
    assert seen == [(0, 5), (1, 5), (2, 5), (3, 5)]
    assert attachments.listing(ledger, owner) == []


def test_purchases_are_filtered_and_sorted_by_having_a_receipt(
    ledger: Ledger, receipt: Path, manual: Path
) -> None:
    plain, with_manual, with_receipt = (add_purchase(ledger, name=name) for name in "abc")
    attach(ledger, with_manual, manual)
    attach(ledger, with_receipt, receipt)

    def ids(wanted: PurchaseFilter) -> list[int]:
        return sorted(purchases.ids(ledger, wanted, SortBy("name", False)))

    assert ids(PurchaseFilter(receipt=True)) == [with_receipt.id]
    assert ids(PurchaseFilter(receipt=False)) == [plain.id, with_manual.id]
    assert purchases.ids(ledger, PurchaseFilter(), SortBy("receipt"))[0] == with_receipt.id


def test_a_copy_of_a_purchase_has_none_of_its_files(ledger: Ledger, receipt: Path) -> None:
    owner = add_purchase(ledger)
    attach(ledger, owner, receipt)
    (copied,), _ = ledger.run(purchases.duplicate([owner.id])).result
    assert attachments.of_purchase(ledger, copied) == []
