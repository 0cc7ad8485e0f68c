"""A list of feeds in OPML in, outlines out, and back. Nothing that a list says is ever run or fetched here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from sitmon.ingest.charset import decode
from sitmon.ingest.identity import canonical_url, host_of
from sitmon.ingest.sanitise import clean_line, safe_url
from sitmon.model.source import Failure

NAME_LIMIT: Final = 120
MAX_OUTLINES: Final = 10_000
MAX_DEPTH: Final = 20
_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    name: str
    url: str
    folders: tuple[str, ...] = ()
    """The folders that it lies in, outermost first."""
    site: str | None = None


def read(body: bytes, where: str) -> tuple[tuple[Outline, ...], tuple[Failure, ...]]:
    """Return a list's feeds, each address and each name once, and why any entry is left out.

    `where` names the list in the failures. Accepted are http(s) addresses only: some readers let a list name programs
    to run, and were attacked with it.
    """
    text = _BARE_AMPERSAND.sub("&amp;", _DECLARATION.sub("", decode(body).lstrip("\ufeff"), count=1)).strip()
    if "<!ENTITY" in text:
        return (), (Failure(where, "it declares entities of its own: it was not read", "refused"),)
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        line, column = error.position
        return (), (Failure(where, f"it is no OPML (line {line}, column {column})"),)
    if root.tag.lower() != "opml" or (head := root.find("body")) is None:
        return (), (Failure(where, "it is no OPML: there is no <opml> with a <body>"),)
    return _collect(head, where)


def _collect(body: ET.Element, where: str) -> tuple[tuple[Outline, ...], tuple[Failure, ...]]:
    outlines: list[Outline] = []
    failures: list[Failure] = []
    pages: set[str] = set()
    names: dict[str, int] = {}
    for number, (element, folders) in enumerate(_walk(body, ()), 1):
        given = element.get("xmlUrl") or element.get("xmlurl") or ""
        called = clean_line(element.get("title") or element.get("text") or "", NAME_LIMIT)
        at = f"{where}: outline {number}" + (f" ({called})" if called else "")
        if number > MAX_OUTLINES:
            failures.append(
                Failure(where, f"it has more than {MAX_OUTLINES} entries; the rest was not read", "too_large")
            )
            break
        url = safe_url(given)
        if url is None:
            failures.append(Failure(at, "its address is none that may be fetched: expected http:// or https://"))
            continue
        page = canonical_url(url)
        if page in pages:
            continue
        pages.add(page)
        name = _free(called or host_of(url), names)
        site = safe_url(element.get("htmlUrl"))
        outlines.append(Outline(name, url, folders, site))
    return tuple(outlines), tuple(failures)


def _walk(parent: ET.Element, folders: tuple[str, ...]) -> Iterator[tuple[ET.Element, tuple[str, ...]]]:
    """Yield every outline that names a feed, with the folders that it lies in."""
    for element in parent:
        if element.tag.lower() != "outline":
            continue
        if element.get("xmlUrl") or element.get("xmlurl") or element.get("type", "").lower() in ("rss", "atom"):
            yield element, folders
        elif len(element) and len(folders) < MAX_DEPTH:
            name = clean_line(element.get("title") or element.get("text") or "", NAME_LIMIT)
            yield from _walk(element, (*folders, name) if name else folders)


def _free(name: str, taken: dict[str, int]) -> str:
    """Return a name that no other source of the list has, and take it."""
    free = name
    while free in taken:
        taken[name] += 1
        free = f"{name} ({taken[name]})"
    taken[free] = 1
    return free


def write(outlines: Iterable[Outline], title: str) -> str:
    """Return a list as an OPML 2.0 document that `read` reads back to the same outlines."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    body = ET.SubElement(root, "body")
    folders: dict[tuple[str, ...], ET.Element] = {(): body}
    for outline in outlines:
        for depth in range(1, len(outline.folders) + 1):
            path = outline.folders[:depth]
            if path not in folders:
                folders[path] = ET.SubElement(folders[path[:-1]], "outline", text=path[-1], title=path[-1])
        entry = {"type": "rss", "text": outline.name, "title": outline.name, "xmlUrl": outline.url}
        if outline.site:
            entry["htmlUrl"] = outline.site
        ET.SubElement(folders[outline.folders], "outline", entry)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
