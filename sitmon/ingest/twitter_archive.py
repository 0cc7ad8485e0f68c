"""The archive that Twitter gives to the owner of an account in, the account's posts out.

All four generations: `data/tweets.js` with parts (since 2022), `data/tweet.js` (2019), `tweet.js` beside everything
(2018), and `data/js/tweets/2012_01.js` (to 2018). Only the posts are read, with the account's name and the full text of
long ones: never direct messages, likes, drafts or what was deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sitmon.ingest.dates import read_date
from sitmon.ingest.folders import Files, FolderError
from sitmon.ingest.json_stream import Broken, read_array, read_whole
from sitmon.ingest.posts import Found, Reading, Record, expand, guard, mapping, objects, string, unescape
from sitmon.ingest.tweets_api import read_v1

_POSTS = re.compile(r"(?:^|/)(?:tweets?|community-tweet)(?:-part\d+)?\.js$")
_MONTHS = re.compile(r"(?:^|/)data/js/tweets/\d{4}_\d{2}\.js$")
_ROOT = re.compile(r"(?:data/js/tweets/|data/)?[^/]+$")
_NOTES = re.compile(r"(?:^|/)note-tweet(?:-part\d+)?\.js$")
_ACCOUNT = re.compile(r"(?:^|/)account\.js$")
_DETAILS = re.compile(r"(?:^|/)data/js/user_details\.js$")
_MANIFEST = re.compile(r"(?:^|/)manifest\.js$")
_GLOBAL = re.compile(
    rb"\s*(?:window\.)?(?:YTD\.(?:tweets?|community_tweet)\.part\d+|Grailbird\.data\.tweets_\d{4}_\d{2})\s*="
)
_SMALL: Final = 4 * 1024 * 1024
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*(?:https?://t\.co/\w+\s*)?$")


_Notes = dict[int, list[tuple[str, str]]]
"""Second of creation -> the long posts of that second: (as it stands, with its links made long)."""


@dataclass(frozen=True, slots=True)
class _Account:
    """What the archive says apart from its posts."""

    name: str = ""
    notes: _Notes = field(default_factory=dict)


def find_roots(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders (with a "/" at the end, or empty) in which an archive's files lie, among files by name."""
    roots = {_ROOT.sub("", name) for name in names if _POSTS.search(name) or _MONTHS.search(name)}
    return tuple(sorted(roots))


def is_part(name: str) -> bool:
    """Return whether a file is one of those of an archive that are read."""
    return any(p.search(name) for p in (_POSTS, _MONTHS, _NOTES, _ACCOUNT, _DETAILS, _MANIFEST))


def is_archive_file(head: bytes) -> bool:
    """Return whether a file begins as the posts of an archive do (one that was taken out of its archive)."""
    return _GLOBAL.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read(files: Files, reading: Reading) -> Iterator[Found]:
    """Yield every post of an archive, in the order of its parts, and the reason for each that cannot be read."""
    names = files.names()
    account = _Account()
    parts = sorted((n for n in names if _POSTS.search(n) or _MONTHS.search(n)), key=_order)
    for name in names:
        if _ACCOUNT.search(name) or _DETAILS.search(name):
            account = _Account(account.name or _read_name(files, name), account.notes)
        elif _NOTES.search(name):
            yield from _collect_notes(files, name, account.notes, reading)
    listed = _listed(files, names)
    for name in parts:
        # The manifest says which files are the archive's: one that lies beside them is somebody else's.
        if listed and _base(name) not in listed:
            yield reading.at(name).refuse("the archive's manifest does not list it: it was not read")
            continue
        yield from _read_part(files, name, account, reading)
    present = {_base(name) for name in names}
    for missing in sorted(n for n, count in listed.items() if count != "0" and n not in present):
        yield reading.at(missing).refuse("the archive's manifest lists it, but it is missing")


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _order(name: str) -> tuple[int, str]:
    """Return where a part stands among the others: the first one has no number."""
    part = re.search(r"-part(\d+)\.js$", name)
    return (int(part[1]) if part else 0, name)


def read_file(stream: Any, reading: Reading) -> Iterator[Found]:
    """Yield the posts of one file of an archive that was taken out of it: nobody knows whose they are."""
    yield from _read_posts(stream, "", _Account(), reading)


def _read_part(files: Files, name: str, account: _Account, reading: Reading) -> Iterator[Found]:
    try:
        with files.open(name) as stream:
            head = stream.peek(200)[:200] if hasattr(stream, "peek") else b""
            if head and not is_archive_file(head) and not head.lstrip().startswith(b"["):
                yield reading.at(name).refuse("it is not what an archive's file of that name begins like")
                return
            yield from _read_posts(stream, name, account, reading)
    except FolderError as error:
        yield reading.refuse(error)


def _read_posts(stream: Any, name: str, account: _Account, reading: Reading) -> Iterator[Found]:
    for n, record in enumerate(read_array(stream), 1):
        at = reading.at(f"{name}, post {n}" if name else f"post {n}")
        if isinstance(record, Broken):
            yield at.refuse(record.reason)
        elif isinstance(record, dict):
            tweet = mapping(record, "tweet") or mapping(record, "communityTweet") or record
            yield from guard(lambda t, r: _post(t, account, r), tweet, at)
        else:
            yield at.refuse("it is no post")


def _post(tweet: Record, account: _Account, reading: Reading) -> Iterator[Found]:
    user = string(mapping(tweet, "user"), "screen_name") or account.name
    return read_v1(tweet, reading, author=user, full_text=_note_of(tweet, account, reading))


def _note_of(tweet: Record, account: _Account, reading: Reading) -> str:
    """Return the full text of a long post: its note has an id of its own, the same second and the same beginning."""
    if not account.notes:
        return ""
    created, _ = read_date(tweet.get("created_at"), reading.now)
    if created is None:
        return ""
    start = _CUT.sub("", unescape(string(tweet, "full_text", "text")))
    second = int(created.timestamp())
    candidates = account.notes.get(second, []) + account.notes.get(second - 1, []) + account.notes.get(second + 1, [])
    return next((long for raw, long in candidates if start and raw.startswith(start) and len(raw) > len(start)), "")


def _collect_notes(files: Files, name: str, notes: _Notes, reading: Reading) -> Iterator[Found]:
    try:
        with files.open(name) as stream:
            for record in read_array(stream):
                if isinstance(record, Broken):
                    yield reading.at(name).refuse(record.reason)
                    continue
                note = mapping(record, "noteTweet")
                core = mapping(note, "core")
                created, _ = read_date(note.get("createdAt"), reading.now)
                links = [(string(u, "shortUrl"), string(u, "expandedUrl")) for u in objects(core, "urls")]
                if created and string(core, "text"):
                    text = unescape(string(core, "text"))
                    notes.setdefault(int(created.timestamp()), []).append((text, expand(text, links)))
    except FolderError as error:
        yield reading.refuse(error)


def _read_name(files: Files, name: str) -> str:
    """Return the account's handle; empty where the file does not give it."""
    try:
        with files.open(name) as stream:
            found = read_whole(stream, _SMALL)
    except FolderError:
        return ""
    records = found if isinstance(found, list) else [found]
    return next((n for r in records if (n := string(mapping(r, "account") or r, "username", "screen_name"))), "")


def _listed(files: Files, names: tuple[str, ...]) -> dict[str, str]:
    """Return the files of posts that the archive's manifest lists, with their counts; empty where there is none.

    A file of nothing is listed with a count of 0, and is not always there.
    """
    manifest = next((n for n in names if _MANIFEST.search(n)), None)
    if manifest is None:
        return {}
    try:
        with files.open(manifest) as stream:
            found = read_whole(stream, _SMALL)
    except FolderError:
        return {}
    types = mapping(found, "dataTypes")
    listed = [f for key in ("tweets", "tweet", "communityTweet") for f in objects(mapping(types, key), "files")]
    named = ((_base(string(f, "fileName")), string(f, "count")) for f in listed)
    return {name: count for name, count in named if _POSTS.search(name)}
