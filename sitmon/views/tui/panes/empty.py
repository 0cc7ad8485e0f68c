"""A scene in, why a pane has nothing to show yet out, one thing a line. What else an empty pane says is its own."""

from __future__ import annotations

from sitmon.views.tui.stage import Scene


def nothing_yet(scene: Scene) -> tuple[str, ...]:
    """Return why there can be nothing yet; empty where there could be."""
    if not scene.started:
        if not scene.live:
            return ("The recorded items are being read.",)
        return ("The log is being read.", "What each side holds is worked out from it.")
    asking = any(h.last_attempt is None for h in scene.health)
    if scene.progress is None and not asking:
        return ()
    if not scene.live:
        return ("The replay has only begun.",)
    return ("The sources are being read for the first time.",)
