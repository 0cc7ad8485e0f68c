"""A document's places and who speaks in it in, the same places out, those put behind where somebody only speaks.

It must not say where anything happens: "a diplomat in Kabul said that fighting went on in Ghazni" is about Ghazni. What
somebody tells without naming another place may well be told of where they are, and so may whatever has no place of its
own beside it: "the city", or a second clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from sitmon.classify.gazetteer import Named
from sitmon.classify.grammar import Grammar
from sitmon.classify.lexicon import Marked
from sitmon.classify.speakers import Voice
from sitmon.classify.statements import Statement
from sitmon.model.terms import SITE_KINDS

_BEHIND: Final = 6
"""Letters at most between a speaker who is named last and where they are: "said an official in Kabul"."""


class Heard:
    """Tells where somebody only speaks, with the words of an area's cues."""

    def __init__(self, grammar: Grammar) -> None:
        sites = grammar.of(*(f"site_{kind}" for kind in SITE_KINDS))
        here = grammar.of("city_word", "district_word", "region", "capital_word")
        self._unplaced = grammar.joint | grammar.link | sites | here | grammar.of("from", "towards") | frozenset(",;:")
        self._here = grammar.little("here")

    def put_behind(self, marked: Marked, named: list[Named], statements: Sequence[Statement]) -> list[Named]:
        """Return the names; where somebody only speaks is no scene if all that they tell has one of its own."""
        starts = marked.doc.starts
        scenes = [n for n in named if n.part == "scene"]
        begins = [starts[n.first] for n in scenes]
        heard: set[int] = set()
        told_by: dict[Voice, list[Statement]] = {}
        for statement in statements:
            told_by.setdefault(statement.voice, []).append(statement)
        for voice, told in told_by.items():
            if voice.end <= voice.start:
                continue
            for last in {voice.start >= s.end for s in told}:
                reach = voice.end + (_BEHIND if last else 0)
                here = scenes[bisect_left(begins, voice.start) : bisect_left(begins, reach)]
                if len(here) != 1:
                    continue  # nobody speaks in two places
                if all(self._elsewhere(marked, s, here[0], scenes, begins) for s in told):
                    heard.add(here[0].first)
        return [n._replace(part="dweller") if n.first in heard else n for n in named] if heard else named

    def _elsewhere(
        self, marked: Marked, told: Statement, here: Named, scenes: Sequence[Named], begins: Sequence[int]
    ) -> bool:
        """Whether what is told is one clause, of another province than where it is told."""
        places = scenes[bisect_left(begins, told.start) : bisect_left(begins, told.end)]
        if not places or any(n.place.province == here.place.province for n in places):
            return False
        starts = marked.doc.starts
        first, last = bisect_left(starts, told.start), bisect_left(starts, told.end)
        return self._unplaced.isdisjoint(marked.symbols[first:last]) and self._here.isdisjoint(
            marked.doc.words[first:last]
        )
