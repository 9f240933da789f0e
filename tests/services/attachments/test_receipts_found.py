"""Receipts are found by what they say, and find their purchases."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.attachments import AttachmentKind, Owner, OwnerKind
from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.warranties import Duration, cover_for
from app.services import attachments, purchases, warranties
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import Ledger
from tests.helpers.files import add_purchase, attach, image_bytes, pdf_bytes, written
from tests.helpers.ledgers import add_all, bought


def found(ledger: Ledger, typed: str) -> list[int]:
    return list(purchases.ids(ledger, PurchaseFilter(text=typed), SortBy("name", False)))


def test_the_search_reads_receipts_and_follows_every_change(ledger: Ledger, tmp_path: Path) -> None:
    owner = add_purchase(ledger)
    path = written(tmp_path / "r.pdf", pdf_bytes(["Zahlung per Überweisung", "Bon 4711"]))
    (one,) = attach(ledger, owner, path)
    assert found(ledger, "UBERWEISUNG 4711") == [owner.id]
    assert found(ledger, "kettle 47") == [owner.id]
    ledger.undo().result()
    assert found(ledger, "uberweisung") == []
    ledger.redo().result()
    assert found(ledger, "uberweisung") == [owner.id]
    ledger.run(attachments.set_kind([one.id], AttachmentKind.MANUAL))
    assert found(ledger, "uberweisung") == []
    ledger.undo().result()
    ledger.run(purchases.set_field(owner.id, "notes", "dented"))
    assert found(ledger, "dented uberweisung") == [owner.id]
    other = attachments.take_in(
        ledger, written(tmp_path / "other.pdf", pdf_bytes(["Quittung"])), JobContext()
    )
    ledger.run(attachments.replace_file(one.id, other))
    assert (found(ledger, "uberweisung"), found(ledger, "quittung")) == ([], [owner.id])
    ledger.run(purchases.remove([owner.id]))
    assert found(ledger, "quittung") == []
    ledger.undo().result()
    assert found(ledger, "quittung") == [owner.id]
    ledger.run(attachments.remove([one.id]))
    assert found(ledger, "quittung") == []


def test_receipts_of_warranties_count_for_the_purchase(ledger: Ledger, tmp_path: Path) -> None:
    owner = add_purchase(ledger)
    cover = ledger.run(warranties.add(owner.id, cover_for(date(2026, 3, 14), Duration(2)))).result
    path = written(tmp_path / "r.pdf", pdf_bytes(["extended cover certificate"]))
    attach(ledger, Owner(OwnerKind.WARRANTY, cover), path)
    assert found(ledger, "certificate") == [owner.id]
    ledger.run(warranties.remove([cover]))
    assert found(ledger, "certificate") == []
    ledger.undo().result()
    assert found(ledger, "certificate") == [owner.id]


SHELF = [
    bought("Kettle", 123_450, retailer="Küchenhaus Größe", order_number="302-1234567-7654321"),
    bought("Monitor", 19_999, retailer="Halden", order_number="KR-2026/17"),
    bought("Lamp", 4_900, retailer="Halden"),
    bought("Cable", 4_900, retailer="Halden", purchased_on=date(2026, 3, 15)),
    bought("Desk", 50_000, retailer="Nordmark", order_number="BR-00012"),
    bought("Chair", 20_000, retailer="Nordmark", order_number="BR-00012"),
    bought("Tea", 300, "JPY", retailer="お茶の店", order_number="17"),
    bought("Rug", 7_000, retailer="", order_number="KR-2026/1"),
]


@pytest.fixture
def shelf(ledger: Ledger) -> Ledger:
    ledger.run(add_all([SHELF]))
    return ledger


def match(ledger: Ledger, folder: Path, name: str, *lines: str) -> attachments.ReceiptMatch:
    content = pdf_bytes(lines) if lines else image_bytes()
    (one,) = attachments.match_receipts(ledger, [written(folder / name, content)], JobContext())
    assert one.path == folder / name
    return one


@pytest.mark.parametrize(
    ("name", "lines", "purchase"),
    [
        ("302-1234567-7654321.pdf", (), "Kettle"),
        ("amazon_302 1234567 7654321_invoice.png", (), "Kettle"),
        ("30212345677654321.pdf", (), "Kettle"),
        ("scan.pdf", ("Order 302-1234567-7654321 shipped",), "Kettle"),
        ("scan.pdf", ("Auftrag kr-2026-17",), "Monitor"),
        ("scan.pdf", ("Halden Store", "14.03.2026", "Summe 49,00 EUR"), "Lamp"),
        ("scan.pdf", ("HALDEN", "Mar 15, 2026", "Total: EUR 49.00"), "Cable"),
        ("scan.pdf", ("halden", "15 March 2026", "49.00"), "Cable"),
        ("scan.pdf", ("KUCHENHAUS GROSSE", "2026-03-14", "1.234,50"), "Kettle"),
        ("scan.pdf", ("KUCHENHAUS GROSSE", "14/03/26", "1 234,50"), "Kettle"),
        ("scan.pdf", ("Halden", "2026-03-14", "149.00"), ""),
        ("scan.pdf", ("Halden", "2026-03-14", "49.005"), ""),
        ("scan.pdf", ("Halden", "2026-03-16", "49.00"), ""),
        ("scan.pdf", ("Haldenweg 3", "2026-03-14", "49.00"), ""),
        ("17.pdf", (), ""),
        ("holiday.png", (), ""),
    ],
)
def test_a_receipt_finds_its_purchase(
    shelf: Ledger, tmp_path: Path, name: str, lines: tuple[str, ...], purchase: str
) -> None:
    one = match(shelf, tmp_path, name, *lines)
    assert one.name == purchase
    if purchase:
        assert one.purchase_id is not None
        assert purchases.rows(shelf, [one.purchase_id])[0].name == purchase
    else:
        assert one.purchase_id is None
    assert one.why.endswith(".")


def test_nothing_is_chosen_where_several_fit(shelf: Ledger, tmp_path: Path) -> None:
    one = match(shelf, tmp_path, "BR-00012.pdf")
    assert (one.purchase_id, one.why) == (None, "2 purchases have this order number; choose one.")
    shelf.run(purchases.duplicate([3]))
    two = match(shelf, tmp_path, "scan.pdf", "Halden", "2026-03-14", "49.00")
    assert (two.purchase_id, two.why) == (None, "2 purchases have this day and price; choose one.")


def test_what_cannot_be_read_fits_nothing(shelf: Ledger, tmp_path: Path) -> None:
    paths = [tmp_path, tmp_path / "gone.pdf", written(tmp_path / "broken.pdf", b"%PDF-1.4 noise")]
    assert [one.purchase_id for one in attachments.match_receipts(shelf, paths, JobContext())] == [None] * 3
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        attachments.match_receipts(shelf, paths, context)
