"""Quotes in, who says what out: the words wrapped, the speaker in the colour of the side spoken for."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from textual.strip import Strip

from sitmon.views.tui import messages
from sitmon.views.tui.ink import Pen, ever_shorter, wrap, wrap_spans
from sitmon.views.tui.panes.empty import nothing_yet
from sitmon.views.tui.stage import Said, Scene
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.tui.widgets.zones import zone_of
from sitmon.views.tui.window import when
from sitmon.views.wording import clock, initials, stamp

TOGETHER = "\u00a0"
"""Between words that no line is broken at."""
LONGEST = 6
"""Lines of one quote; the whole of it is in the item's view."""


class QuotesPane(Lines[Said]):
    """The latest quotes, newest first."""

    TALL = True
    STREAMS = True
    ORDERS = ("newest first", "by speaker", "by side")
    BORDER_TITLE = "4 Quotes"

    def collect(self, scene: Scene) -> Sequence[Said]:
        newest = scene.quotes[::-1]
        if self.order == "by speaker":
            return sorted(newest, key=lambda s: (s.quote.speaker or s.quote.role or "\uffff").casefold())
        if self.order == "by side":
            return sorted(newest, key=lambda s: s.quote.side or "\uffff")
        return newest

    def key(self, row: Said) -> Hashable:
        return row.entry.item.id, row.number

    def fields(self, row: Said) -> Mapping[str, str]:
        place = self.scene.province(row.quote.place) if self.scene and row.quote.place else ""
        return {
            "": f"{row.quote.text} {row.quote.role or ''}",
            "speaker": row.quote.speaker or row.quote.role or "",
            "side": self._side(row),
            "place": f"{place} {row.quote.place or ''}",
            "source": row.entry.item.source,
            "type": row.quote.kind,
        }

    def paint(self, row: Said, pen: Pen) -> list[Strip]:
        assert self.scene is not None
        look, p = pen.look, pen.look.palette
        colour = look.of_side(row.quote.side)
        mark = look.sign("▌")
        open_sign, close_sign = ("“", "”") if row.quote.kind != "indirect" else ("", "")
        words = wrap(look.sign(f"{open_sign}{row.quote.text}{close_sign}"), pen.width - 2, LONGEST + 1)
        if len(words) > LONGEST:
            words = [*words[: LONGEST - 1], words[LONGEST - 1].rstrip() + look.sign(" …")]
        lines = [pen.line().put(mark, colour, 2).put(text, p.fg).done() for text in words]
        return [*lines, *self._speaker(row, pen, mark, colour), Pen(look, pen.width).line().done()]

    def _speaker(self, row: Said, pen: Pen, mark: str, colour: str) -> list[Strip]:
        """Return who says it, for whom, where it was read and when: never cut, broken between words instead."""
        assert self.scene is not None
        p, quote = pen.look.palette, row.quote
        name = quote.speaker or quote.role or "unnamed"
        role = f", {quote.role}" if quote.speaker and quote.role else ""
        at = clock(when(row.entry), zone_of(self.scene.area, self.local_times), now=self.scene.now)
        told = f"{initials(row.entry.item.source)} {at}".replace(" ", TOGETHER)
        text = pen.look.sign(f"{name}{role} ·{TOGETHER}{told}")
        lines = []
        side = row.quote.side
        # The side is told by a sign too: the bar's colour alone would not do.
        sign = pen.look.glyph(side, "confirmed") if side in ("insurgent", "government") else mark
        for words, start in wrap_spans(text, pen.width - 2):
            bold = max(0, len(name) - start)
            words = words.replace(TOGETHER, " ")
            line = pen.line().put(mark if start else sign, colour, 2).put(words[:bold], colour, bold=True)
            lines.append(line.put(words[bold:], p.dim).done())
        return lines

    def captions(self) -> Sequence[str]:
        if not self.total:
            return ()
        shown = [f"{len(self.rows)} of {self.total}", self.order] if self.wanted else [self.order]
        if not (self.has_focus and self.current is not None):
            return ever_shorter(*shown)
        return ever_shorter(self.current.entry.item.source, *shown)  # below the quote stands its code

    def why_empty(self, scene: Scene) -> Sequence[str]:
        if yet := nothing_yet(scene):
            return ("No quotes yet.", *yet)
        return ("No quotes.", "Nobody has been quoted in what was read so far.")

    def tells(self, row: Said) -> str:
        role = f", {row.quote.role}" if row.quote.speaker and row.quote.role else ""
        who = f"{row.quote.speaker or row.quote.role or 'unnamed'}{role}"
        address = f", {row.entry.item.url}" if row.entry.item.url else ""
        at = stamp(when(row.entry), zone_of(None, False))
        return f"“{row.quote.text}” — {who}; {row.entry.item.source}, {at}Z{address}"

    def link(self, row: Said) -> str | None:
        return row.entry.item.url

    def open(self, row: Said) -> None:
        self.post_message(messages.EntryOpened(row.entry, row.quote))

    def _side(self, row: Said) -> str:
        if row.quote.side is None or self.scene is None:
            return ""
        return f"{row.quote.side} {self.scene.area.sides.get(row.quote.side, '')}"
