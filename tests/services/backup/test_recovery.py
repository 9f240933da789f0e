"""The recovery sheet: its key opens a locked backup in the passphrase's place, and no other."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from app.services import backup, purchases
from app.services.backup import recovery
from app.services.backup.recovery import grouped, write_recovery_sheet
from app.storage.backup.archive import read_recovery_key
from app.storage.backup.problems import Unfit, WrongPassphrase
from tests.helpers.ledgers import bought, new_ledger, opened

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A locked backup of a ledger with one purchase, and its recovery key."""
    folder = tmp_path_factory.mktemp("locked")
    target = folder / "Robin.counterfoil"
    with new_ledger(folder / "ledger") as ledger:
        ledger.run(purchases.add(bought("Kettle")))
        backup.create(ledger, target, passphrase="correct horse")
    return target, read_recovery_key(target, "correct horse")


def test_the_key_opens_the_backup_however_it_is_typed(locked: tuple[Path, str], tmp_path: Path) -> None:
    path, key = locked
    assert backup.verify(path, passphrase=key).ok
    typed = "\n".join(grouped(key)).lower()
    backup.restore(path, tmp_path / "new", passphrase=typed)
    with opened(tmp_path / "new") as ledger:
        assert purchases.count(ledger) == 1


def test_another_key_or_one_with_a_slip_does_not(locked: tuple[Path, str]) -> None:
    import pyrage

    path, key = locked
    other = str(pyrage.x25519.Identity.generate())
    with pytest.raises(WrongPassphrase, match="does not open"):
        backup.rehearse(path, None, passphrase=other)
    slip = key[:-1] + ("Q" if key[-1] != "Q" else "P")
    with pytest.raises(WrongPassphrase, match="slip"):
        backup.rehearse(path, None, passphrase=slip)


def test_the_sheet_can_be_read_and_typed_off(locked: tuple[Path, str], tmp_path: Path) -> None:
    path, key = locked
    sheet = tmp_path / "sheet.pdf"
    write_recovery_sheet(path, "correct horse", sheet, TODAY)
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    answer = subprocess.run(
        ["pdftotext", "-layout", str(sheet), "-"], capture_output=True, text=True, check=True
    )
    lines = [line.strip() for line in answer.stdout.splitlines()]
    assert "Recovery sheet" in lines
    assert "Robin.counterfoil" in lines
    assert all(line in lines for line in grouped(key))
    assert sheet.stat().st_mode & 0o077 == 0


def test_no_sheet_without_the_passphrase(locked: tuple[Path, str], tmp_path: Path) -> None:
    path, _ = locked
    sheet = tmp_path / "sheet.pdf"
    sheet.write_text("an older one")
    with pytest.raises(WrongPassphrase):
        write_recovery_sheet(path, "wrong", sheet, TODAY)
    assert sheet.read_text() == "an older one"
    assert list(tmp_path.iterdir()) == [sheet]
    write_recovery_sheet(path, "correct horse", sheet, TODAY)
    assert sheet.read_bytes().startswith(b"%PDF")


def test_what_is_not_locked_needs_no_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        made = backup.create(ledger, tmp_path / "open.counterfoil")
    with pytest.raises(Unfit, match="not locked"):
        recovery.write_recovery_sheet(made.path, "any", tmp_path / "sheet.pdf", TODAY)
