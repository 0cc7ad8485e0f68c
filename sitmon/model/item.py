"""An item: one published post, normalised (RSS item, Atom entry, tweet)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sitmon.model.terms import Reliability, Side

ItemKind = Literal["article", "post", "reply", "retweet", "quote"]
DateQuality = Literal["stated", "updated", "repaired", "bad", "missing"]


@dataclass(frozen=True, slots=True)
class Item:
    """One published post. All text in it has been cleaned for a terminal; all times are aware UTC."""

    id: str
    """Stable over feeds, fetches and machines: the same post has the same id wherever it was read."""
    source: str
    """Name of the source that it was first read from."""
    text: str
    title: str = ""
    url: str | None = None
    author: str | None = None
    """Byline, or the handle without "@"."""
    published: datetime | None = None
    """None where the item gives no plausible date; never the time of fetching."""
    date_quality: DateQuality = "stated"
    fetched: datetime | None = None
    """When this desk first read it; None for recorded items that are replayed."""
    kind: ItemKind = "article"
    ref: str | None = None
    """Id of the item that this one repeats, quotes or answers."""
    lang: str | None = None
    """What the feed or export says; a hint only, the classifier decides."""
    reliability: Reliability = "F"
    side: Side | None = None
    """The camp that the source (or the author, for a party's account) speaks for."""
    agency: str | None = None
    """The news agency whose own words these are, where the source is one."""
    place_hint: str | None = None
    """A place that the post itself was tagged with by its author (geotag), as plain words."""
    revision: int = 0
    """Raised when the publisher changes the words of the same post."""
    withdrawn: bool = False

    @property
    def body(self) -> str:
        """The text that every offset refers to: title, blank line, text; or the text alone."""
        if self.title and self.text:
            return f"{self.title}\n\n{self.text}"
        return self.title or self.text
