"""An item's drafts in, its reports out: told twice is one report, with who says so, when and how many.

It must not find anything new in the text; it asks the readers of statements, dates and casualties.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sitmon.classify.basis import WRITER, admitting, basis, camp
from sitmon.classify.casualties import Claim, Counter
from sitmon.classify.dates import Moment, event_time
from sitmon.classify.fusing import DEEDS, VIOLENT
from sitmon.classify.grammar import Party
from sitmon.classify.reports import Draft, span
from sitmon.classify.speakers import Voice
from sitmon.classify.statements import Statement, speaker_at
from sitmon.classify.text import Document
from sitmon.model.item import Item
from sitmon.model.report import Count, Report, Span
from sitmon.model.terms import MOVING, OPPOSITE, TERRITORY, Basis, Side

_LONGEST_NAME = 6
"""Words: "Taliban spokesman Zabihullah Mujahid"."""
_STRENGTH: dict[Basis | None, int] = {"conceded": 4, "witnessed": 3, "claimed": 2, "reported": 1, "denied": 1, None: 0}
_MANNER_KIND = {
    "hedged": "hedge",
    "negated": "negation",
    "planned": "plan",
    "hypothetical": "hedge",
    "historical": "history",
}
_UNSAID = Count()
_YEAR = re.compile(r"\d{4}")
_LATER = 3
"""How many sentences after an event its dead may still be counted."""
_SHORT = 7
"""Tokens of a sentence that somebody says before another one that is said to be theirs."""
_STRETCH = 5000
"""How many characters of one telling are searched for numbers."""

Telling = tuple[Draft, Voice, Basis | None]
Groups = dict[tuple[str, str | None, str | None, str], list[Telling]]
"""(event type, place code, site, "moving" | "held" | modality) -> the tellings that are one report."""


class Writing:
    """Writes the reports of one item."""

    def __init__(
        self,
        item: Item,
        doc: Document,
        moments: Sequence[Moment],
        counter: Counter,
        statements: Sequence[Statement],
        *,
        symbols: str,
        citing: frozenset[str],
        claiming: frozenset[str],
        leading: Mapping[Side, str],
        spoken: frozenset[str] = frozenset(),
        ours: frozenset[str] = frozenset(),
        credit: str | None = None,
        eyes: bool = False,
    ) -> None:
        """Make ready for one item.

        `citing`, `claiming`: what such words are among the `symbols` of the document; `leading`: the first actor of
        each side; `spoken`, `ours`: short words of loss and of having, as people say them; `credit`: the agency that
        the whole text is of; `eyes`: the item's author tells what they see themselves.
        """
        self._item = item
        self._eyes = eyes
        self._symbols = symbols
        self._citing = citing
        self._claiming = claiming
        self._credit = credit
        self._leading = leading
        self._spoken = spoken
        self._ours = ours
        self._withdrawals: list[Draft] = []
        self._doc = doc
        self._moments = moments
        self._statements = statements
        self._counter = counter
        self._claims = tuple(Claim(s.start, s.end, label) for s in statements if (label := s.voice.label))

    def write(self, drafts: Sequence[Draft], harmful: Mapping[int, int]) -> tuple[Report, ...]:
        """Return the reports; `harmful` gives the first token that speaks of people harmed, by sentence."""
        self._withdrawals = [d for d in drafts if "withdrawal" in d.tags and d.modality in MOVING]
        groups: Groups = {}
        for draft in drafts:
            voice = self._voice(draft)
            said = basis(draft, voice)
            moving = "held" if draft.held else "moving" if draft.modality in MOVING else draft.modality
            code = draft.spot.ref.code if draft.spot else None
            groups.setdefault((draft.type, code, draft.site, moving), []).append((draft, voice, said))
        self._join_placeless(groups)
        owners = self._owners(groups, harmful)
        reports = []
        for number, group in enumerate(groups.values(), 1):
            reports.append(self._report(number, group, owners))
        return tuple(self._dated(report, reports) for report in reports)

    def _dated(self, report: Report, reports: Sequence[Report]) -> Report:
        """Give a report that only the title tells the time of its twin in the body."""
        if report.event_time is not None or not self._doc.title_end:
            return report
        if any(s.start >= self._doc.title_end for s in report.evidence if s.kind == "cue"):
            return report
        for twin in reports:
            if twin.event_type == report.event_type and twin.event_time is not None:
                return replace(report, event_time=twin.event_time, time_precision=twin.time_precision)
        return report

    def _join_placeless(self, groups: Groups) -> None:
        """Let a telling without a place join the same event's report that has one."""
        for key in [k for k in groups if k[1] is None]:
            type_, _, site, moving = key
            if type_ in TERRITORY and any(d.winner is None for d, _, _ in groups[key]):
                continue
            for other in groups:
                if (
                    other[0] == type_
                    and other[1] is not None
                    and other[3] == moving
                    and (site is None or other[2] == site)
                ):
                    groups[other].extend(groups.pop(key))
                    break

    def _owners(self, groups: Groups, harmful: Mapping[int, int]) -> dict[int, int]:
        """Return, of each sentence with people harmed, the number of the report that they belong to.

        The report told nearest in the same sentence has them, else the surest of the sentence before, and so on back.
        """
        numbered = list(enumerate(groups.items(), 1))
        violent = any(key[0] in VIOLENT and key[3] == "moving" for key in groups)
        owners: dict[int, int] = {}
        for sentence, token in sorted(harmful.items()):
            best: tuple[int, float, float, int] | None = None
            first: int | None = None
            for number, ((type_, _, _, moving), group) in numbered:
                if (violent and type_ not in VIOLENT) or moving != "moving":
                    continue
                first = number if first is None else first
                for draft, _, _ in group:
                    away = sentence - draft.sentence.number
                    if 0 <= away <= _LATER:
                        near = abs(draft.first - token) if away == 0 else -draft.weight
                        rank = (away, near, -draft.weight, number)
                        if best is None or rank < best:
                            best = rank
            owner = best[3] if best is not None else first
            if owner is not None:
                owners[sentence] = owner
        return owners

    def _report(self, number: int, group: list[Telling], owners: dict[int, int]) -> Report:
        draft, voice, said = max(
            group,
            key=lambda g: (
                g[0].modality == "actual",
                g[0].spot is not None,
                _STRENGTH[g[2]],
                g[0].spot is not None and g[0].spot.own,
                g[0].confidence,
                -g[0].first,
            ),
        )
        tellings = [draft, *(g[0] for g in group if g[0].spot is not None)]
        tellings.sort(key=lambda d: d.spot is None or not d.spot.own)
        when = next((w for d in tellings if (w := self._when(d)) is not None), None)
        if said == "reported" and self._is_claim(draft):
            said, voice = "claimed", replace(voice, side=draft.actor.side if draft.actor else None)
        elif said == "reported" and draft.type in TERRITORY and draft.modality in MOVING:
            voice, said = self._admitted(draft) or (voice, said)
        elif (
            said == "denied"
            and draft.denier is not None
            and (voice.label is None or camp(voice.side) != camp(draft.denier.side))
        ):
            voice = self._denying(draft, draft.denier, voice)
        if said == "conceded":
            voice = admitting(draft, voice)  # "officials said": of the side that lost
        toll = self._toll([s for s, owner in owners.items() if owner == number])
        tags = tuple(sorted({t for d, _, _ in group for t in d.tags}))
        actor = draft.actor or next((d.actor for d, _, _ in group if d.actor and d.actor.actor), None)
        target = draft.target or next((d.target for d, _, _ in group if d.target and d.target.actor), None)
        doer = actor.actor if actor else None
        if doer is None and said == "claimed" and draft.type in DEEDS and voice.side is not None:
            doer = voice.actor or self._leading.get(voice.side)
        scope = draft.scope or next((d.scope for d, _, _ in group if d.scope), None)
        return Report(
            id=f"{self._item.id}#{number}",
            item=self._item.id,
            event_type=draft.type,
            modality=draft.modality,
            tags=tags,
            place=draft.spot.ref if draft.spot else None,
            site=draft.site,
            scope=scope,
            actor=doer,
            target=target.actor if target else None,
            holder=draft.holder,
            basis=said,
            source_side=voice.side,
            speaker=voice.label,
            agency=voice.agency or self._credit,
            event_time=when[0] if when else None,
            time_precision=when[1] if when else None,  # type: ignore[arg-type]
            killed=toll[0],
            wounded=toll[1],
            abducted=toll[2],
            claimed_by=next((d.claimed_by for d, _, _ in group if d.claimed_by), None),
            confidence=self._confidence(draft),
            evidence=self._evidence(group, draft, voice),
        )

    def _denying(self, draft: Draft, party: Party, voice: Voice) -> Voice:
        """Return the voice of the party that a text says denies a deed, in the text's own words for it."""
        starts, body = self._doc.starts, self._doc.body
        name = range(party.last, max(party.last, min(draft.manner.token, party.first + _LONGEST_NAME)))
        last = max((n + 1 for n in name if body[starts[n]].isupper()), default=party.last)
        start, end = starts[party.first], self._doc.ends[last - 1]
        return replace(voice, role=body[start:end], side=party.side, actor=party.actor, start=start, end=end)

    def _is_claim(self, draft: Draft) -> bool:
        """Whether the winner itself is said to claim it: "the Taliban claim to have captured"."""
        if draft.actor is None or draft.type not in TERRITORY or draft.actor.first >= draft.first:
            return False
        return not self._claiming.isdisjoint(self._symbols[draft.actor.last : draft.first])

    def _admitted(self, draft: Draft) -> tuple[Voice, Basis] | None:
        """Return the losing side's word that its forces have left, where that stands near: it concedes the place."""
        for other in self._withdrawals:
            if abs(other.sentence.number - draft.sentence.number) <= _LATER:
                voice = self._voice(other)
                if camp(voice.side) == OPPOSITE.get(draft.winner or ""):
                    return voice, "conceded"
        return None

    def _voice(self, draft: Draft) -> Voice:
        """Return who says a draft; the item's own side speaks where nobody is named."""
        doc = self._doc
        statement = speaker_at(self._statements, doc.starts[draft.first], doc.ends[draft.last - 1])
        statement = statement or self._goes_on(draft)
        if statement is not None:
            voice = admitting(draft, statement.voice) if statement.stance == "admit" else statement.voice
            if voice.name is None and voice.start and self._cited(voice.start):
                return replace(voice, side="media", witness=False)  # an agency's own report, whatever it cites
            return voice
        side = self._item.side
        if self._eyes:
            return Voice(self._item.author, side=side, witness=True)
        if side is not None and side != "media":
            return Voice(self._item.author or self._item.source, side=side)
        return WRITER

    def _goes_on(self, draft: Draft) -> Statement | None:
        """Return the words of the next sentence where a change is told by whoever says them, too.

        "X is gone. Everyone fled, the governor said": the attribution ends both. "They took X. 'It is ours,' said
        their spokesman": what the writer tells is their claim.
        """
        doc, sentence = self._doc, draft.sentence
        number = sentence.number + 1
        if draft.type not in TERRITORY or number >= len(doc.bounds) or not (self._spoken or self._ours):
            return None
        first, stop = doc.bounds[number]
        if "\n" in doc.body[doc.sentences[sentence.number][1] : doc.sentences[number][0]]:
            return None
        following = (s for s in self._statements if doc.starts[first] <= s.start < doc.ends[stop - 1])
        statement = next(following, None)
        if statement is None or statement.cue_start < statement.end or statement.start > doc.ends[first]:
            return None
        if statement.kind == "direct":
            said = self._symbols[first : doc.token_at(statement.end - 1) + 1]
            own = camp(statement.voice.side) == draft.winner
            return statement if own and not self._ours.isdisjoint(said) else None
        short = sentence.last - sentence.first <= _SHORT and draft.actor is None
        return statement if short and not self._spoken.isdisjoint(sentence.present) else None

    def _cited(self, start: int) -> bool:
        """Whether the words at an offset name who an agency cites: "AFP, citing a security source"."""
        token = self._doc.token_at(start) - 1
        return token >= 0 and self._symbols[token] in self._citing

    def _when(self, draft: Draft) -> tuple[str, str] | None:
        doc = self._doc
        start, end = doc.sentences[draft.sentence.number]
        found = event_time(self._moments, start, end, doc.starts[draft.first])
        if found is None or draft.modality not in ("planned", "hypothetical") or self._item.published is None:
            return found
        value, precision = found
        past = precision == "month" and value < self._item.published.isoformat()[:7]
        if past and not _YEAR.search(doc.body, start, end) and not value.startswith("9999"):
            return f"{int(value[:4]) + 1:04}{value[4:]}", precision  # a plan's month without a year is the next one
        return found

    def _toll(self, sentences: list[int]) -> tuple[Count, Count, Count]:
        """Return the casualties that a report's sentences tell: a row of sentences is read as one telling."""
        best = [_UNSAID, _UNSAID, _UNSAID]
        year = self._item.published.year if self._item.published else None
        at = 0
        while at < len(sentences):
            last = at
            while last + 1 < len(sentences) and sentences[last + 1] - sentences[last] <= 1:
                last += 1
            start, end = self._doc.sentences[sentences[at]][0], self._doc.sentences[sentences[last]][1]
            toll = self._counter.count(self._doc, start, min(end, start + _STRETCH), year=year, claims=self._claims)
            for n, count in enumerate((toll.killed, toll.wounded, toll.abducted)):
                if count.best is not None and (best[n].best is None or count.best > (best[n].best or 0)):
                    best[n] = count
            at = last + 1
        return best[0], best[1], best[2]

    def _confidence(self, draft: Draft) -> float:
        value = draft.confidence
        if draft.spot is None:
            value *= 0.75
        elif not draft.spot.own:
            value *= 0.85
        if draft.modality == "hedged":
            value *= 0.7
        return round(min(0.99, value), 2)

    def _evidence(self, group: list[Telling], best: Draft, voice: Voice) -> tuple[Span, ...]:
        spans: list[Span] = []
        for draft in [best, *(d for d, _, _ in group if d is not best)][:4]:
            spans.append(span(draft, "cue", draft.first, draft.last))
            if draft.spot is not None:
                spans.append(span(draft, "place", draft.spot.named.first, draft.spot.named.last))
            for party, kind in ((draft.actor, "actor"), (draft.target, "target")):
                if party is not None:
                    spans.append(span(draft, kind, party.first, party.last))
            if draft.manner.token >= 0:
                spans.append(
                    span(draft, _MANNER_KIND.get(draft.modality, "hedge"), draft.manner.token, draft.manner.token + 1)
                )
            spans += [span(draft, "learned", token, token + 1) for token in draft.weighed]
        if voice.end > voice.start:
            spans.append(Span("speaker", voice.start, voice.end, self._doc.body[voice.start : voice.end]))
        return tuple(dict.fromkeys(spans))
