"""Guids, links and words in, one name for the same post out, wherever and however often it was read.

Ids are `tw:<status id>` for posts of Twitter from any export, API or mirror, `tg:`, `bsky:` and `ap:` for those of
Telegram, Bluesky and Mastodon, and `f:` with a digest for everything that a feed names by guid, link or words alone.
Nothing here depends on when or from where a post was fetched.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|at_\w+|ns_\w+|cmp|cmpid|ocid|xtor|ref|ref_src|ref_url"
    r"|smid|partner|emc|traffic_source|wt_mc\w*|iref|feature|via|src|rss|_ga|__twitter_impression|spm|share\w*",
    re.IGNORECASE,
)
_REVISION = re.compile(r"#\d{1,3}$")
_STATUS_PATH = re.compile(r"/(?:(?P<user>\w{1,20})|i/web)/status(?:es)?/(?P<id>\d{1,20})(?:/.*)?", re.ASCII)
_STATUS_HOST = re.compile(r"(?:[\w-]+\.)*(?:twitter\.com|x\.com)|.*(?:nitter|xcancel|twstalker).*")
_FEDIVERSE = re.compile(
    r"https?://(?P<host>[\w.-]+)/(?:@[\w.@-]+|users/[\w.-]+/statuses)/(?P<id>\d{6,25})(?:/activity)?", re.ASCII
)
_BLUESKY = re.compile(
    r"(?:at://|https://bsky\.app/profile/)(?P<did>did:[\w:.%-]+)/(?:app\.bsky\.feed\.)?post/(?P<key>\w+)", re.ASCII
)
_TELEGRAM = re.compile(r"https?://t\.me/(?:s/)?(?P<name>[A-Za-z]\w{3,31})/(?P<id>\d{1,12})(?:\?.*)?", re.ASCII)
_GLOBAL_GUID = re.compile(r"(?:tag:|urn:|at://|acct:).+|[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9a-f]{32,64}")
_SNOWFLAKE_EPOCH: Final = 1288834974657
"""Milliseconds since 1970 at which Twitter began to put the time into its ids (4 November 2010)."""
_FIRST_SNOWFLAKE: Final = 29_700_859_247
_ALIKE: Final = str.maketrans("‘’‚‛“”„‟«»‐‑‒–—―\u00a0", '\'\'\'\'""""""------ ', "\ufffd")


def tweet_id(url: str | None) -> str | None:
    """Return the status id in the address of a tweet, on Twitter itself or on a mirror of it; None for any other."""
    match = _status(url)
    return match["id"] if match else None


def tweet_user(url: str | None) -> str | None:
    """Return the handle in the address of a tweet; None where it has none."""
    match = _status(url)
    return match["user"] if match else None


def _status(url: str | None) -> re.Match[str] | None:
    if not url or "/status" not in url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    # A mirror may have any name; Nitter ends the addresses of posts in "#m".
    known = _STATUS_HOST.fullmatch((parts.hostname or "").lower()) or parts.fragment == "m"
    return _STATUS_PATH.fullmatch(parts.path) if known else None


def post_id(address: str) -> str | None:
    """Return the id of the post that an address names, where the address itself says all that matters."""
    if found := tweet_id(address):
        return f"tw:{found}"
    # Nearly no address is one of these: what they all must have is looked for first.
    if ("/@" in address or "/statuses/" in address) and (match := _FEDIVERSE.fullmatch(address)):
        return f"ap:{match['host'].lower()}/{match['id']}"
    if "did:" in address and (match := _BLUESKY.fullmatch(address)):
        return f"bsky:{match['did']}/{match['key']}"
    if "//t.me/" in address and (match := _TELEGRAM.fullmatch(address)):
        return f"tg:{match['name'].lower()}/{match['id']}"
    return None


def check_status_id(raw: object, *, spreadsheet: bool = False) -> str:
    """Return a status id as the decimal string that it is; ValueError, in a plain sentence, for a damaged one.

    A spreadsheet turns the 19 digits into `1.42681E+18`, and software that counts in floating point into a number
    that ends in `.0`: what such an id named is lost, and a guess would merge strangers' posts. `spreadsheet` says
    that the id stood in a table, where one that ends in four zeros was rounded to the 15 digits a cell can hold.
    """
    if isinstance(raw, bool) or raw is None or raw == "":
        raise ValueError("it has no id")
    if isinstance(raw, float):
        raise ValueError(f"the id {raw!r} was damaged by a program that counts in floating point")
    text = str(raw).strip().strip("'\"")
    if re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?[eE][+]?\d+", text):
        raise ValueError(f"the id {text} was damaged by a spreadsheet; export it again as text")
    if re.fullmatch(r"\d+\.\d*", text):
        raise ValueError(f"the id {text} was damaged by a program that counts in floating point")
    if not re.fullmatch(r"\d{1,20}", text, re.ASCII):
        raise ValueError(f"{text[:40]!r} is no status id (1 to 20 digits)")
    if spreadsheet and len(text) >= 18 and text.endswith("0000"):
        raise ValueError(f"the id {text} was rounded by a spreadsheet; export it again as text")
    return text.lstrip("0") or "0"


def status_time(status_id: str) -> datetime | None:
    """Return when a tweet was posted, as its id says, to the second; None for ids from before November 2010."""
    number = int(status_id)
    if not _FIRST_SNOWFLAKE <= number < 2**63:
        return None
    return datetime.fromtimestamp(((number >> 22) + _SNOWFLAKE_EPOCH) // 1000, UTC)


def canonical_url(url: str) -> str:
    """Return what an address has in common with the other addresses of the same page.

    Scheme, "www.", default port, tracking parameters, the order of parameters, and a fragment that only counts
    revisions or readers do not matter. The result is a name to compare, not an address to open.
    """
    text = _REVISION.sub("", url.strip())
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower().removeprefix("www."), parts.port
    except ValueError:
        return text
    if not host:
        return text
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    query = "?" + urlencode(sorted(pairs)) if pairs else ""
    fragment = "" if "=" in parts.fragment or parts.fragment == "m" else parts.fragment
    return f"{where}{parts.path.rstrip('/')}{query}{'#' + fragment if fragment else ''}"


def is_page(url: str) -> bool:
    """Return whether an address names a page of its own, not only a site's front."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.path.strip("/") or parts.query or parts.fragment)


def feed_item_id(guid: str, link: str, words: str, scope: str) -> str:
    """Return the id of a feed's item.

    `link` is absolute or empty; `scope` names the feed (its site's host, else the source) for the guids that are
    unique within it only. In this order: the id of the post that it is (`post_id`), the guid, the link, the words.
    """
    for address in (link, guid):
        if found := post_id(address):
            return found
    guid = _REVISION.sub("", guid.strip())
    if guid:
        if guid.startswith(("http://", "https://")) and is_page(guid):
            return digest("u", canonical_url(guid))
        if _GLOBAL_GUID.fullmatch(guid.lower()):
            return digest("g", guid)
        host = host_of(link) if link else ""
        return digest("o", host or scope, guid)
    if link and is_page(link):
        return digest("u", canonical_url(link))
    return digest("h", scope, fold_words(words))


def host_of(url: str) -> str:
    """Return the host in an address, lower case and without "www."; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def digest(*parts: str) -> str:
    """Return an id made of the parts that name a thing."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return "f:" + hashlib.blake2b(joined, digest_size=10).hexdigest()


def fold_words(text: str) -> str:
    """Return a text as two readings of it are compared: shapes of quotes and dashes, case and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_ALIKE)).casefold().split())
