"""`sitmon sources add`, `import` and `export`: addresses and lists in, tables of the user's config out, and back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from sitmon import config
from sitmon.bootstrap_polling import fetcher
from sitmon.bootstrap_sources import watched
from sitmon.commands.session import Session, now
from sitmon.commands.sources import USABLE, report, visit
from sitmon.config import Config
from sitmon.config_edit import add_sources
from sitmon.errors import ExitCode, UsageError
from sitmon.ingest import exports, feeds, opml
from sitmon.ingest.answers import Answer, Fetched
from sitmon.ingest.discovery import FoundFeed, find_feeds
from sitmon.ingest.identity import canonical_url, host_of
from sitmon.ingest.opml import Outline
from sitmon.ingest.sanitise import clean_line, safe_url
from sitmon.ingest.targets import HIDDEN, without_secrets
from sitmon.model.item import Item
from sitmon.model.source import Failure, PollState, Source

NAME_LIMIT = 60
ENOUGH = 100
"""Posts after which a file is believed to be one that can be read."""
MAX_LIST = 20 * 1024 * 1024
Given = dict[str, str | bool]


class ClosedHostError(UsageError):
    """An address that is not asked as long as private hosts are not allowed."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{reason} (--allow-private-hosts)")


def add(session: Session, place: str, given: Given) -> int:
    """Add a feed, the feed of a page, or a file or folder to the config, after it was read once.

    `given` are keys of a source's table that the command line named. Raises UsageError where it cannot be added.
    """
    if not place.strip():
        raise UsageError("nothing to add: expected an address, a file or a folder")
    settings = session.config_to_write()
    path = Path(place).expanduser()
    if path.exists() or not _looks_like_address(place):
        table, said = _of_path(path, settings)
    else:
        table, said = asyncio.run(_of_address(session, settings, place, given))
    taken = _names(session, settings)
    wanted = str(given.get("name") or table["name"])
    if wanted in taken and given.get("name"):
        raise UsageError(f"there is a source {wanted!r} already; give another --name")
    table = {**table, **given, "name": _free(wanted, taken)}
    file = session.config_file or config.default_file()
    new = "" if file.expanduser().exists() else ", a new config"
    add_sources(file, [table])
    session.say(f"{table['name']}: {said}; added to {file}{new}")
    return ExitCode.FINE


def look(place: str, *, private: bool = False) -> Given:
    """Read a feed, the feed of a page, a file or a folder once; return its name and its address or path.

    Raises UsageError: it cannot be read; ClosedHostError where it might be with `private`.
    """
    path = Path(place).expanduser()
    if path.exists() or not _looks_like_address(place):
        return _of_path(path, Config())[0]
    return asyncio.run(_of_address(Session(), Config(), place, {"allow_private_hosts": private}))[0]


def _looks_like_address(place: str) -> bool:
    return place.startswith(("http://", "https://")) or ("." in place.split("/")[0] and not place.startswith("."))


def _of_path(path: Path, settings: Config) -> tuple[Given, str]:
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder, and no address either")
    path = path.absolute()
    if known := next((s.name for s in settings.sources if s.kind == "path" and Path(s.location) == path), None):
        raise UsageError(f"{path} is a source already: {known!r}")
    source = Source(path.stem, "path", str(path))
    count = 0
    for found in exports.read(path, source, now=now()):
        if isinstance(found, Item):
            count += 1
        elif not count and not path.is_dir():
            raise UsageError(f"{found.subject}: {found.reason}")
        if count == ENOUGH:
            break
    many = f"{count}{' or more' if count == ENOUGH else ''} posts in it"
    return {"name": _printed(path.stem), "path": str(path)}, many


async def _of_address(session: Session, settings: Config, address: str, given: Given) -> tuple[Given, str]:
    """Ask an address; where it is a page, ask the one feed that it names."""
    url = safe_url(address if "://" in address else f"https://{address}")
    if url is None:
        raise UsageError(f"{address!r} is no address that can be asked; expected http:// or https://")
    private = bool(given.get("allow_private_hosts"))
    async with fetcher(settings) as fetches:
        for _ in range(2):
            _refuse_known(url, settings)
            source = Source(host_of(url), "feed", url, allow_private_hosts=private)
            answer = await fetches.fetch(source, PollState(source.name), now())
            if not isinstance(answer, Fetched):
                raise _unread(url, answer, private)
            parsed = feeds.parse(answer.body, source, now=now(), content_type=answer.content_type, final_url=answer.url)
            if parsed.items or not parsed.failures:
                name = _printed(parsed.title) or host_of(url)
                return {"name": name, "url": url}, f"{len(parsed.items)} posts in {without_secrets(url)}"
            url = _only_feed(find_feeds(answer.body, answer.url, answer.content_type), url, parsed.failures[0])
    raise UsageError(f"{without_secrets(url)}: the page names it as its feed, but it is none")


def _unread(url: str, answer: Answer, private: bool) -> UsageError:
    """Return why an address gave nothing to read; `private`: private hosts were allowed."""
    if not isinstance(answer, Failure):
        return UsageError(f"{without_secrets(url)}: it answered without a body")
    reason = f"{without_secrets(url)}: {answer.reason}"
    return ClosedHostError(reason) if answer.kind == "refused" and not private else UsageError(reason)


def _only_feed(found: tuple[FoundFeed, ...], page: str, failure: Failure) -> str:
    """Return the one feed that a page declares. Raises UsageError where it names none, or several to choose from."""
    sure = [feed for feed in found if feed.sure] or list(found)
    if not sure:
        raise UsageError(f"{without_secrets(page)}: {failure.reason}, and it names no feed")
    if len(sure) > 1:
        lines = "\n".join(f"  sitmon sources add {f.url}" + (f"   # {f.title}" if f.title else "") for f in sure)
        raise UsageError(f"{without_secrets(page)} names {len(sure)} feeds; add the one you mean:\n{lines}")
    return sure[0].url


def _refuse_known(url: str, settings: Config) -> None:
    for source in settings.sources:
        if source.kind == "feed" and canonical_url(source.location) == canonical_url(url):
            raise UsageError(f"{without_secrets(url)} is a source already: {source.name!r}")


def import_list(session: Session, file: Path, given: Given, *, ask: bool) -> int:
    """Add the feeds of an OPML list to the config; with `ask`, only those that answer with a feed now."""
    settings = session.config_to_write()
    try:
        if file.stat().st_size > MAX_LIST:
            raise UsageError(f"{file}: a list of more than {MAX_LIST // 1024**2} MiB is not read")
        outlines, failures = opml.read(file.read_bytes(), str(file))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    for failure in failures:
        session.say(f"sitmon: {failure.subject}: {failure.reason}")
    known = {canonical_url(s.location) for s in settings.sources if s.kind == "feed"}
    new = [o for o in outlines if canonical_url(o.url) not in known]
    tables = _tables(new, _names(session, settings), given)
    if ask and tables:
        tables = _answering(session, settings, tables)
    target = session.config_file or config.default_file()
    if tables:
        add_sources(target, tables)
    left = len(new) - len(tables)
    session.say(
        f"{len(outlines)} feeds in {file}: {len(tables)} added to {target}, {len(outlines) - len(new)} known already"
        + (f", {left} left out (they did not answer; --no-check takes them too)" if left else "")
    )
    return ExitCode.FINE if tables or (outlines and not left) else ExitCode.FAILED


def _tables(outlines: Iterable[Outline], taken: set[str], given: Given) -> list[Given]:
    found: list[Given] = []
    for outline in outlines:
        name = _free(_printed(outline.name) or host_of(outline.url), taken)
        taken.add(name)
        folder = "/".join(part.replace("/", "-") for part in outline.folders)
        found.append({"name": name, "url": outline.url, "folder": folder, **given})
    return found


def _answering(session: Session, settings: Config, tables: list[Given]) -> list[Given]:
    """Return the tables whose sources answer with a feed; say of the others why they do not."""
    sources = [
        Source(str(t["name"]), "feed", str(t["url"]), allow_private_hosts=bool(t.get("allow_private_hosts")))
        for t in tables
    ]
    found = visit(session, settings, sources)
    for polled in found.values():
        session.say(report(polled))
    return [t for t in tables if found[str(t["name"])].health.health in USABLE]


def export_list(session: Session, out: TextIO, *, of_area: bool) -> int:
    """Print the feeds as an OPML list, with their folders; no user names, passwords, keys or headers."""
    settings = session.config()
    area = session.load_area(settings)
    sources = area.sources if of_area else watched(settings, area)
    out.write(
        opml.write(
            (
                Outline(s.name, without_secrets(s.location), tuple(filter(None, s.folder.split("/"))))
                for s in sources
                if s.kind == "feed"
            ),
            f"Sources of sitmon for {area.name}",
        )
    )
    if hidden := [s.name for s in sources if s.kind == "feed" and HIDDEN in without_secrets(s.location)]:
        session.say(f"keys in the addresses are written as {HIDDEN}; fill them in after an import: {', '.join(hidden)}")
    if left := sum(s.kind != "feed" for s in sources):
        session.say(f"{left} files or folders are left out: such a list holds feeds only")
    return ExitCode.FINE


def _printed(text: str) -> str:
    """Return a name without letters that cannot be seen, which a config's names must not have."""
    return "".join(c for c in clean_line(text, NAME_LIMIT) if c.isprintable())


def _names(session: Session, settings: Config) -> set[str]:
    names = {s.name for s in settings.sources}
    return names | {s.name for s in watched(settings, session.load_area(settings))} if settings.area_sources else names


def _free(name: str, taken: set[str]) -> str:
    """Return a name that no source has yet."""
    free, number = name, 1
    while free in taken:
        number += 1
        tail = f" ({number})"
        free = name[: NAME_LIMIT - len(tail)] + tail
    return free
