"""An item in, a `Verdict` out: the list of steps, and nothing else.

Offsets are of `Item.body`. What is not said is None; nothing is guessed. It must not read the clock, nor keep anything
from one item to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sitmon import area_weights
from sitmon.area import Area, CueFile
from sitmon.classify import cues as cue_files
from sitmon.classify import language, quotes, text
from sitmon.classify.answers import Answers
from sitmon.classify.arbiter import Arbiter, Ranked
from sitmon.classify.attribution import Attributor
from sitmon.classify.basis import turn_admitted
from sitmon.classify.casualties import Counter
from sitmon.classify.change import Change
from sitmon.classify.dates import Calendar
from sitmon.classify.events import Events, Told
from sitmon.classify.final_parties import verb_last
from sitmon.classify.finals import Finals
from sitmon.classify.fusing import DEEDS, fuse
from sitmon.classify.gazetteer import Gazetteer, Named
from sitmon.classify.grammar import Grammar, Sentence
from sitmon.classify.heard import Heard
from sitmon.classify.lexicon import NUMBER, Marked
from sitmon.classify.modality import ACTUAL, Manner, Modalities
from sitmon.classify.owning import Owning
from sitmon.classify.placing import Placing, PlacingWords
from sitmon.classify.reports import Draft, Drafting
from sitmon.classify.statements import Statement, speaker_at
from sitmon.classify.territory import Territory
from sitmon.classify.undone import Undone
from sitmon.classify.unlisted import Unlisted
from sitmon.classify.writing import Writing
from sitmon.garbage import collector_paused
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.report import Mention, Report
from sitmon.model.terms import MOVING, TERRITORY, Side

KEPT: Final = TERRITORY | {"clash", "air_strike"}
"""What is reported also where it did not happen: planned, feared, denied or long ago. Of deeds a denial is, too."""
_CROWD: Final = frozenset({"protest", "protest_intervention", "excessive_force", "riot"})
"""What people do who gather."""
_MOST: Final = 300
"""What is told after so many happenings is left unread: no news item has so many, hostile texts have."""
_LOSS: Final = "territory.lose"
"""The rule of a place that somebody lost."""
_OWN_UP: Final = 4
"""How many sentences after a deed somebody may own up to it."""


class Speech:
    """The readers of what people say, how many were harmed and when, in the languages of an area."""

    def __init__(self, area: Area) -> None:
        self.attributor = Attributor(area)
        self.calendar = Calendar(area)
        self.counter = Counter(area)


def _is_latin(file: CueFile) -> bool:
    """Whether a language is written in Latin letters, by the words of its file."""
    return language.is_latin(repr(file.tables))


class Classifier:
    """The area's words and rules, compiled once; the same for every item."""

    def __init__(self, area: Area, *, learned: bool = True) -> None:
        """Compile an area; without `learned` its rules decide alone.

        Raises AreaError with every mistake in the area's cues or weights.
        """
        with collector_paused():
            self._cues = cue_files.build(area)
            sides = {a.id: a.side for a in area.actors.values()}
            self._grammar = Grammar(self._cues.lexicon, sides, self._cues.little)
            self._gazetteer = Gazetteer(area, self._grammar)
            self._placing = PlacingWords(self._gazetteer, self._grammar)
            self._unlisted = Unlisted(area, self._cues.lexicon, self._grammar)
            weights = area_weights.read(area.folder) if learned else None
            self._arbiter = Arbiter(weights, self.classes_of) if weights is not None else None
            self._events = Events(self._cues)
            self._territory = Territory(self._grammar)
            self._undone = Undone(self._grammar)
            self._heard = Heard(self._grammar)
            self._finals = Finals(self._grammar)
            self._modalities = Modalities(self._grammar)
            self._owning = Owning(self._grammar)
            self._answers = Answers(self._grammar)
            self._drafting = Drafting(self._grammar, self._owning)
            self._first_person = self._grammar.of("first_person")
            self._region = self._grammar.of("region")
            self._town = self._grammar.of("city_word", "district_word")
            self._date_hint = self._grammar.of("date_hint") | {NUMBER}
            self._claiming = self._grammar.of("claim_word")
            self._citing = self._grammar.of("citing")
            self._spoken, self._ours_word = self._grammar.of("t_spoken"), self._grammar.of("t_ours")
            self._leading: dict[Side, str] = {}
            for actor in area.actors.values():
                self._leading.setdefault(actor.side, actor.id)
            self._area = area
            self._readers: dict[bool, Speech] = {}
            self._harm = self._grammar.of("kill", "killing", "wound", "abduct", "harm")

    def classify(self, item: Item) -> Verdict:
        """Return what an item says."""
        title_end = len(item.title) if item.title and item.text else 0
        doc = text.read(item.body, title_end)
        marked = self._unlisted.read(self._cues.lexicon.mark(doc))
        named = self._gazetteer.resolve(marked)
        sentences = cut(marked)
        latin = language.is_latin(doc.body)
        speech = self._speech(latin=latin)
        lang = language.detect(doc.body)
        statements = speech.attributor.statements(doc, speech.attributor.author(item), lang=lang)
        named = self._heard.put_behind(marked, named, statements) if len(named) > 1 and statements else named
        placing = Placing(self._placing, named, lambda a, b: _home(statements, a, b))
        drafts = self._drafts(item, sentences, placing, latin=latin)
        admitted = any(s.stance == "admit" for s in statements)
        for draft in drafts if statements else ():
            lost = draft.rule == _LOSS and draft.target is None and self._ours(draft)
            statement = (
                speaker_at(statements, doc.starts[draft.first], doc.ends[draft.last - 1]) if admitted or lost else None
            )
            if statement is not None and (lost or statement.stance == "admit"):
                turn_admitted(draft, statement.voice)
        ranked = _ranked(drafts)
        lead = self._arbiter.settle(marked, ranked) if self._arbiter and latin else None
        reports: tuple[Report, ...] = ()
        if drafts:
            dated = not latin or not self._date_hint.isdisjoint(marked.raw)
            moments = speech.calendar.resolve(doc, item.published) if dated else ()
            writing = Writing(
                item,
                doc,
                moments,
                speech.counter,
                statements,
                symbols=marked.raw,
                citing=self._citing,
                claiming=self._claiming,
                leading=self._leading,
                spoken=self._spoken,
                ours=self._ours_word,
                credit=self._gazetteer.credit(marked) if item.kind == "article" else None,
                eyes=self._saw(item, marked),
            )
            reports = writing.write(drafts, self._harmful(sentences, speech.counter))
        return Verdict(
            lang=lang,
            places=tuple(mention(marked, n, self._gazetteer) for n in named if n.part in ("scene", "near")),
            reports=reports,
            quotes=quotes.find(doc, statements),
            provinces=self._provinces(named, drafts, marked, latin=latin),
            event_types=_types(ranked, lead),
        )

    def _drafts(self, item: Item, sentences: Sequence[Sentence], placing: Placing, *, latin: bool) -> list[Draft]:
        """Return what the sentences tell of, each with its place and manner."""
        drafts: list[Draft] = []
        told: list[Told] = []
        for sentence in sentences:
            if len(drafts) + len(told) > _MOST:
                break
            tells = self._events.find(sentence, latin=latin)
            changes = [] if self._events.no_news(tells) else self._territory.find(sentence)
            undone = self._undone.find(sentence, changes)
            for change in changes:
                if change in undone or self._events.recalled(sentence, tells, change.first):
                    manner = Manner("historical", change.first)
                else:
                    manner = self._modalities.read(sentence, change.first, change.last, item.published, purpose=True)
                drafts += self._drafting.of_change(sentence, change, manner, placing)
            for change in self._finals.find(sentence):
                manner = self._modalities.read_final(sentence, change.first, change.last, item.published)
                denied = self._finals.denies(sentence, change)
                if denied:
                    manner = Manner("negated", change.first)
                drafts += self._drafting.of_change(sentence, change, manner, placing)
                if not denied:  # "failed" denies a capture, and an assault is what failed
                    changes.append(change)
            retreats = list(self._drafting.retreat(sentence, ACTUAL, placing))
            drafts += retreats
            read: list[Change | Draft] = [*changes, *retreats]
            told += [t for t in self._events.news(sentence, tells) if not _same_words(t, read)]
        for event in self._events.combine(told):
            sentence = sentences[event.sentence]
            crowd = event.type in _CROWD
            manner = self._modalities.read(sentence, event.first, event.last, item.published, crowd=crowd)
            if manner.modality in MOVING or manner.denied:
                drafts += self._drafting.of_told(sentence, event, manner, placing)
        drafts = [d for d in drafts if d.type in KEPT or d.modality in MOVING or (d.manner.denied and d.type in DEEDS)]
        self._own_up(sentences, drafts)
        fused = fuse(drafts)
        return [*fused, *self._answers.find(sentences, fused)]

    def _ours(self, draft: Draft) -> bool:
        """Whether whoever says that a place was lost lost it: "we have lost X"."""
        if verb_last(draft.sentence, draft.first):
            return True  # such a verb has its loser in its ending: "(they) have lost"
        begin = self._grammar.begin(draft.sentence, draft.first)
        return begin > draft.sentence.first and draft.sentence.marked.symbols[begin - 1] in self._first_person

    def _saw(self, item: Item, marked: Marked) -> bool:
        """Whether a reporter's own post tells in the first person."""
        return item.kind != "article" and item.side == "media" and any(s in self._first_person for s in marked.symbols)

    def _speech(self, *, latin: bool) -> Speech:
        """Return the readers for every language of the area, or for those in Latin letters; made at the first need."""
        if latin not in self._readers:
            files = self._area.speech
            kept = {k: f for k, f in files.items() if _is_latin(f)} if latin else files
            with collector_paused():
                self._readers[latin] = Speech(replace(self._area, speech=kept))
        return self._readers[latin]

    @property
    def grammar(self) -> Grammar:
        """The area's words as classes; it knows which of them the rules asked for."""
        return self._grammar

    @property
    def classes_of(self) -> Mapping[str, frozenset[str]]:
        """Each symbol of the area's lexicon with the classes of words that it stands for."""
        return self._cues.lexicon.classes_of

    def _harmful(self, sentences: Sequence[Sentence], counter: Counter) -> dict[int, int]:
        """Return the first token that speaks of people harmed, by sentence."""
        found: dict[int, int] = {}
        for sentence in sentences:
            if self._harm.isdisjoint(sentence.present):
                at = counter.first_word(sentence.marked.doc, sentence.first, sentence.last)
                if at is not None:
                    found[sentence.number] = at
                continue
            for at, symbol in enumerate(sentence.symbols, sentence.first):
                if symbol in self._harm:
                    found[sentence.number] = at
                    break
        return found

    def _own_up(self, sentences: Sequence[Sentence], drafts: Sequence[Draft]) -> None:
        """Give each deed the party that owns up to it, in its own sentence or one of the next, or that denies it."""
        for draft in drafts:
            if draft.manner.denied and draft.type in DEEDS:
                draft.denier = self._owning.denier(draft.sentence, draft.manner.token)
        for sentence in sentences:
            party = self._owning.claimant(sentence)
            if party is None or party.actor is None or any(d.denier and d.sentence is sentence for d in drafts):
                continue  # who denies a deed does not own up to it
            for draft in drafts:
                if draft.type in DEEDS and 0 <= sentence.number - draft.sentence.number <= _OWN_UP:
                    draft.claimed_by = party.actor

    def _provinces(
        self, named: Sequence[Named], drafts: Sequence[Draft], marked: Marked, *, latin: bool
    ) -> tuple[str, ...]:
        """Return the provinces that the item is about: its scenes, else what stands behind them.

        Where a text speaks of a town, the one of a governor that it cites is meant, even where nothing happens.
        """
        speaks = not latin and not self._town.isdisjoint(marked.symbols)
        region = not self._region.isdisjoint(marked.symbols)
        found: dict[str, None] = {}
        recalled = _recalled(drafts)
        offices = {d.spot.named.first for d in drafts if d.spot is not None and d.spot.own and d.type in TERRITORY}
        for part in ("scene", "background", "dweller", "title", "dateline"):
            if part == "title" and not drafts and not speaks:
                continue
            for n in named:
                meant = n.part == part or (part == "scene" and n.first in offices)
                if meant and n.first not in recalled and not (part == "dateline" and (n.seat or region)):
                    found.setdefault(n.place.province)
            if found:
                break
        return tuple(found)


def _recalled(drafts: Sequence[Draft]) -> frozenset[int]:
    """Return the names (first tokens) where only history is set, of an item that tells of something else besides."""
    if all(d.modality != "historical" for d in drafts):
        return frozenset()
    present = {d.spot.named.first for d in drafts if d.spot is not None and d.modality != "historical"}
    past = {d.spot.named.first for d in drafts if d.spot is not None and d.modality == "historical"}
    return frozenset(past - present) if present else frozenset()


def _standing(draft: Draft, first: int) -> float:
    """Return what a happening's place in the text makes of its weight: main clauses of the first sentences count."""
    value = 1.0 if draft.sentence.number <= 1 else 0.85
    return value * (0.8 if draft.aside and draft.first > first else 1.0)


def _home(statements: Sequence[Statement], start: int, end: int) -> str | None:
    """Return the province that whoever says a stretch speaks for."""
    statement = speaker_at(statements, start, end)
    return statement.voice.place if statement is not None else None


def _ranked(drafts: Sequence[Draft]) -> Ranked:
    """Return the drafts of what is told of as having happened with what each weighs, the most telling first."""
    told = [d for d in drafts if d.modality in MOVING and not d.held]
    first = {d.sentence.number: min(o.first for o in told if o.sentence is d.sentence) for d in told}
    weighed = [(d, d.weight * _standing(d, first[d.sentence.number])) for d in told]
    return sorted(weighed, key=lambda pair: (-pair[1], pair[0].first))


def _types(ranked: Ranked, lead: str | None) -> tuple[str, ...]:
    """Return the event types told of as having happened, the one that leads and then the most telling first."""
    told = [d for d, _ in ranked]
    found = dict.fromkeys([lead] if lead is not None else [])
    found.update(dict.fromkeys(d.type for d in told))
    found.update(dict.fromkeys(tag for d in told for tag in d.tags))
    return tuple(found)


def _same_words(told: Told, read: Sequence[Change | Draft]) -> bool:
    """Whether an event's cue is a word that a change of control or a retreat has used already."""
    return any(told.first < r.last and r.first < told.last for r in read)


def mention(marked: Marked, named: Named, gazetteer: Gazetteer) -> Mention:
    """Return a place's name as a verdict gives it."""
    return Mention(gazetteer.refer(named.place), marked.doc.starts[named.first], marked.doc.ends[named.last - 1])


def cut(marked: Marked) -> list[Sentence]:
    """Return the sentences of a marked document, each with its own phrases."""
    sentences = []
    for number, (first, last) in enumerate(marked.doc.bounds):
        symbols = marked.symbols[first:last]
        sentences.append(Sentence(marked, number, first, last, {}, {}, symbols, frozenset(symbols)))
    for hits, name in ((marked.places, "places"), (marked.actors, "actors")):
        number = 0
        for hit in hits:
            while number < len(sentences) and sentences[number].last <= hit.first:
                number += 1
            if number < len(sentences):
                getattr(sentences[number], name)[hit.first] = hit
    return sentences
