"""Grave alerts in, a bell, a desktop notification and the terminal's title out: our own words, never a feed's bytes.

A notification is OSC 9, wrapped for tmux (which passes it on where `allow-passthrough` is on). The title is OSC 2; the
terminal's own title is put on its stack (XTWINOPS 22) at the start and taken back at the end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from sitmon.model.alert import Alert
from sitmon.views.wording import SEVERITY_RANK

Notify = Literal["bell", "osc9", "none"]
EVERY: Final = timedelta(seconds=30)
"""Between two bells, or two notifications."""
KEEP_TITLE: Final = "\x1b[22;2t"
GIVE_BACK_TITLE: Final = "\x1b[23;2t"
_LONGEST: Final = 160


def printable(text: str) -> str:
    """Return text that can stand inside an escape sequence: whatever could end one, or begin one, is left out."""
    return "".join(c for c in text if c.isprintable())[:_LONGEST]


def notification(text: str, environment: Mapping[str, str]) -> str:
    """Return what makes a terminal show a desktop notification."""
    sequence = f"\x1b]9;{printable(text)}\x07"
    if "TMUX" not in environment:
        return sequence
    inner = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{inner}\x1b\\"


def title(open_alerts: int) -> str:
    """Return what sets the terminal's title: the program's name, and how many alerts nobody has seen."""
    return f"\x1b]2;sitmon{f' ^{open_alerts}' if open_alerts else ''}\x07"


class Attention:
    """Calls the officer when something grave comes, not too often, in the way that the config wants."""

    def __init__(
        self,
        notify: Notify,
        *,
        bell: Callable[[], None],
        write: Callable[[str], None],
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """`write` sends a control sequence to the terminal past the screen."""
        self._notify = notify
        self._bell = bell
        self._write = write
        self._environment = environment
        self._called: datetime | None = None
        self._titled: int | None = None

    def call(self, alerts: Sequence[Alert], now: datetime) -> None:
        """Call for the grave ones among alerts that have just come, if there are any."""
        grave = [a for a in alerts if a.state == "active" and a.severity in ("Extreme", "Severe")]
        if not grave or self._notify == "none" or (self._called is not None and now - self._called < EVERY):
            return
        self._called = now
        if self._notify == "osc9":
            worst = min(grave, key=lambda a: (SEVERITY_RANK[a.severity], a.time))
            more = f" (+{len(grave) - 1})" if len(grave) > 1 else ""
            self._write(notification(f"sitmon: {worst.severity}: {worst.title}{more}", self._environment))
        else:
            self._bell()

    def entitle(self, open_alerts: int) -> None:
        """Keep the terminal's title at the number of open alerts."""
        if open_alerts != self._titled:
            self._write((KEEP_TITLE if self._titled is None else "") + title(open_alerts))
            self._titled = open_alerts

    def leave(self) -> None:
        """Give the terminal its own title back."""
        if self._titled is not None:
            self._write(GIVE_BACK_TITLE)
            self._titled = None
