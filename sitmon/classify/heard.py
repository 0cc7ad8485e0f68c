"""A document's places and who speaks in it in, the same places out, those put behind where somebody only speaks.

It must not say where anything happens: "a diplomat in Kabul said that fighting went on in Ghazni" is about Ghazni. What
somebody tells without naming another place may well be told of where they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from sitmon.classify.gazetteer import Named
from sitmon.classify.statements import Statement
from sitmon.classify.text import Document

_BEHIND: Final = 6
"""Letters at most between a speaker who is named last and where they are: "said an official in Kabul"."""


def put_behind(doc: Document, named: list[Named], statements: Sequence[Statement]) -> list[Named]:
    """Return the names; where somebody only speaks is no scene if what they tell has one of its own."""
    scenes = [n for n in named if n.part == "scene"]
    starts = [doc.starts[n.first] for n in scenes]
    heard: set[int] = set()
    for statement in statements:
        voice = statement.voice
        reach = voice.end + (_BEHIND if voice.start >= statement.end else 0)
        here = scenes[bisect_left(starts, voice.start) : bisect_left(starts, reach)] if voice.end > voice.start else []
        if len(here) != 1:
            continue  # nobody speaks in two places
        told = scenes[bisect_left(starts, statement.start) : bisect_left(starts, statement.end)]
        if told and all(n.place.province != here[0].place.province for n in told):
            heard.add(here[0].first)
    return [n._replace(part="dweller") if n.first in heard else n for n in named] if heard else named
