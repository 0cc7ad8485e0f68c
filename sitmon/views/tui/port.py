"""What the desk needs of the program behind it: a stream of updates down, an officer's hands up. It names no room."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from sitmon.area import Area
from sitmon.model.entry import Entry
from sitmon.model.picture import Picture
from sitmon.model.terms import Holder
from sitmon.model.update import Update

if TYPE_CHECKING:  # a first frame needs no ledger
    from sitmon.assess.why import Why


class Port(Protocol):
    """The desk's one door to the program. Every call returns soon: nothing here may hold up the screen."""

    @property
    def area(self) -> Area:
        """The area that this desk watches."""
        ...

    def now(self) -> datetime:
        """Return the desk's clock, aware UTC: the wall's, or the simulated one of a replay."""
        ...

    async def subscribe(self) -> AsyncIterator[Update]:
        """Return the desk's own stream: a snapshot first, then merged updates; it ends with the last update."""
        ...

    async def entries(self, ids: Sequence[str]) -> tuple[Entry, ...]:
        """Return the entries of these item ids that the log holds, oldest first."""
        ...

    async def explain(self, code: str, at: datetime | None = None) -> Why | None:
        """Return why a place has its status (or had it, as known at a moment), derived anew; None: nothing is known."""
        ...

    async def older(self, before: Entry, limit: int) -> tuple[Entry, ...]:
        """Return at most `limit` entries of the log that come right before this one, oldest first."""
        ...

    async def newest(self, limit: int) -> tuple[Entry, ...]:
        """Return the newest `limit` entries of the log, oldest first."""
        ...

    async def past(self, at: datetime, limit: int) -> tuple[Picture, tuple[Entry, ...]]:
        """Return the picture as it was known at a moment, folded from the log away from the screen's loop, and at most
        `limit` of the newest entries that the log held then, oldest first.
        """
        ...

    def pace(self, factor: float) -> float | None:
        """Play a replay so many times faster, or slower; return its new speed. None where nothing is replayed."""
        ...

    async def acknowledge(self, alert_id: str) -> None:
        """Note that the officer has seen an alert; the changed alert comes back in an update."""
        ...

    async def unmark(self, alert_id: str) -> None:
        """Take back the officer's newest mark on an alert."""
        ...

    async def silence(self, alert_id: str, until: datetime | None) -> None:
        """Keep an alert's place and kind quiet until a time; None: until the status changes."""
        ...

    async def note(self, subject: str, text: str) -> None:
        """Keep the officer's words about an alert id or a place code."""
        ...

    async def override(self, code: str, holder: Holder, reason: str) -> None:
        """Set a place's holder by the desk's own word, above the rules."""
        ...

    async def hand_over(self, reason: str) -> None:
        """Mark the moment at which this officer hands the desk to the next."""
        ...

    def refresh(self) -> bool:
        """Ask every source again at the next decent moment; False where there is none to ask (yet, or in a replay)."""
        ...
