"""What has been told comes out the same in whatever order, and in whatever batches, a desk learns of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitmon.alert.memory import Memory, fingerprint, stem, subject
from sitmon.model.alert import Alert
from sitmon.model.mark import Mark
from sitmon.model.place import PlaceRef

START = datetime(2021, 8, 8, tzinfo=UTC)
WINDOW = timedelta(hours=6)
KUNDUZ, HERAT = "AF-KDZ/kunduz", "AF-HER/herat"
WHAT = {"status": ("insurgent", "government"), "event": ("suicide_bombing", "air_strike")}


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


def told(number: int, hour: int, kind: Any = "status", what: str = "insurgent", **fields: Any) -> Alert:
    code, day = fields.pop("code", KUNDUZ), fields.pop("day", 8)
    return Alert(
        id=f"{number:02}",
        fingerprint=fingerprint(kind, code, None, what, f"2021-08-{day:02}"),
        time=at(hour),
        kind=kind,
        title=what,
        reason="r",
        severity="Severe",
        urgency="Immediate",
        certainty="Likely",
        place=PlaceRef(code, code, "city", code[:6]),
        **fields,
    )


def ended(number: int, hour: int, old: Alert, *, ends: bool = True) -> Alert:
    """The word that one is over; in the logs of earlier versions, without the flag."""
    return replace(old, id=f"{number:02}", time=at(hour), state="resolved", updates=old.id, ends=ends, words=0)


@dataclass(frozen=True)
class History:
    """A log, in its order, and what a desk learns of it when: parts of it, each with the hour of the desk's clock."""

    log: tuple[Alert, ...]
    learned: tuple[tuple[Alert, ...], ...]
    marks: tuple[tuple[Mark, ...], ...]
    """Those that come before each part."""


@st.composite
def histories(draw: st.DrawFn) -> History:
    log: list[Alert] = []
    for number, hour in enumerate(sorted(draw(st.lists(st.integers(0, 8), min_size=2, max_size=7)))):
        old = draw(st.sampled_from([a for a in log if not a.ends] or [None]))
        if old is not None and draw(st.integers(0, 2)) == 0:
            log.append(ended(number, hour, old, ends=draw(st.booleans())))
            continue
        kind = draw(st.sampled_from(("status", "status", "event")))
        fields: dict[str, Any] = {"code": draw(st.sampled_from((KUNDUZ, HERAT))), "day": draw(st.integers(8, 9))}
        fields |= {"state": draw(st.sampled_from(("active", "silenced")))}
        fields |= {"words": draw(st.integers(0, 2))} if kind == "event" else {}
        log.append(told(number, hour, kind, draw(st.sampled_from(WHAT[kind])), **fields))
    # Ids say nothing of the order; those of one moment reach every desk as they stand in the log.
    names = {a.id: name for a, name in zip(log, draw(st.permutations([f"x{n}" for n in range(len(log))])), strict=True)}
    log = [replace(a, id=names[a.id], updates=names.get(a.updates or "")) for a in log]
    came = draw(st.permutations(log))
    waiting = {time: list(group) for time, group in groupby(log, key=lambda a: a.time)}
    came = [waiting[a.time].pop(0) for a in came]
    cuts = sorted(draw(st.sets(st.integers(1, len(came) - 1))))
    parts = tuple(tuple(came[a:b]) for a, b in pairwise([0, *cuts, len(came)]))
    marks: list[list[Mark]] = [[] for _ in parts]
    for number in range(draw(st.integers(0, 4))):
        marks[draw(st.integers(0, len(parts) - 1))].append(_mark(draw, f"m{number}", log))
    return History(tuple(log), parts, tuple(map(tuple, marks)))


def _mark(draw: st.DrawFn, name: str, log: list[Alert]) -> Mark:
    time, kind = at(draw(st.integers(0, 20))), draw(st.sampled_from(("acknowledge", "silence", "unmark")))
    if kind == "silence":
        until = draw(st.one_of(st.none(), st.integers(1, 12).map(lambda h: time + timedelta(hours=h))))
        return Mark(name, "silence", draw(st.sampled_from((KUNDUZ, "AF-HER", "*"))), "Aziz", time, until=until)
    of = [a.id for a in log] if kind == "acknowledge" else [a.id for a in log] + ["m0", "m1", KUNDUZ]
    return Mark(name, kind, draw(st.sampled_from(of)), "Aziz", time)


def over(log: tuple[Alert, ...]) -> set[str]:
    """Return the ids of what is overtaken: the log read from its start, by the plainest of rules."""
    found: set[str] = set()
    before: list[Alert] = []
    for new in log:
        for old in before:
            same = old.fingerprint == new.fingerprint
            rival = subject(old.fingerprint) == subject(new.fingerprint) and stem(old.fingerprint) != stem(
                new.fingerprint
            )
            if same or (new.state != "resolved" and new.kind == "status" and rival):
                found.add(old.id)
        if new.state == "resolved":
            found.add(new.id)
        if not new.ends:
            before.append(new)
    return found


CAPTURE, RECAPTURE = told(0, 9), told(1, 10, what="government")
LATE = (CAPTURE, RECAPTURE, ended(2, 12, RECAPTURE))


@given(histories())
@example(History(LATE, (LATE[1:], LATE[:1]), ((), ())))
def test_learned_in_any_order_and_in_any_parts_is_filed_in_the_order_of_time(history: History) -> None:
    marks = [m for some in history.marks for m in some]
    end = at(10 + 2 * len(history.learned))
    wanted = Memory(WINDOW)
    states = {a.id: a.state for a in wanted.restore(history.log, marks, end)}
    assert {name for name, state in states.items() if state == "resolved"} == over(history.log)

    desk = Memory(WINDOW)
    shown: dict[str, str] = {}
    for number, (part, given_before) in enumerate(zip(history.learned, history.marks, strict=True)):
        now = at(10 + 2 * number)
        for mark in given_before:
            shown |= {a.id: a.state for a in desk.mark(mark, now)}
        shown |= {a.id: a.state for a in desk.learn((*part, *history.learned[0]), now)}
    assert desk.learn(history.log, end) == ()
    shown |= {a.id: a.state for a in desk.look(end)}
    assert shown == states, "what the desk was told"
    assert desk.all() == wanted.all()
    for alert in history.log:
        name = alert.fingerprint
        assert desk.latest(subject(name)) == wanted.latest(subject(name))
        assert desk.alerts(stem(name)) == wanted.alerts(stem(name))
        assert desk.find(alert, apart=timedelta(days=1)) == wanted.find(alert, apart=timedelta(days=1))
        assert _name(desk.printed(alert)) == _name(wanted.printed(alert))
        assert desk.sent(alert.id) == wanted.sent(alert.id)
    again = Memory(WINDOW)
    again.restore(desk.as_filed(desk.all()), marks, end)
    assert again.all() == desk.all()


def _name(alert: Alert | None) -> str | None:
    return alert.id if alert is not None else None


@pytest.mark.parametrize("names", [("1", "2", "3"), ("3", "2", "1"), ("2", "3", "1")])
def test_alerts_of_one_moment_stand_as_they_came(names: tuple[str, str, str]) -> None:
    """One poll brings a claim, its concession and the recapture: their ids say nothing of the order."""
    claim = replace(told(0, 9), id=names[0])
    concession = replace(claim, id=names[1], updates=names[0])
    recapture = replace(told(0, 9, what="government"), id=names[2])
    live = Memory(WINDOW)
    for alert in (claim, concession, recapture):
        live.file(alert)
    log = Memory(WINDOW)
    log.restore((claim, concession, recapture), (), None)
    for memory in (live, log):
        assert [a.id for a in memory.open()] == [recapture.id]
        assert memory.latest(subject(claim.fingerprint)) == recapture


def test_what_a_slow_clock_files_late_is_overtaken_by_what_stands_after_it() -> None:
    memory = Memory(WINDOW)
    assert memory.file(RECAPTURE) == ()
    assert memory.file(CAPTURE) == (replace(CAPTURE, state="resolved"),)
    assert memory.open() == (RECAPTURE,)


def test_an_id_is_filed_once() -> None:
    memory = Memory(WINDOW)
    memory.file(CAPTURE)
    memory.file(RECAPTURE)
    assert memory.file(CAPTURE) == ()
    assert memory.open() == (RECAPTURE,)
