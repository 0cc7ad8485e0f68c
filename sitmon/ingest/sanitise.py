"""Foreign text in, text that no terminal can be harmed by out. It never judges what the text says.

Three depths, for three uses:

- `clean` (and `clean_line`, `clean_html`): normalises too; what every item that is read from a feed or export gets.
- `mask`: keeps the length, so that offsets into what a caller handed in still hold after it.
- `safe_url`: an address that may be shown and opened, or None.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

HTML_LIMIT: Final = 64 * 1024
"""Characters of HTML that are parsed at all; the rest of a longer document is not looked at."""
URL_LIMIT: Final = 2000
MARKS_LIMIT: Final = 3
"""Combining marks on one letter; more of them paint over the neighbouring lines."""

# ECMA-48 control sequences that are complete. Each alternative stops at the next ESC, which keeps a text full of
# unterminated ones linear. An unterminated one loses only its ESC: deleting to the end would eat the headline.
_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*+[ -/]*+[@-~]"  # CSI
    r"|\x1b[\]PX^_][^\x07\x1b\x9c\n]*+(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    r"|\x1b[ -/]++[0-~]"  # character sets
)
_ASCII_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\t]")
_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACES = re.compile(r" {2,}")
_BLANK_LINES = re.compile(r"\n{3,}")
_MANY_MARKS = re.compile(r"[^\w\s\x00-\u02ff\u2000-\u206f]{4}")  # marks are no word characters
_JOINERS = re.compile("[\u200c\u200d]+")
# A block tag starts a new line, a table cell a new word; the document's own line ends are only spaces.
_BLOCK = re.compile(
    r"<(?=/?(?:p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|tr|table|blockquote|section|article|header|footer|figure|figcaption"
    r"|pre|hr|main|aside|address)\b)",
    re.IGNORECASE,
)
_CELL = re.compile(r"<(?=/?t[dh]\b)", re.IGNORECASE)
# What most feeds write between their words: tags that only mark words up or set them apart, whose text stands where it
# is written. (In a table it may not.) The parser, which costs more to set up than to run, is for all the rest.
_SIMPLE = re.compile(
    r"</?(?:p|br|b|i|u|s|a|em|strong|span|div|ul|ol|li|blockquote|h[1-6]|img|hr|small|sub|sup|cite|figure|figcaption)"
    r"""(?:\s++[a-z:_-]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++))?)*+\s*+/?>""",
    re.IGNORECASE | re.ASCII,
)
_ODD_REFERENCE = re.compile("&#(?!(?:3[489]|160|8[0-9]{3});)")
_UNSEEN = ["script", "style", "noscript", "template", "iframe", "object", "svg", "math", "select", "textarea", "head"]
_PLAIN_URL = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,4})?(?:/[\w/:?#@!$&'()*+,;=%.~-]*)?", re.ASCII)
_URL_SAFE = "/:?#[]@!$&'()*+,;=%-._~"


def _fates() -> dict[int, str | None]:
    """Build the table of code points that never stay as they are: to drop (None), or what stands in for them."""
    table: dict[int, str | None] = dict.fromkeys(range(0x20))
    table |= {0x09: " ", 0x0A: "\n", 0x0B: " ", 0x0C: " ", 0x0D: "\n", 0x7F: None}
    for code in range(0x80, 0xA0):
        # Feeds carry C1 code points as broken curly quotes far more often than as controls.
        table[code] = bytes([code]).decode("cp1252", "ignore") or None
    dropped = [0xAD, 0x034F, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x20E3, 0xFEFF, 0xFFFE, 0xFFFF, 0x17B4, 0x17B5]
    dropped += [*range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0x180B, 0x180E)]
    dropped += [*range(0xFFF0, 0xFFFC), *range(0x1D173, 0x1D17B), *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE1000)]
    dropped += range(0xFDD0, 0xFDF0)
    table |= dict.fromkeys(dropped)
    table |= dict.fromkeys([0x2028, 0x2029], "\n")
    table |= dict.fromkeys([0x115F, 0x1160, 0x3164, 0xFFA0], " ")  # Hangul fillers: wide and blank
    table |= dict.fromkeys([*range(0xD800, 0xE000), *range(0xE000, 0xF900)], "\ufffd")
    return table


def _ranges(codes: Iterable[int]) -> str:
    """Return the code points of the first plane as the inside of a character class."""
    parts: list[str] = []
    ordered = sorted(c for c in codes if c < 0x10000)
    start = 0
    for n, code in enumerate(ordered, 1):
        if n == len(ordered) or ordered[n] != code + 1:
            parts.append(f"\\u{ordered[start]:04x}-\\u{code:04x}")
            start = n
    return "".join(parts)


_FATES: Final = _fates()
# Where marks are, or may be: of the scripts that feeds here are written in exactly, of the others with their letters.
_MARKED: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u1cff\u1dc0-\u1dff\u20d0-\u20ff"
    "\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e\ufe00-\ufe2f"
)
# Finding that a text holds nothing that needs a second look is far faster than that look. A set of characters is only
# fast in `re` while all of them are of the first plane; a text with any beyond it is looked at.
_NOTABLE = re.compile(
    f"[{_ranges(c for c in _FATES if c != 0x0A)}{_MARKED}\u00a0\u1680\u2000-\u200d\u202f\u205f\u3000]"
)
_MASKS: Final = {code: "\n" if code == 0x0A else " " for code in _FATES}


def clean(text: str, limit: int) -> str:
    """Return `text` without anything that a terminal would obey or that hides words, at most `limit` characters long.

    Dropped: control characters (C0, C1, DEL) and whole escape sequences, bidi overrides, zero-width and tag
    characters, variation selectors, more than three marks on a letter. Kept: line ends (runs of blank lines shrink
    to one), and a zero-width (non-)joiner between Arabic-script letters, where it is spelling. NFC. Cleaning what
    is clean changes nothing. Linear in the text.
    """
    cut = text[: limit * 4 + 256]
    plain = cut.isascii()
    if _ASCII_CONTROL.search(cut) if plain else _NOTABLE.search(cut) or _goes_beyond(cut):
        cut = _SEQUENCE.sub("", cut).replace("\r\n", "\n").translate(_FATES)
        cut = unicodedata.normalize("NFC", _astral_private_use(cut))
        if "\u200c" in cut or "\u200d" in cut:
            cut = unicodedata.normalize("NFC", _JOINERS.sub(_joiner, cut))
        cut = _ODD_SPACE.sub(" ", _limit_marks(cut))
    elif not plain:
        cut = unicodedata.normalize("NFC", cut)  # of what has no marks it makes no three in a row
    cut = _tidy_space(cut)
    if len(cut) > limit:
        cut = _JOINERS.sub(_joiner, cut[:limit].rstrip()).rstrip()
    return cut


def clean_line(text: str, limit: int) -> str:
    """Return `text` cleaned and folded to one line: titles, names, bylines."""
    cleaned = clean(text, limit)
    return cleaned if "\n" not in cleaned else " ".join(cleaned.split())


def clean_html(markup: str, limit: int) -> str:
    """Return the text of a piece of HTML, cleaned; paragraphs, items and breaks become line ends.

    Entities are resolved before the cleaning, twice where the publisher escaped twice, so that `&#27;` never
    survives. Of more than `HTML_LIMIT` characters only the first are read.
    """
    cut = markup[:HTML_LIMIT]
    if "<" in cut:
        cut = _text_of(cut)
    elif "&" in cut:
        cut = html.unescape(cut)
    if "&" in cut:
        cut = html.unescape(cut)
    return clean(cut, limit)


def clean_html_line(markup: str, limit: int) -> str:
    """Return the text of a piece of HTML, cleaned and folded to one line."""
    cleaned = clean_html(markup, limit)
    return cleaned if "\n" not in cleaned else " ".join(cleaned.split())


def drop_sequences(text: str) -> str:
    """Return `text` without whole escape sequences; everything else stays."""
    return _SEQUENCE.sub("", text) if "\x1b" in text else text


def mask(text: str, limit: int) -> str:
    """Return `text` with every character that a terminal would obey turned into one space: the same length.

    For texts that a caller hands in and gets offsets into back. Only the end may be missing, past `limit`.
    """
    cut = text[:limit]
    if cut.isascii() and not _ASCII_CONTROL.search(cut):
        return cut
    return _astral_private_use(cut.translate(_MASKS))


def safe_url(url: object) -> str | None:
    """Return an http(s) address in plain ASCII that may be shown and opened, or None.

    Letters beyond ASCII are percent-encoded, a host's are put into IDNA. Refused: other schemes, no host, a user name
    or password in it, control characters, more than `URL_LIMIT` characters.
    """
    if not isinstance(url, str):
        return None
    url = url.strip()
    if len(url) <= URL_LIMIT and _PLAIN_URL.fullmatch(url):
        return url
    if not url[:8].lower().startswith(("http://", "https://")) or len(url) > URL_LIMIT:
        return None
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for c in url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        if not host or "@" in parts.netloc:
            return None
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", host):
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None:
        netloc = f"{netloc}:{port}"
    path, query, fragment = (quote(part, safe=_URL_SAFE) for part in (parts.path, parts.query, parts.fragment))
    whole = urlunsplit((parts.scheme.lower(), netloc, path, query, fragment))
    return whole if len(whole) <= URL_LIMIT else None


def _text_of(markup: str) -> str:
    """Return the text of HTML, with a line end where a block starts or ends."""
    flat = " ".join(markup.split())
    marked = _BLOCK.sub("\n<", flat)
    if "<t" in marked or "<T" in marked:
        marked = _CELL.sub(" <", marked)
    pieces = _SIMPLE.split(marked)
    if not any("<" in piece or "\x00" in piece for piece in pieces) and not _ODD_REFERENCE.search(marked):
        text = "".join(html.unescape(piece) if "&" in piece else piece for piece in pieces)
        return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
    tree = LexborHTMLParser(marked.encode("utf-8", "replace"))
    tree.strip_tags(_UNSEEN)
    root = tree.body or tree.root
    return root.text(deep=True, separator="") if root is not None else ""


def _tidy_space(text: str) -> str:
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if "\n" in text:
        text = text.replace(" \n", "\n").replace("\n ", "\n")
        if "\n\n\n" in text:
            text = _BLANK_LINES.sub("\n\n", text)
    return text.strip()


def _joiner(match: re.Match[str]) -> str:
    """Keep one joiner where it stands between two letters of the Arabic script."""
    before = match.string[match.start() - 1] if match.start() else ""
    after = match.string[match.end()] if match.end() < len(match.string) else ""
    return match[0][0] if _is_arabic_letter(before) and _is_arabic_letter(after) else ""


def _is_arabic_letter(char: str) -> bool:
    return bool(char) and (
        ("\u0600" <= char <= "\u08ff" or "\ufb50" <= char <= "\ufeff") and unicodedata.category(char)[0] == "L"
    )


def _goes_beyond(text: str) -> bool:
    """Return whether any character is beyond the first plane: the only ones that UTF-16 writes as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


def _astral_private_use(text: str) -> str:
    """Replace the private use and non-characters beyond the first plane (131,072 of them: not in the table)."""
    if text and max(text) >= "\U000f0000":
        return "".join("\ufffd" if c >= "\U000f0000" else c for c in text)
    return text


def _limit_marks(text: str) -> str:
    """Drop the combining marks beyond the third in a row."""
    if not _MANY_MARKS.search(text):
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if char > "\u02ff" and unicodedata.category(char)[0] == "M" else 0
        if run <= MARKS_LIMIT:
            kept.append(char)
    return "".join(kept)
