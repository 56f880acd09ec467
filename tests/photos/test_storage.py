"""Bytes by their own address: whole or not there, whatever happens to the process."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from walkapp.photos.storage import FolderStorage, address

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=3)


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "photos")


def files(storage: FolderStorage) -> Iterator[Path]:
    return (path for path in storage.root.rglob("*") if path.is_file())


def age(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))


@pytest.mark.parametrize(
    "key",
    ["", "..", "../../etc/passwd", "/etc/passwd", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "a" * 64 + "\n", "a/" * 32],
)
def test_a_key_that_is_no_address_reaches_nothing(storage: FolderStorage, key: str) -> None:
    for verb in (storage.open, storage.exists, storage.delete, lambda key: storage.put(key, b"x")):
        with pytest.raises(ValueError, match="key"):
            verb(key)
    assert not storage.root.exists() or not list(files(storage))


def test_bytes_are_not_kept_under_the_address_of_others(storage: FolderStorage) -> None:
    with pytest.raises(ValueError, match="address"):
        storage.put(address(b"one"), b"another")


def test_what_was_never_put_is_not_there(storage: FolderStorage) -> None:
    key = address(b"nobody")
    assert not storage.exists(key)
    with pytest.raises(FileNotFoundError):
        storage.open(key)
    storage.delete(key)
    assert list(storage.keys(before=NOW)) == []


def test_a_full_disk_leaves_nothing_half_made(storage: FolderStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        storage.put(address(b"picture"), b"picture")
    assert list(files(storage)) == []


def test_what_is_put_comes_out_the_same_and_lies_two_folders_down(storage: FolderStorage) -> None:
    key = address(b"picture")
    storage.put(key, b"picture")
    assert storage.exists(key)
    with storage.open(key) as file:
        assert file.read() == b"picture"
    assert [path.relative_to(storage.root).parts for path in files(storage)] == [(key[:2], key[2:4], key)]


def test_putting_again_changes_nothing_but_makes_it_young(storage: FolderStorage) -> None:
    key = address(b"picture")
    storage.put(key, b"picture")
    (path,) = files(storage)
    inode = path.stat().st_ino
    age(path, LONG_AGO)
    storage.put(key, b"picture")
    assert path.stat().st_ino == inode
    assert list(storage.keys(before=LONG_AGO + timedelta(days=1))) == []


def test_a_damaged_file_is_healed_by_the_next_put(storage: FolderStorage) -> None:
    key = address(b"picture")
    storage.put(key, b"picture")
    next(files(storage)).write_bytes(b"pic")
    storage.put(key, b"picture")
    with storage.open(key) as file:
        assert file.read() == b"picture"


def test_deleted_is_gone(storage: FolderStorage) -> None:
    key = address(b"picture")
    storage.put(key, b"picture")
    storage.delete(key)
    storage.delete(key)
    assert not storage.exists(key)


def test_keys_and_sweep_tell_old_from_young(storage: FolderStorage) -> None:
    for data in (b"old", b"young"):
        storage.put(address(data), data)
    old = storage._path(address(b"old"))
    young = storage._path(address(b"young"))
    age(old, LONG_AGO)
    age(young, NOW)
    for neighbour, at in ((old, LONG_AGO), (young, NOW)):
        leftover = neighbour.parent / ".tmp-abc"
        leftover.write_bytes(b"half")
        age(leftover, at)
    assert list(storage.keys(before=NOW)) == [address(b"old")]
    assert storage.sweep(before=NOW - timedelta(hours=1)) == 1
    assert sorted(path.name for path in files(storage)) == sorted([".tmp-abc", old.name, young.name])


def test_many_hands_putting_the_same_bytes_make_one_file(storage: FolderStorage) -> None:
    data = os.urandom(200_000)
    key = address(data)
    threads = [threading.Thread(target=storage.put, args=(key, data)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.name for path in files(storage)] == [key]
    with storage.open(key) as file:
        assert file.read() == data


PUT_FOREVER = """
import os, sys
from pathlib import Path
from walkapp.photos.storage import FolderStorage, address
storage = FolderStorage(Path(sys.argv[1]))
while True:
    data = os.urandom(5_000_000)
    key = address(data)
    storage.put(key, data)
    print(key, flush=True)
"""


def test_a_kill_in_the_middle_leaves_only_whole_files(storage: FolderStorage) -> None:
    """Eight times killed at the moment when a new file shows, so while it is being written."""
    promised: set[str] = set()
    for round_ in range(8):
        command = [sys.executable, "-c", PUT_FOREVER, str(storage.root)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout
            for _ in range(round_ % 3):
                promised.add(child.stdout.readline().strip())
            before = set(files(storage))
            while child.poll() is None and set(files(storage)) <= before:
                pass
            child.send_signal(signal.SIGKILL)
            promised |= {key for line in child.stdout if len(key := line.strip()) == 64}
    named = {path.name: path for path in files(storage) if not path.name.startswith(".tmp-")}
    assert promised and promised <= named.keys()
    assert all(address(path.read_bytes()) == name for name, path in named.items())
    assert len(list(files(storage))) > len(named), "no kill came in the middle"
    storage.sweep(before=datetime.now(UTC) + timedelta(days=1))
    assert {path.name for path in files(storage)} == named.keys()
