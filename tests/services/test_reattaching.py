"""Attached files that are missing or altered come back from a backup, by their hash."""

from pathlib import Path

from app.domain.attachments import FileState
from app.services import attachments, backup, check
from app.services.attachments.reattaching import Reattached, reattach
from tests.helpers.files import add_purchase, attach, pdf_bytes, written
from tests.helpers.ledgers import new_ledger


def test_files_come_back_from_a_backup_by_their_hash(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        owner = add_purchase(ledger)
        attach(
            ledger,
            owner,
            written(tmp_path / "a.pdf", pdf_bytes(["One"])),
            written(tmp_path / "b.txt", b"two"),
        )
        made = backup.create(ledger, tmp_path / "first.counterfoil")
        files = attach(ledger, owner, written(tmp_path / "c.txt", b"after the backup"))
        one, two, three = (
            ledger.store.place(file.sha256) for file in sorted(files, key=lambda file: file.name)
        )
        one.unlink()
        two.write_bytes(b"2wo")
        three.unlink()
        ledger.run(check.mend(ledger, check.find(ledger)))
        assert reattach(ledger, made.path) == Reattached(back=2, missing=1)
        states = {file.name: file.state for file in attachments.listing(ledger, owner)}
        assert states == {
            "a.pdf": FileState.AVAILABLE,
            "b.txt": FileState.AVAILABLE,
            "c.txt": FileState.MISSING,
        }
        assert two.read_bytes() == b"two"
        assert len(check.find(ledger)) == 1
        assert not list(ledger.store.folder.glob(".*"))


def test_a_lost_folder_of_files_comes_back(tmp_path: Path) -> None:
    import shutil

    with new_ledger(tmp_path / "ledger") as ledger:
        attach(ledger, add_purchase(ledger), written(tmp_path / "b.txt", b"two"))
        made = backup.create(ledger, tmp_path / "first.counterfoil")
        shutil.rmtree(ledger.store.folder)
        assert reattach(ledger, made.path) == Reattached(back=1, missing=0)
        assert check.find(ledger) == []
