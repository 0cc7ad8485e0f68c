"""A stream of bytes that holds JSON in, its records out one by one: lines, arrays, and arrays assigned in JavaScript.

Memory stays that of one record, however long the file. Nothing is ever evaluated: a JavaScript prefix is cut off.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

LONGEST_RECORD: Final = 32 * 1024 * 1024
"""Bytes of one record; a longer one is refused."""
_CHUNK: Final = 1 << 18
_ASSIGNED = re.compile(r"\s*[A-Za-z_$][\w.$\[\]\"']{0,100}\s*=\s*")
_BLANK = re.compile(r"[\s,]*")
_END = re.compile(r"[\s;\x00]*")
_BEHIND: Final = tuple(", ]\t\r\n")
_DECODER: Final = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Broken:
    """A stretch of a stream that cannot be read, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a stream of lines."""

    number: int
    end: int
    """Byte position right behind it, from where a later reading goes on."""
    record: Any
    """What its JSON holds, or Broken."""
    ended: bool = True
    """Whether a line end follows; a file that still grows may not have finished its last line."""


def read_lines(stream: BinaryIO, *, start: int = 0, number: int = 0) -> Iterator[Line]:
    """Yield the records of JSON lines; blank lines (keep-alives) are passed over.

    `start` and `number` are the byte position of the stream and the number of the last line before it.
    """
    position = start
    while raw := stream.readline(LONGEST_RECORD):
        position += len(raw)
        number += 1
        if not raw.endswith(b"\n") and len(raw) >= LONGEST_RECORD:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_RECORD)
                position += len(raw)
            yield Line(number, position, Broken(f"the line is longer than {LONGEST_RECORD >> 20} MiB"))
            continue
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").strip().rstrip("\x00")
        if not text and raw.endswith(b"\n") and b"\x00" in raw:
            yield Line(number, position, Broken("the line holds nothing but zero bytes: what stood there is lost"))
        elif text:
            yield Line(number, position, load(text), raw.endswith(b"\n"))


def load(text: str) -> Any:
    """Return what JSON text holds, or Broken."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return Broken(f"it is no JSON (column {error.colno}: {error.msg})")
    except (ValueError, RecursionError) as error:
        return Broken(f"it cannot be read as JSON ({error})")


def read_array(stream: BinaryIO) -> Iterator[Any]:
    """Yield the elements of an array, which may be assigned to a JavaScript variable; Broken where it breaks off."""
    decode = codecs.getincrementaldecoder("utf-8-sig")("replace")
    text = decode.decode(stream.read(_CHUNK))
    match = _ASSIGNED.match(text)
    at = _BLANK.match(text, match.end() if match else 0).end()  # type: ignore[union-attr]  # it matches nothing too
    if text[at : at + 1] != "[":
        yield Broken("no array begins where one should")
        return
    at += 1
    ended = False
    while True:
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
        if text[at : at + 1] == "]":
            if not _END.fullmatch(text, at + 1):
                yield Broken("more stands behind the end of the array: it was not read")
            return
        try:
            if at >= len(text):
                raise ValueError("the file ends within the array")
            record, end = _DECODER.raw_decode(text, at)
            # A number is whole only when something stands behind it: "1" may go on with "e+16".
            whole = not isinstance(record, int | float) or text[end : end + 1] in _BEHIND
            if not whole and (ended or end + 8 < len(text)):
                raise ValueError("a number is cut or damaged")
            if whole and (ended or end < len(text)):
                yield record
                at = end
                continue
        except (ValueError, RecursionError) as error:
            if ended or isinstance(error, RecursionError) or len(text) - at > LONGEST_RECORD:
                yield Broken(f"the array breaks off or is damaged ({_short(error)})")
                return
        # What is pending is read on in steps of its own length, so that one long record is not decoded too often.
        chunk = stream.read(max(_CHUNK, len(text) - at))
        ended = not chunk
        text, at = text[at:] + decode.decode(chunk, ended), 0


def read_whole(stream: BinaryIO, limit: int) -> Any:
    """Return what a document of at most `limit` bytes holds, which may be assigned in JavaScript; or Broken."""
    body = stream.read(limit + 1)
    if len(body) > limit:
        return Broken(f"the document is larger than {limit >> 20} MiB")
    text = body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    match = _ASSIGNED.match(text)
    return load(text[match.end() if match else 0 :].strip().rstrip(";"))


def _short(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)[:100]
