"""Entries of the log in, one line each out, the newest on top; older ones come from the log when they are reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.strip import Strip

from sitmon.model.entry import Entry
from sitmon.model.place import PlaceRef
from sitmon.model.report import Report
from sitmon.model.terms import MOVING
from sitmon.views.tui import messages
from sitmon.views.tui.ink import Pen, ever_shorter
from sitmon.views.tui.panes.empty import nothing_yet
from sitmon.views.tui.panes.status import NEW
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.tui.widgets.zones import zone_of
from sitmon.views.tui.window import when
from sitmon.views.wording import clock, count, event, initials, stamp

PLACE, SOURCE = 12, 14
"""Cells of two columns where no longer name was seen."""
LONGEST = 30
"""Cells that no name goes beyond: the longest of the area's own are 23 (a district) and 29 (a source)."""
WIDE = 90
"""From this width on the source's name is written out and the kind of event has a column."""


class FeedPane(Lines[Entry]):
    """Every item that came in, with the place and the event that it tells of."""

    STREAMS = True
    BORDER_TITLE = "5 Feed"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._widest = {"place": PLACE, "source": SOURCE}

    def collect(self, scene: Scene) -> Sequence[Entry]:
        return scene.entries[::-1]

    def key(self, row: Entry) -> str:
        return row.item.id

    def fields(self, row: Entry) -> Mapping[str, str]:
        reports = row.verdict.reports
        places = {r.place.name for r in reports if r.place} | {m.place.name for m in row.verdict.places}
        provinces = {self.scene.province(code) for code in row.verdict.provinces} if self.scene else set()
        return {
            "": row.item.body,
            "place": " ".join(sorted(places | provinces)),
            "source": f"{row.item.source} {initials(row.item.source)} {row.item.author or ''}",
            "type": " ".join(row.verdict.event_types),
            "side": row.item.side or "",
            "basis": " ".join(r.basis or "" for r in reports),
        }

    def paint(self, row: Entry, pen: Pen) -> list[Strip]:
        assert self.scene is not None
        scene, look, p = self.scene, pen.look, pen.look.palette
        item, report = row.item, first_report(row)
        line = pen.line().put(
            clock(item.published, zone_of(scene.area, self.local_times), now=scene.now),
            p.dim,
            7 if pen.width >= 60 else 6,
        )
        if pen.width >= WIDE:
            line.put(item.source, p.dim, self._column("source", item.source) + 1)
        else:
            line.put(initials(item.source), p.dim, 6)
        place = report.place if report else row.verdict.places[0].place if row.verdict.places else None
        status = scene.picture.statuses.get(place.code) if place else None
        if scene.is_new(row.known):
            line.put(look.sign(NEW), p.accent, 2, bold=True)
        elif status is not None:
            line.put(look.glyph(status.holder, status.basis), look.of_holder(status.holder), 2)
        else:
            line.gap(2)
        name = self._place_name(place)
        line.put(name, p.fg, self._column("place", name), bold=report is not None).gap()
        if pen.width >= WIDE:
            line.put(event(report.event_type) if report else "", p.caution if report else p.dim, 15)
        said = item.title or item.text
        line.put(" ".join(said.split("\n")[:2]), p.fg if report else p.dim)
        return [line.done()]

    def _column(self, column: str, text: str) -> int:
        """Return how wide a column is: as the longest of what was seen in it, so that no name is cut."""
        width = min(cell_len(text), LONGEST)
        if width > self._widest[column]:
            self._widest[column] = width
            self.call_later(self._forget)
        return self._widest[column]

    def _place_name(self, place: PlaceRef | None) -> str:
        """Return the name of the place; of a site, that of its city: the site itself stands in the item's view."""
        if place is None or self.scene is None:
            return ""
        whole = self.scene.area.places.get(place.code)
        city = self.scene.area.places.get(whole.parent) if whole and whole.site and whole.parent else None
        return city.name if city else place.name

    def captions(self) -> Sequence[str]:
        if self.scene is None or not self.total:
            return ()
        if self.wanted:
            found = f"{len(self.rows):,} of {self.total:,} · esc clears"
            return f"filter: {self.wanted.text} · {found}", found
        if self.scene.beyond:
            return (f"far back · {self.scene.beyond:,} newer · f follow",)
        if self.unseen:
            return (f"{self.total:,} items · +{self.unseen:,} new · f follow",)
        reads = "following" if self.following else "reading", count(self.total, "item")
        if not (self.has_focus and self.current is not None) or self.size.width >= WIDE:
            return ever_shorter(*reads)
        return ever_shorter(self.current.item.source, *reads)  # in the row stands its code

    def why_empty(self, scene: Scene) -> Sequence[str]:
        if not scene.live:
            return ("No items yet.", *nothing_yet(scene))
        if scene.progress is not None:
            done, total = scene.progress.done, scene.progress.total
            return ("No items yet.", f"{scene.progress.what} {done:,}/{total:,}", "i sources and their errors   ? keys")
        if not scene.started:
            return nothing_yet(scene)
        if not scene.health:
            return (
                "No items, and no sources.",
                "sitmon sources add URL names one in the config file; ? shows all keys.",
            )
        if yet := nothing_yet(scene):
            return ("No items yet.", *yet)
        return ("No items yet.", f"{scene.feeds_up} of {len(scene.health)} sources answer.", "r ask now   i sources")

    def tells(self, row: Entry) -> str:
        address = f" {row.item.url}" if row.item.url else ""
        said = row.item.title or row.item.text
        return f"{stamp(when(row), zone_of(None, False))}Z {row.item.source}: {said}{address}"

    def link(self, row: Entry) -> str | None:
        return row.item.url

    def open(self, row: Entry) -> None:
        self.post_message(messages.EntryOpened(row))

    @property
    def following(self) -> bool:
        return super().following and not (self.scene and self.scene.beyond)

    def action_top(self) -> None:
        if self.scene is not None and self.scene.beyond:
            self.post_message(messages.NewestWanted())
        super().action_top()

    action_follow = action_top

    def at_end(self) -> None:
        if self.scene is not None and self.scene.entries and (self.cursor or self.wanted):
            self.post_message(messages.EndReached(self.scene.entries[0]))


def first_report(entry: Entry) -> Report | None:
    """Return the report that an entry is shown by: the first that may move something and has a place."""
    moving = [r for r in entry.verdict.reports if r.modality in MOVING]
    return next((r for r in moving if r.place is not None), moving[0] if moving else None)
