"""Random commands on files and the records they hang on, with undo and redo: every state is met again to the byte."""

from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from app.domain.attachments import Attachment, AttachmentKind, FileState, Owner, OwnerKind
from app.domain.claims import Claim
from app.domain.debts import Debt
from app.domain.purchases import PurchaseFilter, SortBy
from app.domain.warranties import Duration, cover_for
from app.services import attachments, claims, debts, purchases, warranties
from app.services.jobs import JobContext
from app.storage import derived
from tests.helpers.files import pdf_bytes, written
from tests.helpers.ledgers import bought
from tests.helpers.undo_machine import UndoMachine

KINDS = st.none() | st.sampled_from(AttachmentKind)
PURCHASED = date(2026, 3, 14)
PIECES = {
    "receipt.pdf": pdf_bytes(["Kettle, two years of guarantee"]),
    "slip.pdf": pdf_bytes(["Invoice 4711"]),
    "manual.pdf": pdf_bytes(["boiling water"]),
    "photo.txt": b"no picture",
}


class UndoOfAttachments(UndoMachine):
    """Files on purchases, covers, claims and debts."""

    @initialize()
    def write_files(self) -> None:
        self.paths = [
            written(self.ledger.path.parent / "in" / name, content) for name, content in PIECES.items()
        ]

    def owners(self) -> list[Owner]:
        ids = self.ledger.read(_owners)
        return [Owner(kind, id) for kind, found in ids.items() for id in found]

    def attached(self) -> list[Attachment]:
        found: dict[int, Attachment] = {}
        for owner in self.owners():
            found.update((one.id, one) for one in attachments.listing(self.ledger, owner))
        return list(found.values())

    def file(self, data: st.DataObject) -> attachments.NewFile:
        return attachments.take_in(self.ledger, data.draw(st.sampled_from(self.paths)), JobContext())

    @rule(name=st.sampled_from(["Kettle", "Pan"]))
    def buy(self, name: str) -> None:
        self.run(purchases.add(bought(name, covers=(cover_for(PURCHASED, Duration(2)),))))

    @rule()
    def owe(self) -> None:
        self.run(debts.add(Debt("Visa", "EUR", 100, PURCHASED)))

    @precondition(lambda self: self.ledger.read(_owners)[OwnerKind.WARRANTY])
    @rule(data=st.data())
    def claim(self, data: st.DataObject) -> None:
        cover = data.draw(st.sampled_from(self.ledger.read(_owners)[OwnerKind.WARRANTY]))
        self.run(claims.open_claim(Claim(PURCHASED, cover_id=cover)))

    @precondition(lambda self: self.owners())
    @rule(data=st.data(), kind=KINDS)
    def attach(self, data: st.DataObject, kind: AttachmentKind | None) -> None:
        owner = data.draw(st.sampled_from(self.owners()))
        files = [self.file(data) for _ in range(data.draw(st.integers(1, 3)))]
        self.run(attachments.add(owner, files, kind))

    @precondition(lambda self: self.owners())
    @rule(data=st.data())
    def attach_to_many(self, data: st.DataObject) -> None:
        owners = data.draw(st.lists(st.sampled_from(self.owners()), min_size=1, max_size=4))
        self.run(attachments.add_to_many([(owner, self.file(data)) for owner in owners]))

    @precondition(lambda self: self.attached())
    @rule(data=st.data(), kind=st.sampled_from(AttachmentKind), name=st.sampled_from(["a.pdf", "Ünïcode"]))
    def change(self, data: st.DataObject, kind: AttachmentKind, name: str) -> None:
        one = data.draw(st.sampled_from(self.attached()))
        match data.draw(st.integers(0, 3)):
            case 0:
                self.run(attachments.rename(one.id, name))
            case 1:
                self.run(attachments.set_kind([one.id, 10**6], kind))
            case 2:
                self.run(attachments.replace_file(one.id, self.file(data)))
            case _:
                self.run(attachments.remove([one.id]))

    @precondition(lambda self: self.owners())
    @rule(data=st.data())
    def delete_a_record(self, data: st.DataObject) -> None:
        owner = data.draw(st.sampled_from(self.owners()))
        remove: dict[OwnerKind, Any] = {
            OwnerKind.PURCHASE: purchases.remove,
            OwnerKind.WARRANTY: warranties.remove,
            OwnerKind.CLAIM: claims.remove,
            OwnerKind.DEBT: debts.remove,
        }
        self.run(remove[owner.kind]([owner.id]))

    @invariant()
    def every_attached_file_has_its_bytes(self) -> None:
        for one in self.attached():
            assert self.ledger.store.verify(one.sha256, one.size) is FileState.AVAILABLE
        assert attachments.verify_all(self.ledger, JobContext()) == []

    @invariant()
    def the_search_index_says_what_receipts_say(self) -> None:
        assert self.ledger.read(_searched) == self.ledger.read(_searchable)

    @invariant()
    def the_count_of_receipts_is_that_of_the_purchase_and_what_hangs_on_it(self) -> None:
        ids = purchases.ids(self.ledger, PurchaseFilter(), SortBy())
        for row in purchases.rows(self.ledger, ids):
            found = attachments.of_purchase(self.ledger, row.id)
            assert row.receipts == sum(one.kind is AttachmentKind.RECEIPT for one in found)


def _owners(reader: Any) -> dict[OwnerKind, list[int]]:
    tables = {
        OwnerKind.PURCHASE: "purchases",
        OwnerKind.WARRANTY: "covers",
        OwnerKind.CLAIM: "claims",
        OwnerKind.DEBT: "debts",
    }
    return {
        kind: list(reader.exec_driver_sql(f"SELECT id FROM {table} ORDER BY id").scalars())
        for kind, table in tables.items()
    }


def _searched(reader: Any) -> list[tuple[Any, ...]]:
    return list(map(tuple, reader.exec_driver_sql("SELECT rowid, text FROM purchase_search ORDER BY rowid")))


def _searchable(reader: Any) -> list[tuple[Any, ...]]:
    query = f"""
        SELECT p.id, {derived.SEARCH_TEXT} FROM purchases AS p
        LEFT JOIN retailers AS r ON r.id = p.retailer_id LEFT JOIN brands AS b ON b.id = p.brand_id ORDER BY p.id
    """
    return list(map(tuple, reader.exec_driver_sql(query)))


TestUndoOfAttachments = UndoOfAttachments.TestCase
TestUndoOfAttachments.settings = settings(
    max_examples=min(300, settings.default.max_examples * 2 // 5), stateful_step_count=20
)
