"""Bytes as they came over the wire in, the body out, never more of it than the limits allow. Pure.

A megabyte of gzip can be a gigabyte of zeros, and an HTTP library inflates it without a word. So the answer is read
raw and inflated here, a bounded piece at a time: what is over a limit is never built.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

PIECE: Final = 64 * 1024
"""The most that one step of inflating builds, in bytes."""
RATIO_FLOOR: Final = 1024 * 1024
"""Below this many inflated bytes no ratio is judged: small repetitive feeds compress very well."""
MEMBERS: Final = 64
"""Parts of one gzip body; a hostile one has a hundred thousand empty ones."""
GZIP_MAGIC: Final = b"\x1f\x8b\x08"


class TooLargeError(Exception):
    """The body is over a limit; the text says which."""


class DamagedError(Exception):
    """The body's compression is broken, cut short, or of a kind that was not asked for."""


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """Sizes in bytes."""

    wire: int = 2 * 1024 * 1024
    """Of a compressed body, as sent. A body sent plain may be as large as an inflated one."""
    inflated: int = 10 * 1024 * 1024
    ratio: int = 100
    """Inflated bytes for one byte sent."""


class Body:
    """Collects one body: `add` what comes, then `finish`. Both raise TooLargeError and DamagedError."""

    def __init__(self, encoding: str, limits: BodyLimits) -> None:
        """`encoding` is the Content-Encoding header; gzip and deflate are understood, twice at most."""
        self._limits = limits
        names = [name.strip().lower() for name in encoding.split(",")]
        kinds = [name for name in names if name not in ("", "identity", "none")]
        if len(kinds) > 2:
            raise DamagedError("the body is compressed more than twice")
        # Applied by the server from left to right, so taken off from right to left.
        self._stages = [_stage(kind) for kind in reversed(kinds)]
        self._sniffed = bool(self._stages)
        self._parts: list[bytes] = []
        self._wire = 0
        self._size = 0

    def add(self, chunk: bytes) -> None:
        """Take the next bytes from the wire."""
        if not chunk:
            return
        if not self._sniffed:
            # Files that are kept compressed (feed.xml.gz) are often sent without saying so.
            self._sniffed = True
            if chunk.startswith(GZIP_MAGIC):
                self._stages = [_Gzip()]
        self._wire += len(chunk)
        if self._stages and self._wire > self._limits.wire:
            raise TooLargeError(f"the compressed body is larger than {_mib(self._limits.wire)}")
        for piece in self._through(chunk, 0):
            self._size += len(piece)
            if self._size > self._limits.inflated:
                raise TooLargeError(f"the body is larger than {_mib(self._limits.inflated)}")
            if self._stages and self._size > max(RATIO_FLOOR, self._wire * self._limits.ratio):
                raise TooLargeError(f"the body inflates more than {self._limits.ratio} times")
            self._parts.append(piece)

    def finish(self) -> bytes:
        """Return the whole body. Raises DamagedError where the compressed data ends early."""
        if any(not stage.complete for stage in self._stages) and self._wire:
            raise DamagedError("the compressed body ends early")
        return b"".join(self._parts)

    def _through(self, data: bytes, stage: int) -> Iterator[bytes]:
        if stage == len(self._stages):
            yield data
            return
        for piece in self._stages[stage].inflate(data):
            yield from self._through(piece, stage + 1)


class _Gzip:
    """gzip, members one after another; bytes after the last one that are no gzip are left out, as browsers do."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(wbits=31)
        self._members = 1
        self._past_end = False

    @property
    def complete(self) -> bool:
        return self._engine.eof or self._past_end

    def inflate(self, data: bytes) -> Iterator[bytes]:
        while data and not self._past_end:
            if self._engine.eof:
                if not data.startswith(GZIP_MAGIC[:1]):
                    self._past_end = True
                    return
                self._members += 1
                if self._members > MEMBERS:
                    raise DamagedError("the compressed body has too many parts")
                self._engine = zlib.decompressobj(wbits=31)
            yield from _pieces(self._engine, data)
            data = self._engine.unused_data


class _Deflate:
    """deflate: the standard says zlib, some servers send it raw; the first byte tells."""

    def __init__(self) -> None:
        self._engine: zlib._Decompress | None = None

    @property
    def complete(self) -> bool:
        return self._engine is not None and self._engine.eof

    def inflate(self, data: bytes) -> Iterator[bytes]:
        if self._engine is None:
            is_zlib = data[0] & 0x0F == 8 and data[0] >> 4 <= 7
            self._engine = zlib.decompressobj(wbits=15 if is_zlib else -15)
        if not self._engine.eof:
            yield from _pieces(self._engine, data)


def _stage(kind: str) -> _Gzip | _Deflate:
    if kind in ("gzip", "x-gzip"):
        return _Gzip()
    if kind == "deflate":
        return _Deflate()
    shown = kind if kind.isascii() and kind.isalnum() and len(kind) < 16 else "unknown"
    raise DamagedError(f"the body is compressed in a way that was not asked for ({shown})")


def _pieces(engine: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    while not engine.eof:
        try:
            piece = engine.decompress(data, PIECE)
        except zlib.error:
            raise DamagedError("the compressed body is damaged") from None
        data = engine.unconsumed_tail
        if piece:
            yield piece
        if not data and len(piece) < PIECE:  # a full piece may have left output behind in the engine
            return


def _mib(size: int) -> str:
    return f"{size / (1024 * 1024):g} MiB"
