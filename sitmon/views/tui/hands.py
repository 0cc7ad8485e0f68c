"""What an officer does: acknowledge, silence, take back, note, override, hand over. The port keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sitmon.model.alert import Alert
from sitmon.model.terms import Holder
from sitmon.views.tui.port import Port

SPANS: Final[dict[str, timedelta | None]] = {
    "15 minutes": timedelta(minutes=15),
    "1 hour": timedelta(hours=1),
    "8 hours": timedelta(hours=8),
    "until the status changes": None,
}
"""How long an alert can be silenced, by the words of the question."""


class Hands:
    """An officer's acts of this sitting, so that the last can be taken back."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self._done: list[tuple[str, ...]] = []

    async def acknowledge(self, alerts: Sequence[Alert]) -> str:
        """Acknowledge those of the alerts that are open; return what to tell the officer."""
        open_ones = tuple(a.id for a in alerts if a.state == "active")
        for alert_id in open_ones:
            await self._port.acknowledge(alert_id)
        if not open_ones:
            return "nothing to acknowledge here: no alert is open"
        self._done.append(open_ones)
        return (
            f"{len(open_ones)} acknowledged · u takes it back"
            if len(open_ones) > 1
            else "acknowledged · u takes it back"
        )

    async def undo(self) -> str:
        """Take the last acknowledgement back; return what to tell the officer."""
        if not self._done:
            return "nothing to take back"
        for alert_id in (last := self._done.pop()):
            await self._port.unmark(alert_id)
        return f"{len(last)} open again" if len(last) > 1 else "open again"

    async def silence(self, alert: Alert, answer: str, now: datetime) -> str:
        """Silence an alert for the span that the officer chose; return what to tell the officer."""
        span = SPANS[answer]
        await self._port.silence(alert.id, now + span if span else None)
        return f"silenced for {answer}" if span else f"silenced {answer}"

    async def note(self, subject: str, name: str, text: str) -> str:
        """Keep the officer's words about an alert or a place; return what to tell the officer."""
        await self._port.note(subject, text)
        return f"noted for {name}"

    async def override(self, code: str, name: str, holder: Holder, reason: str) -> str:
        """Set who holds a place by the desk's own word; return what to tell the officer."""
        await self._port.override(code, holder, reason)
        return f"{name} set to {holder} by the desk; why shows the reason"

    async def hand_over(self, reason: str) -> str:
        """Hand the desk to the next officer; return what to tell the officer."""
        await self._port.hand_over(reason)
        return "handed over: the count since the last handover begins anew"
