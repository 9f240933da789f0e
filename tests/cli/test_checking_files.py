"""`check` on attached files: one wrong byte is found, told and marked."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.helpers.files import add_purchase, attach, written
from tests.helpers.ledgers import new_ledger


def test_one_wrong_byte_is_found_told_and_marked(run: Run, ledger_path: Path, tmp_path: Path) -> None:
    with new_ledger(ledger_path) as ledger:
        (one,) = attach(ledger, add_purchase(ledger), written(tmp_path / "slip.txt", b"4 kettles"))
        place = ledger.store.place(one.sha256)
    assert run("check").status == 0
    place.write_bytes(b"5 kettles")
    words = "The file “slip.txt” on the purchase “Kettle” has been altered"
    told = run("check")
    assert told.status == 1
    assert words in told.out
    document = run("check", "--json").document
    assert document["ok"] is False
    (finding,) = document["findings"]
    assert finding["what"].startswith(words)
    assert finding["where"] == place.relative_to(ledger_path).as_posix()
    assert set(finding) == {"what", "where", "repair"}
    repaired = run("check", "--repair")
    assert repaired.status == 1
    assert "It is marked as unavailable; attach it again" in repaired.out
    assert "Mended" not in repaired.out
    place.write_bytes(b"4 kettles")
    assert run("check").status == 1
    mended = run("check", "--repair")
    assert mended.status == 0
    assert "Mended: " in mended.out
    assert run("check").status == 0


def test_orphans_are_removed_by_repair_only(run: Run, ledger_path: Path) -> None:
    with new_ledger(ledger_path):
        pass
    name = "cd" + "0" * 62
    orphan = written(ledger_path / "uploads" / "cd" / "00" / name, b"nobody's")
    assert run("check").status == 1
    assert orphan.exists()
    assert run("check", "--repair").status == 0
    assert not orphan.exists()


def test_purchases_are_listed_by_having_a_receipt(run: Run, ledger_path: Path, tmp_path: Path) -> None:
    with new_ledger(ledger_path) as ledger:
        attach(ledger, add_purchase(ledger), written(tmp_path / "slip.txt", b"4 kettles"))
        add_purchase(ledger, name="Pan")
    assert "Kettle" in run("list", "purchases", "--where", "receipt=yes").out
    assert "Pan" not in run("list", "purchases", "--where", "receipt=yes").out
    assert "Pan" in run("list", "purchases", "--where", "receipt=no").out
    assert run("list", "purchases", "--where", "receipt=perhaps").status == 1
