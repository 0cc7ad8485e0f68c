"""What a map shows in, what stands below it out: its signs in words, or the province under the cursor."""

from __future__ import annotations

from sitmon.model.picture import Status
from sitmon.views.tui.ink import Look
from sitmon.views.tui.stage import Scene
from sitmon.views.wording import age, last_change


def named(scene: Scene, status: Status) -> str:
    """Return a province's name and how it stands, in a few words: its tile has room for three letters only."""
    province, since = scene.province(status.place.province), age(last_change(status, scene.now))
    word = scene.area.words.get(status.holder, status.holder)
    return f"{province}: {word}, {status.basis}" + (f" {since}" if since else "")


def legend(look: Look, scene: Scene) -> list[str]:
    """Return what the signs of a map mean, then the same with ever fewer of them."""
    words = scene.area.words
    names = [
        f"{look.glyph(h, 'confirmed')} {words.get(h, h).lower() if h != 'insurgent' else words.get(h, h).capitalize()}"
        for h in ("insurgent", "contested", "government")
    ]
    signs = [*names, look.sign("╱ unsettled"), "! fighting"]
    return [" ".join(signs[:number]) for number in range(len(signs), 0, -1)]
