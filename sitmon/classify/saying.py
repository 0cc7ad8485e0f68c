"""The `[saying]` tables of one language in, its verbs of saying and what stands around them out.

It must not read sentences: `frames.py` does.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.speech import Phrases, Tables

STANCES: Final = (
    "say", "add", "tell", "report", "claim", "admit", "deny", "vow", "warn", "ask", "call", "see", "done_by",
)  # fmt: skip
"""The keys of the table that hold verbs; "add", "tell" and "report" are kinds of "say".

"see" is what witnesses do; "done_by" are verbs in the passive, which speak only where "by" names somebody.
"""


class SayingWords:
    """The verbs of saying of one language, compiled from its `[saying]` tables."""

    def __init__(self, tables: Tables) -> None:
        self.cues: Phrases[str] = Phrases()
        self.verb_last = tables.word("order", ("svo", "sov")) == "sov"
        for stance in STANCES:
            self.cues.add(tables.phrases(f"saying.{stance}"), stance)
            self.cues.add(tables.conjugated(f"saying.infinitives.{stance}", "saying.conjugations"), stance)
        self.according: Phrases[str] = Phrases()
        self.according.add(tables.phrases("saying.according"), "say")
        self.quoting = tables.words("saying.quoting")
        self.as_saying: Phrases[str] = Phrases()
        self.as_saying.add(tables.phrases("saying.as_saying"), "say")
        self.according_after: Phrases[str] = Phrases()
        self.according_after.add(tables.phrases("saying.according_after"), "say")
        self.resuming: Phrases[str] = Phrases()
        self.resuming.add(tables.phrases("saying.resuming"), "it")
        self.answering: Phrases[str] = Phrases()
        self.answering.add(tables.phrases("saying.answering"), "it")
        self.asking = tables.words("saying.asking")
        self.by: Phrases[str] = Phrases()
        self.by.add(tables.phrases("saying.by"), "by")
        self.by_after: Phrases[str] = Phrases()
        self.by_after.add(tables.phrases("saying.by_after"), "by")
        self.topics = tables.words("saying.topics")
        self.happenings = tables.words("saying.happenings")
        self.doings = tables.words("saying.doings")
        self.clause_joints = tables.words("saying.clause_joints")
        self.strong = tables.words("saying.strong")
        self.pluperfect = tables.words("saying.pluperfect")
        self.hearer = tables.words("saying.hearer")
        self.that = tables.words("saying.that")
        self.media: Phrases[str] = Phrases()
        self.media.add(tables.phrases("saying.medium"), "medium")
        self.linking = tables.words("saying.links")
        self.passive = tables.words("saying.passive")
        self.no_verb_after = tables.words("saying.no_verb_after")
        self.nouns_too = tables.words("saying.nouns_too")
        self.noun_before = tables.words("saying.noun_before")
        self.noun_after = tables.words("saying.noun_after")
        self.not_said = tables.words("saying.not_said")
        self.participles = tables.words("saying.participles")
        self.determiners = tables.words("saying.hearer_articles")
        self.hearer_tail = tables.words("saying.hearer_tail")
        self._add_trailing(tables)
        self.calendar = tables.words("dates.weekdays") | tables.words("dates.months")
        self.days = frozenset(tables.numbers("dates.days")) | tables.words("dates.parts_of_day")
        self.first_words = self.cues.first_words() | self.according.first_words() | self.quoting
        self.first_words |= self.according_after.first_words()

    def _add_trailing(self, tables: Tables) -> None:
        """Add what a language whose verb comes last puts between the speaker and the verb."""
        self.asides = frozenset(tables.phrases("saying.asides"))
        self.longest_aside = max((len(p) for p in self.asides), default=0)
        self.hearer_after = tables.words("saying.hearer_after")
        self.hearer_before = tables.words("saying.hearer_before")
        self.never_hearer = tables.words("saying.never_hearer")
        self.aside_before = tables.words("saying.aside_before")
        self.object_marks = tables.words("saying.object_marks")
        self.outlets = tables.words("saying.outlets")
        self.news = tables.words("saying.news")
        self.about = tables.words("saying.about")
        self.nameless = tables.words("saying.nameless")
        self.around: dict[str, frozenset[str]] = {}
        for closer, *openers in tables.rows("saying.around"):
            self.around[closer] = frozenset(openers)
