"""Bytes of a document in, its text out, whatever its server or its first line say about the encoding.

What the bytes are beats what anybody says they are: UTF-8 hardly ever decodes by accident. Never raises.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
# Browsers read these names as their Windows supersets, and publishers mean them so.
_SUPERSETS: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-6": "cp1256"}
_ESCAPING: Final = frozenset({"iso2022_jp", "iso2022_kr", "hz"})
# Python has codecs that are no encodings of documents ("zip"), and one that takes quadratic time ("punycode").
_USED = re.compile(
    r"utf-(?:8|16|32)|cp\d|iso8859|iso2022|koi8|mac-|shift_jis|euc|gb|big5|hz$|ascii$|tis-620|johab|kz1048"
)


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of a document, without a byte order mark.

    In this order: a byte order mark; UTF-8 if all of it is; the encoding that the XML declaration names, then the
    server's, if all of it can be read so; UTF-8 with a few replaced characters (a cut or damaged document); UTF-16
    without a mark; Windows-1252.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace").lstrip("\ufeff")
    said = _said(body, content_type)
    for encoding in said:
        if encoding in _ESCAPING and (text := _try(body, encoding)) is not None:
            return text
    if (text := _try(body, "utf-8")) is not None and "\x00" not in text[:400]:
        return text
    for encoding in ("utf-16-le", "utf-16-be"):
        if body[:400].count(0) > len(body[:400]) // 4 and b"<" in body[:4] and _zeros_fit(body, encoding):
            return body.decode(encoding, "replace")
    for encoding in said:
        if encoding not in ("utf-8", "utf-16", "utf-32") and (text := _try(body, encoding)) is not None:
            return text
    replaced = body.decode("utf-8", "replace")
    bad = replaced.count("\ufffd")
    good = sum(1 for c in replaced if c > "\x7f") - bad
    # Cut in the middle of a letter, or with more letters whole than broken.
    if good > bad or not replaced.rstrip("\ufffd").count("\ufffd"):
        return replaced
    return body.decode("cp1252", "replace")


def _said(body: bytes, content_type: str | None) -> list[str]:
    """Return the encodings that the document and its server claim, by Python's names, supersets instead of subsets."""
    names: list[str] = []
    if match := _DECLARED.search(body[:1024]):
        names.append(match[1].decode("ascii"))
    if content_type and (found := _HEADER.search(content_type)):
        names.append(found[1])
    known: list[str] = []
    for name in names:
        try:
            info = codecs.lookup(name)
        except (LookupError, ValueError):
            continue
        if _USED.match(info.name):
            known.append(_SUPERSETS.get(info.name, info.name))
    return known


def _try(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _zeros_fit(body: bytes, encoding: str) -> bool:
    """Return whether the zero bytes of a text of Latin markup stand where this byte order puts them."""
    return body[1 if encoding == "utf-16-le" else 0 : 400 : 2].count(0) > len(body[:400]) // 4
