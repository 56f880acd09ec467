"""Where the bytes of pictures lie: by the address of their content, so that the same bytes are kept once."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

_KEY = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".tmp-"


def address(data: bytes) -> str:
    """The key of these bytes: their SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


class Storage(Protocol):
    """What a folder or an object store must do. A key is an `address`; any other raises ValueError."""

    def put(self, key: str, data: bytes) -> None:
        """Keep `data`, whole and durable when this returns. The same again does no harm."""

    def open(self, key: str) -> BinaryIO:
        """Raises FileNotFoundError."""

    def exists(self, key: str) -> bool:
        """Whether these bytes are kept."""

    def delete(self, key: str) -> None:
        """Forget the bytes; what is not there is forgotten already."""

    def keys(self, *, before: datetime) -> Iterator[str]:
        """All keys last put before that moment, in any order."""


class FolderStorage:
    """Files in two levels of folders under `root`: `ab/cd/abcd…`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("not the key of a picture")
        return self.root / key[:2] / key[2:4] / key

    def put(self, key: str, data: bytes) -> None:
        path = self._path(key)
        if key != address(data):
            raise ValueError("a key must be the address of its content")
        path.parent.mkdir(parents=True, exist_ok=True)
        if _holds(path, data):
            os.utime(path)  # it is wanted again: whoever sweeps unused files leaves it alone for now
        else:
            _write(path, data)
        # Also for a file that was there: the process that wrote it may have died before this.
        for folder in (path.parent, path.parent.parent, self.root, self.root.parent):
            _fsync_folder(folder)

    def open(self, key: str) -> BinaryIO:
        return self._path(key).open("rb")

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        path = self._path(key)
        with suppress(FileNotFoundError):
            path.unlink()
            _fsync_folder(path.parent)

    def keys(self, *, before: datetime) -> Iterator[str]:
        return (path.name for path in self._files(before) if _KEY.fullmatch(path.name))

    def sweep(self, *, before: datetime) -> int:
        """Remove what a crash left half written; how many files that was. A younger one may be somebody's write."""
        leftovers = [path for path in self._files(before) if path.name.startswith(_UNFINISHED)]
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)

    def _files(self, before: datetime) -> Iterator[Path]:
        for path in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            with suppress(FileNotFoundError):  # gone while we looked
                if path.stat().st_mtime < before.timestamp():
                    yield path


def _holds(path: Path, data: bytes) -> bool:
    """Whether the file is there and whole; a damaged one is written anew."""
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False


def _write(path: Path, data: bytes) -> None:
    """The file appears under its name in one step, and only when all of it is on the disk."""
    fd, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _fsync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
