"""A scene in, why a pane has nothing to show yet out, one thing a line. What else an empty pane says is its own."""

from __future__ import annotations

from sitmon.views.tui.stage import Scene
from sitmon.views.wording import count


def nothing_yet(scene: Scene) -> tuple[str, ...]:
    """Return why there can be nothing yet; empty where there could be."""
    if not scene.started:
        if not scene.live:
            return ("The recorded items are being read.",)
        return ("The log is being read.", "What each side holds is worked out from it.")
    asking = any(h.last_attempt is None for h in scene.health)
    if scene.progress is None and not asking:
        return _silence(scene)
    if not scene.live:
        return ("The replay has only begun.",)
    return ("The sources are being read for the first time.",)


def _silence(scene: Scene) -> tuple[str, ...]:
    """Return why nothing is heard where no source of a live desk answers; empty where one does."""
    if not scene.live or not scene.health or scene.feeds_up:
        return ()
    first = next((h for h in scene.health if h.reason), scene.health[0])
    more = len(scene.health) - 1
    others = f" {count(more, 'other')} {'is' if more == 1 else 'are'} silent too." if more else ""
    reason = f"{first.source}: {first.reason or first.health}".rstrip(".")
    return (f"No source answers. {reason}.{others}", "i tells of each source; r asks again")
