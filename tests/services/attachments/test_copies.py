"""Files handed out: verified each time, saved whole or not at all, opened as copies that go when the ledger closes."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.attachments import Attachment, FileState
from app.domain.problems import Refused
from app.services import attachments
from app.services.changes import Area, Change
from app.services.ledger import EnvironmentProblem, Ledger
from tests.helpers.files import add_purchase, attach, written

CONTENT = b"a receipt with some bytes"


@pytest.fixture
def one(ledger: Ledger, tmp_path: Path) -> Attachment:
    (attached,) = attach(ledger, add_purchase(ledger), written(tmp_path / "receipt.txt", CONTENT))
    return attached


def harm(ledger: Ledger, one: Attachment) -> None:
    ledger.store.place(one.sha256).write_bytes(CONTENT.replace(b"some", b"same"))


def test_one_wrong_byte_makes_a_file_unavailable_and_the_right_ones_bring_it_back(
    ledger: Ledger, one: Attachment, tmp_path: Path
) -> None:
    heard: list[Change] = []
    ledger.hub.subscribe(heard.append)
    harm(ledger, one)
    for act in (
        lambda: attachments.path_of(ledger, one),
        lambda: attachments.open_copy(ledger, one),
        lambda: attachments.copy_out(ledger, one, tmp_path / "out.txt"),
    ):
        with pytest.raises(attachments.Unavailable) as told:
            act()
        assert str(told.value) == (
            "The file “receipt.txt” is unavailable: it has been altered. "
            "Attach it again, or restore it from a backup."
        )
    assert not (tmp_path / "out.txt").exists()
    found = attachments.get(ledger, one.id)
    assert found is not None
    assert found.state is FileState.ALTERED
    assert not found.available
    assert heard[0].concerns(Area.ATTACHMENTS, one.id)
    assert not any(change.areas for change in heard[1:])
    assert ledger.undo_label == "Add “receipt.txt”"
    ledger.store.place(one.sha256).write_bytes(CONTENT)
    attachments.path_of(ledger, found)
    again = attachments.get(ledger, one.id)
    assert again == one


def test_attaching_the_same_file_again_mends_it(ledger: Ledger, one: Attachment, tmp_path: Path) -> None:
    ledger.store.place(one.sha256).unlink()
    with pytest.raises(attachments.Unavailable, match="is not in the ledger's folder any more"):
        attachments.path_of(ledger, one)
    (mended,) = attach(ledger, one.owner, tmp_path / "receipt.txt")
    assert mended == one


def test_saving_replaces_what_is_there_whole_or_not_at_all(
    ledger: Ledger, one: Attachment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = written(tmp_path / "out" / "mine.txt", b"before")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _fail)
        with pytest.raises(EnvironmentProblem, match=r"mine\.txt"):
            attachments.copy_out(ledger, one, target)
    assert [path.name for path in target.parent.iterdir()] == ["mine.txt"]
    assert target.read_bytes() == b"before"
    attachments.copy_out(ledger, one, target)
    assert target.read_bytes() == CONTENT
    with pytest.raises(EnvironmentProblem, match="is not there"):
        attachments.copy_out(ledger, one, tmp_path / "nowhere" / "x.txt")


def _fail(_handle: int) -> None:
    raise OSError(28, "No space left on device")


def test_nothing_is_saved_over_the_ledger(ledger: Ledger, one: Attachment) -> None:
    for name in ("counterfoil.db", "uploads/x", "x/../counterfoil.db"):
        with pytest.raises(Refused, match="inside the ledger"):
            attachments.copy_out(ledger, one, ledger.path / name)


def test_a_copy_to_open_has_its_name_is_private_and_goes_with_the_ledger(
    tmp_path: Path, new: Callable[[Path], Ledger]
) -> None:
    ledger = new(tmp_path / "other")
    owner = add_purchase(ledger)
    first, second = attach(
        ledger,
        owner,
        written(tmp_path / "a" / "slip.txt", CONTENT),
        written(tmp_path / "b" / "slip.txt", b"another"),
    )
    copies = [attachments.open_copy(ledger, one) for one in (first, second, first)]
    assert copies[0] == copies[2]
    assert [copy.name for copy in copies] == ["slip.txt"] * 3
    assert [copy.read_bytes() for copy in copies[:2]] == [CONTENT, b"another"]
    assert not copies[0].is_relative_to(ledger.path)
    if os.name != "nt":
        assert stat.S_IMODE(copies[0].stat().st_mode) == 0o400
        assert stat.S_IMODE(copies[0].parent.parent.stat().st_mode) == 0o700
    copies[0].chmod(0o600)
    copies[0].write_bytes(b"edited by the program that opened it")
    assert attachments.open_copy(ledger, first).read_bytes() == CONTENT
    assert attachments.path_of(ledger, first).read_bytes() == CONTENT
    ledger.close()
    assert not copies[0].parent.parent.exists()


@pytest.mark.parametrize("name", ["x" * 251 + ".pdf", "é" * 125 + ".pdf", "x" * 255, "." + "y" * 200])
def test_files_with_the_longest_names_can_be_opened_and_saved(
    ledger: Ledger, tmp_path: Path, name: str
) -> None:
    (one,) = attach(ledger, add_purchase(ledger), written(tmp_path / name, CONTENT))
    copy = attachments.open_copy(ledger, one)
    assert copy.read_bytes() == CONTENT
    assert copy.suffix == Path(name).suffix
    target = written(tmp_path / "out" / name, b"before")
    attachments.copy_out(ledger, one, target)
    assert target.read_bytes() == CONTENT
    assert [path.name for path in target.parent.iterdir()] == [name]


def test_a_name_with_more_bytes_than_a_file_system_takes_is_cut_in_its_copy(
    ledger: Ledger, one: Attachment
) -> None:
    ledger.run(attachments.rename(one.id, "日" * 240 + ".pdf"))
    renamed = attachments.get(ledger, one.id)
    assert renamed is not None
    copy = attachments.open_copy(ledger, renamed)
    assert copy.read_bytes() == CONTENT
    assert copy.name == "日" * 83 + ".pdf"
