"""Alerts in, lines on stdout out; everything else goes to stderr. It knows no screen.

stdout is data and nothing else: one alert a line, flushed at once, so that the next program in a pipe has it at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from io import UnsupportedOperation
from typing import Literal, TextIO

from sitmon.model.alert import Alert
from sitmon.model.source import SourceHealth
from sitmon.model.update import Update
from sitmon.views.export import cap, jsonl
from sitmon.views.outlet import Outlet
from sitmon.views.wording import count

Format = Literal["text", "jsonl", "cap"]


class Printer:
    """Prints alerts as they come. Raises BrokenPipeError where the reader has gone; the command ends then.

    Raises io.UnsupportedOperation at once where the output is closed.
    """

    def __init__(self, form: Format, *, out: TextIO | None = None, exercise: bool = False, wait: bool = True) -> None:
        """Without `wait`, what a slow reader does not take at once is owed (see `trouble`), and the caller goes on."""
        out = out or sys.stdout
        if not out.writable():
            raise UnsupportedOperation("not writable")
        self._form = form
        self._outlet = Outlet(out, wait=wait)
        self._exercise = exercise
        self._told: dict[str, Alert] = {}
        """The newest alert of each fingerprint that was printed: what an update is one of."""
        self._printed: set[str] = set()
        self._owed: list[Alert] = []

    @property
    def trouble(self) -> str:
        """Why alerts cannot be printed now, in one sentence; empty where all is well."""
        return self._outlet.trouble

    @property
    def is_awaited(self) -> bool:
        """Whether only the reader has to be waited for; a disk that is full may stay so."""
        return self._outlet.has_slow_reader

    def miss_reader(self) -> None:
        """Raise BrokenPipeError where the reader has gone, though nothing is to be printed now."""
        if self._outlet.has_lost_its_reader:
            raise BrokenPipeError

    def resume(self, told: Iterable[Alert], owed: Iterable[Alert]) -> list[Alert]:
        """Take over from a run that was killed; return those of `owed` that stand in the output file already.

        `told` are all alerts that were ever raised: an update names the one that it is an update of.
        """
        owed = list(owed)
        before = {a.id: a for a in told}
        for name in (a.id for a in owed):
            before.pop(name, None)
        self._told.update((a.fingerprint, a) for a in sorted(before.values(), key=lambda a: (a.time, a.id)))
        self._printed.update(before)
        lines: dict[str, Alert] = {}
        printed = dict(self._told)
        for alert in owed:  # an update of one that is owed as well names that one
            lines[self._line(alert)] = alert
            self._told[alert.fingerprint] = alert
        held = self._outlet.held_already(lines)
        done = [alert for line, alert in lines.items() if line in held]
        self._told = printed | {a.fingerprint: a for a in done}
        self._printed.update(a.id for a in done)
        return done

    def print(self, alerts: Iterable[Alert], repeats: Iterable[Alert] = ()) -> list[Alert]:
        """Print the alerts that this printer has not printed yet, and those that are to be repeated; return them.

        What cannot be written (see `trouble`) is owed, and printed first by the next call.
        """
        again = {a.id for a in repeats}
        for alert in alerts:
            if (alert.state == "active" or alert.ends) and (alert.id not in self._printed or alert.id in again):
                self._printed.add(alert.id)
                self._outlet.put(self._line(alert))
                self._told[alert.fingerprint] = alert
                self._owed.append(alert)
        out = len(self._owed) - self._outlet.send()
        done, self._owed = self._owed[:out], self._owed[out:]
        return done

    def _line(self, alert: Alert) -> str:
        if self._form == "jsonl":
            return jsonl.line(jsonl.alert_of(alert))
        if self._form == "cap":
            earlier = self._told.get(alert.fingerprint) if alert.updates else None
            return cap.document(alert, status="Exercise" if self._exercise else "Actual", earlier=earlier)
        return alert_line(alert)


def alert_line(alert: Alert) -> str:
    """Return an alert as one line for a person: time, severity, what, why, how sure, how to ask for more."""
    time = jsonl.time_of(alert.time)
    update = "over: " if alert.ends else "update: " if alert.updates else ""
    told = f"{time} {alert.severity.upper():<8} {update}{alert.title} | {alert.reason}"
    return f"{told} | certainty: {alert.certainty} | sitmon why {alert.id}"


def health_line(health: SourceHealth) -> str:
    """Return a source's health as one line."""
    items = count(health.items, "item") if health.health in ("ok", "unchanged", "slow", "gap") else ""
    said = ", ".join(part for part in (items, health.reason) if part)
    return f"{health.source}: {health.health}" + (f" ({said})" if said else "")


class Diagnostics:
    """What a headless run says on stderr: each change of a source's health, and progress in words."""

    def __init__(
        self,
        *,
        quiet: bool = False,
        verbose: bool = False,
        err: TextIO | None = None,
        since: datetime | None = None,
    ) -> None:
        """`since`: how a source did when it was asked before is not told; who asks each once waits for the answer."""
        self._since = since
        self._quiet = quiet
        self._verbose = verbose
        self._err = err or sys.stderr
        self._health: dict[str, tuple[str, str]] = {}
        self._notes: dict[str, str] = {}

    def say(self, text: str) -> None:
        """Write one line, unless the run is quiet."""
        if not self._quiet:
            with suppress(OSError):  # a disk that holds stderr and is full ends no watch
                self._err.write(text + "\n")
                self._err.flush()

    def note(self, subject: str, trouble: str, *, well: str) -> None:
        """Write what is wrong with something, once for each trouble; and, when it is over, `well`."""
        if self._notes.get(subject, "") != trouble:
            self._notes[subject] = trouble
            self.say(f"{subject}: {trouble or well}")

    def say_health(self, health: SourceHealth) -> None:
        """Write how a source, or the log, does."""
        self.say(health_line(health))

    def follow(self, update: Update) -> None:
        """Write what changed in the sources' health, and why alerts are held back."""
        self.note("first round", update.held, well="it is over: what was held back is told")
        for health in update.health:
            if health.last_attempt is None and health.health == "ok":
                continue  # not polled yet
            if self._since is not None and (health.last_attempt is None or health.last_attempt < self._since):
                continue
            now = (health.health, health.reason)
            if self._health.get(health.source) == now and not self._verbose:
                continue
            if self._health.get(health.source) != now or self._verbose:
                self._health[health.source] = now
                self.say(f"{_clock(update.now)} {health_line(health)}")


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M:%SZ")
