"""The store keeps each content once, whole and private, and tells what is wrong in words."""

import errno
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from app.domain.attachments import FileState
from app.domain.problems import Refused
from app.storage.attachments import store as module
from app.storage.attachments.store import AttachmentStore, Found
from app.storage.errors import DiskFailure, DiskFull, EnvironmentProblem, NotWritable
from tests.helpers.files import written

CONTENT = b"a receipt" * 1000


@pytest.fixture
def store(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path / "uploads")


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    return written(tmp_path / "receipt.pdf", CONTENT)


def everything(store: AttachmentStore) -> list[str]:
    if not store.folder.exists():
        return []
    return sorted(path.relative_to(store.folder).as_posix() for path in store.folder.rglob("*"))


def test_a_content_stands_under_its_hash_for_nobody_else_to_read(
    store: AttachmentStore, receipt: Path
) -> None:
    stored = store.put(receipt)
    name = sha256(CONTENT).hexdigest()
    assert (stored.sha256, stored.size) == (name, len(CONTENT))
    place = store.folder / name[:2] / name[2:4] / name
    assert store.place(name) == place
    assert place.read_bytes() == CONTENT
    assert everything(store) == [name[:2], f"{name[:2]}/{name[2:4]}", f"{name[:2]}/{name[2:4]}/{name}"]
    if os.name != "nt":
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        for folder in (store.folder, place.parent, place.parent.parent):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_same_content_is_kept_once(store: AttachmentStore, receipt: Path, tmp_path: Path) -> None:
    first = store.put(receipt)
    before = store.place(first.sha256).stat().st_ino
    assert store.put(written(tmp_path / "copy.txt", CONTENT)) == first
    assert store.place(first.sha256).stat().st_ino == before
    assert len(everything(store)) == 3
    assert store.new() == {first.sha256}


def test_what_was_there_before_is_not_new(store: AttachmentStore, receipt: Path) -> None:
    first = store.put(receipt)
    later = AttachmentStore(store.folder)
    later.put(receipt)
    assert later.new() == frozenset()
    assert later.taken() == {first.sha256}


@pytest.mark.parametrize(
    ("harm", "state"),
    [
        (lambda place: place.write_bytes(CONTENT[:-1] + b"X"), FileState.ALTERED),
        (lambda place: place.write_bytes(CONTENT[:-1]), FileState.ALTERED),
        (lambda place: place.write_bytes(b""), FileState.ALTERED),
        (lambda place: place.unlink(), FileState.MISSING),
        (lambda place: (place.unlink(), place.parent.rmdir()), FileState.MISSING),
        (lambda place: (place.unlink(), place.mkdir()), FileState.ALTERED),
        (lambda place: place.write_bytes(CONTENT), FileState.AVAILABLE),
    ],
)
def test_one_wrong_byte_is_seen_and_mended_by_taking_the_file_in_again(
    store: AttachmentStore, receipt: Path, harm: Callable[[Path], object], state: FileState
) -> None:
    stored = store.put(receipt)
    place = store.place(stored.sha256)
    harm(place)
    assert store.verify(stored.sha256, stored.size) is state
    if place.is_dir():
        with pytest.raises(EnvironmentProblem):
            store.put(receipt)
        assert [name for name in everything(store) if name.endswith(".part")] == []
    else:
        store.put(receipt)
        assert store.verify(stored.sha256, stored.size) is FileState.AVAILABLE


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_the_place_of_a_content_is_not_followed(
    store: AttachmentStore, receipt: Path, tmp_path: Path
) -> None:
    stored = store.put(receipt)
    place = store.place(stored.sha256)
    place.unlink()
    place.symlink_to(receipt)
    assert store.verify(stored.sha256, stored.size) is FileState.ALTERED
    store.put(receipt)
    assert not place.is_symlink()
    assert receipt.read_bytes() == CONTENT


def test_what_is_no_file_is_refused_in_words(store: AttachmentStore, tmp_path: Path) -> None:
    sentences = {
        tmp_path: "is a folder. Choose the files in it.",
        tmp_path / "gone.pdf": "is not there any more. Choose another file.",
        written(tmp_path / "empty.pdf", b""): "is empty. Choose a file that has something in it.",
    }
    if os.name != "nt":
        os.mkfifo(tmp_path / "pipe")
        sentences[tmp_path / "pipe"] = "is no ordinary file. Choose a file such as a PDF or a picture."
        sentences[Path("/dev/null")] = "is no ordinary file. Choose a file such as a PDF or a picture."
    for path, sentence in sentences.items():
        with pytest.raises(Refused) as refused:
            store.put(path)
        assert str(refused.value) == f"“{path.name}” {sentence}"
    assert everything(store) == []


def test_a_file_that_may_not_be_read_is_refused(
    store: AttachmentStore, receipt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, "open", errno.EACCES, receipt)
    with pytest.raises(Refused, match=r"“receipt\.pdf” cannot be read: Permission denied\."):
        store.put(receipt)


def test_a_file_over_the_limit_is_refused_before_and_while_it_is_read(
    store: AttachmentStore, receipt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 1 << 20)
    big = written(receipt.with_name("big.bin"), bytes((1 << 20) + 1))
    with pytest.raises(Refused, match=r"“big\.bin” is larger than 1 MB\. Choose a smaller file\."):
        store.put(big)

    def grow(_read: int) -> None:
        with receipt.open("ab") as file:
            file.write(bytes(1 << 20))

    with pytest.raises(Refused, match="larger than 1 MB"):
        store.put(receipt, grow)
    assert everything(store) == []


def test_a_cancel_leaves_nothing(store: AttachmentStore, receipt: Path) -> None:
    class Stop(Exception):
        pass

    def stop(_read: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        store.put(receipt, stop)
    assert everything(store) == []


@pytest.mark.parametrize("call", ["mkdir", "open", "fsync", "replace"])
@pytest.mark.parametrize(
    ("code", "problem"),
    [(errno.ENOSPC, DiskFull), (errno.EROFS, NotWritable), (errno.EIO, DiskFailure)],
)
def test_a_disk_in_the_way_is_told_and_leaves_nothing_half_made(
    store: AttachmentStore,
    receipt: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    code: int,
    problem: type[EnvironmentProblem],
) -> None:
    with monkeypatch.context() as patch:
        fail_at(patch, call, code, store.folder)
        with pytest.raises(problem) as told:
            store.put(receipt)
        assert str(store.folder) in str(told.value)
    assert not [name for name in everything(store) if "." in name or len(Path(name).name) == 64]
    assert store.put(receipt).size == len(CONTENT)


def fail_at(patch: pytest.MonkeyPatch, call: str, code: int, below: Path) -> None:
    """Let a call of the operating system fail, where it is about a path below another."""
    original = getattr(os, call)

    def failing(target: object, *rest: object, **options: object) -> object:
        about = isinstance(target, int) or Path(str(target)).is_relative_to(below)
        if about:
            raise OSError(code, os.strerror(code))
        return original(target, *rest, **options)

    patch.setattr(os, call, failing)


def test_bytes_are_on_the_disk_before_they_get_their_name(
    store: AttachmentStore, receipt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    for call in ("fsync", "replace"):
        original = getattr(os, call)

        def noted(*given: object, call: str = call, original: Callable[..., object] = original) -> object:
            is_folder = isinstance(given[0], int) and stat.S_ISDIR(os.fstat(given[0]).st_mode)
            seen.append(f"{call} folder" if is_folder else call)
            return original(*given)

        monkeypatch.setattr(os, call, noted)
    store.put(receipt)
    made = ["fsync folder"] * 3 if os.name != "nt" else []
    assert seen == [*made[:1], "fsync", *made[1:], "replace", *made[:1]]


def test_many_threads_may_take_in_the_same_file(store: AttachmentStore, receipt: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = set(pool.map(lambda _number: store.put(receipt), range(40)))
    assert len(stored) == 1
    assert len(everything(store)) == 3


def test_deleting_takes_empty_folders_along_and_no_others(store: AttachmentStore, receipt: Path) -> None:
    stored = store.put(receipt)
    neighbour = written(store.folder / stored.sha256[:2] / "ff" / "neighbour", b"x")
    store.delete(stored.sha256)
    assert everything(store) == [
        stored.sha256[:2],
        f"{stored.sha256[:2]}/ff",
        f"{stored.sha256[:2]}/ff/neighbour",
    ]
    neighbour.unlink()
    store.delete(stored.sha256)


def test_only_a_hash_ever_becomes_a_path(store: AttachmentStore) -> None:
    for name in ("", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 65, "/" * 64, "٣" * 64):
        with pytest.raises(ValueError, match="SHA-256"):
            store.place(name)


def test_a_walk_tells_contents_leftovers_and_strangers(store: AttachmentStore, receipt: Path) -> None:
    stored = store.put(receipt)
    other = "ab" + "0" * 62
    for name in (".1-2.part", "notes.txt", ".DS_Store", f"{other[:2]}/{other}", "zz/file", "ab/cd/short"):
        written(store.folder / name, b"x")
    found = {(item.path, item.found) for item in store.walk()}
    assert found == {
        (store.place(stored.sha256).relative_to(store.folder).as_posix(), Found.CONTENT),
        (".1-2.part", Found.UNFINISHED),
        ("notes.txt", Found.FOREIGN),
        (f"ab/{other}", Found.FOREIGN),
        ("zz", Found.FOREIGN),
        ("ab/cd/short", Found.FOREIGN),
    }
    store.remove_unfinished()
    assert not (store.folder / ".1-2.part").exists()


def test_a_walk_hides_no_error_of_the_disk(
    store: AttachmentStore, receipt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(receipt)
    fail_at(monkeypatch, "scandir", errno.EIO, store.folder)
    with pytest.raises(DiskFailure):
        list(store.walk())
