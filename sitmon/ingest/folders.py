"""A folder or a zip in, its files by name out, within limits. It never writes, and never opens a zip inside a zip."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, Protocol

MAX_MEMBERS: Final = 500_000
"""An archive of a busy account has a picture for every other post."""
MAX_MEMBER_BYTES: Final = 200 * 1024 * 1024
MAX_TOTAL_BYTES: Final = 2 * 1024 * 1024 * 1024
MAX_RATIO: Final = 200
MAX_DEPTH: Final = 5
BUFFER: Final = 1 << 16
GZIP: Final = b"\x1f\x8b"
BZIP2: Final = b"BZh"


class FolderError(ValueError):
    """A folder or zip, or a file in it, that will not be read; the text says why."""


class Files(Protocol):
    """Files that lie together, by their names with "/" between the parts."""

    name: str

    def names(self) -> tuple[str, ...]:
        """Return the names of all files, sorted."""
        ...

    def open(self, name: str) -> BinaryIO:
        """Return a file's bytes as a stream; FolderError where it may not be read."""
        ...

    def size(self, name: str) -> int:
        """Return how many bytes a file has, unpacked."""
        ...

    def path_of(self, name: str) -> Path | None:
        """Return where a file lies on disk; None inside a zip."""
        ...


class Folder:
    """A folder on disk, to a depth of `MAX_DEPTH`. Hidden files and links are not looked at."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name

    def names(self) -> tuple[str, ...]:
        found: list[str] = []
        for folder, inner, files in os.walk(self.path, onerror=_refuse):
            here = Path(folder).relative_to(self.path)
            inner[:] = [d for d in inner if not d.startswith(".")] if len(here.parts) < MAX_DEPTH else []
            paths = (here / f for f in files if not f.startswith("."))
            found += [p.as_posix() for p in paths if stat.S_ISREG((self.path / p).lstat().st_mode)]
        return tuple(sorted(found))

    def open(self, name: str) -> BinaryIO:
        try:
            return (self.path / name).open("rb", buffering=BUFFER)
        except OSError as error:
            raise FolderError(f"{name} cannot be opened ({error.strerror})") from error

    def size(self, name: str) -> int:
        return (self.path / name).stat().st_size

    def path_of(self, name: str) -> Path | None:
        return self.path / name


class One(Folder):
    """One file on disk, as a folder with nothing else in it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.parent)
        self.name = path.name
        self._only = path.name

    def names(self) -> tuple[str, ...]:
        return (self._only,)


class Below:
    """What lies under one folder of other files."""

    def __init__(self, files: Files, root: str) -> None:
        self._files = files
        self._root = root
        self.name = f"{files.name}/{root}".rstrip("/")

    def names(self) -> tuple[str, ...]:
        return tuple(n.removeprefix(self._root) for n in self._files.names() if n.startswith(self._root))

    def open(self, name: str) -> BinaryIO:
        return self._files.open(self._root + name)

    def size(self, name: str) -> int:
        return self._files.size(self._root + name)

    def path_of(self, name: str) -> Path | None:
        return self._files.path_of(self._root + name)


class Zip:
    """A zip file. What it declares is checked at once, what it really holds while it is read."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        self.name = path.name
        self._file = file
        self._members = {i.filename: i for i in file.infolist() if not i.is_dir()}
        self._read = 0
        if len(file.infolist()) > MAX_MEMBERS:
            raise FolderError(f"it holds more than {MAX_MEMBERS:,} files")
        for name in self._members:
            if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or "\x00" in name:
                raise FolderError(f"a file in it has the name {name[:80]!r}, which leads out of it")

    def names(self) -> tuple[str, ...]:
        return tuple(
            sorted(n for n in self._members if not n.rpartition("/")[2].startswith(".") and "__MACOSX" not in n)
        )

    def open(self, name: str) -> BinaryIO:
        member = self._members[name]
        if member.flag_bits & 0x1:
            raise FolderError(f"{name} is encrypted")
        if member.file_size > MAX_MEMBER_BYTES:
            raise FolderError(f"{name} is larger than {MAX_MEMBER_BYTES >> 20} MiB")
        if member.file_size > MAX_RATIO * max(member.compress_size, 1024):
            raise FolderError(f"{name} is packed more than {MAX_RATIO} times: it is no export")
        try:
            stream = self._file.open(member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise FolderError(f"{name} cannot be unpacked ({error})") from error
        return io.BufferedReader(_Bounded(stream, name, MAX_MEMBER_BYTES, self.spend), BUFFER)

    def size(self, name: str) -> int:
        return self._members[name].file_size

    def path_of(self, name: str) -> Path | None:
        return None

    def spend(self, count: int, name: str) -> None:
        """Count the bytes unpacked so far; FolderError beyond the limit of the whole file."""
        self._read += count
        if self._read > MAX_TOTAL_BYTES:
            raise FolderError(f"{name}: the zip unpacks to more than {MAX_TOTAL_BYTES >> 30} GiB")


class _Bounded(io.RawIOBase):
    """An unpacked stream that stops where its limit is, and whose damage is a FolderError."""

    def __init__(self, stream: object, name: str, limit: int, spend: Callable[[int, str], None] | None) -> None:
        self._stream: BinaryIO = stream  # type: ignore[assignment]
        self._name = name
        self._limit = self._left = limit
        self._spend = spend

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except Exception as error:  # zipfile lets zlib, lzma, struct and its own errors through
            raise FolderError(f"{self._name} is damaged ({error})") from error
        self._left -= len(data)
        if self._left < 0:
            raise FolderError(f"{self._name} unpacks to more than {self._limit >> 20} MiB")
        if self._spend:
            self._spend(len(data), self._name)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def unpack(stream: BinaryIO, name: str) -> BinaryIO:
    """Return what a gzip or bzip2 stream holds, within the limit of a whole zip."""
    head = stream.peek(4)[:4] if isinstance(stream, io.BufferedReader) else b""
    packed = gzip.GzipFile(fileobj=stream) if head.startswith(GZIP) else bz2.BZ2File(stream)
    return io.BufferedReader(_Bounded(packed, name, MAX_TOTAL_BYTES, None), BUFFER)


def as_utf8(stream: BinaryIO, encoding: str) -> BinaryIO:
    """Return a stream of text in another encoding as one in UTF-8; what cannot be decoded is replaced."""
    return io.BufferedReader(_Recoded(io.TextIOWrapper(stream, encoding, "replace", newline="")), BUFFER)


class _Recoded(io.RawIOBase):
    """A text as the bytes of UTF-8. It does not close the stream below: that is its owner's."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._left or self._text.read(BUFFER).encode("utf-8", "replace")
        count = min(len(data), len(buffer))
        buffer[:count], self._left = data[:count], data[count:]
        return count

    def close(self) -> None:
        if not self.closed:
            self._text.detach()
        super().close()


@contextmanager
def open_zip(path: Path) -> Iterator[Zip]:
    """Open a zip for reading; FolderError where it is none, is damaged or is built to do harm."""
    try:
        file = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FolderError(f"it is no readable zip ({error})") from error
    with file:
        yield Zip(path, file)


def _refuse(error: OSError) -> None:
    raise FolderError(f"{error.filename} cannot be read ({error.strerror})")
