"""An item's drafts in, its reports out: told twice is one report, with who says so, when and how many.

It must not find anything new in the text; it asks the readers of statements, dates and casualties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sitmon.classify.basis import WRITER, basis
from sitmon.classify.casualties import NOBODY, Counter, Toll
from sitmon.classify.dates import Moment, event_time
from sitmon.classify.reports import Draft, span
from sitmon.classify.speakers import Voice
from sitmon.classify.statements import Statement, speaker_at
from sitmon.classify.text import Document
from sitmon.model.item import Item
from sitmon.model.report import Count, Report, Span
from sitmon.model.terms import MOVING, TERRITORY, Basis

_STRENGTH: dict[Basis | None, int] = {"conceded": 4, "witnessed": 3, "claimed": 2, "reported": 1, "denied": 1, None: 0}
_MANNER_KIND = {
    "hedged": "hedge",
    "negated": "negation",
    "planned": "plan",
    "hypothetical": "hedge",
    "historical": "history",
}
_CITING = 40
"""How many characters before an unnamed source the agency that cites it may stand."""
_VIOLENT = frozenset(
    [
        "clash",
        "excessive_force",
        "protest_intervention",
        "riot",
        "mob_violence",
        "chemical_weapon",
        "air_strike",
        "suicide_bombing",
        "shelling",
        "bombing",
        "grenade",
        "sexual_violence",
        "attack",
        "abduction",
        "captured",
        "retaken",
    ]
)


class Writing:
    """Writes the reports of one item."""

    def __init__(
        self,
        item: Item,
        doc: Document,
        moments: Sequence[Moment],
        statements: Sequence[Statement],
        counter: Counter,
    ) -> None:
        self._item = item
        self._doc = doc
        self._moments = moments
        self._statements = statements
        self._counter = counter
        self._tolls: dict[int, Toll] = {}

    def write(self, drafts: Sequence[Draft], harmful: frozenset[int]) -> tuple[Report, ...]:
        """Return the reports, the most telling first; `harmful` are the sentences that speak of people harmed."""
        groups: dict[tuple[str, str | None, str | None, str], list[tuple[Draft, Voice, Basis | None]]] = {}
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
        return tuple(reports)

    def _join_placeless(self, groups: dict[tuple[str, str | None, str | None, str], list]) -> None:  # type: ignore[type-arg]
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

    def _owners(self, groups: dict, harmful: frozenset[int]) -> dict[int, int]:  # type: ignore[type-arg]
        """Return, of each sentence with people harmed, the number of the report that they belong to."""
        numbered = list(enumerate(groups.items(), 1))
        owners: dict[int, int] = {}
        for sentence in sorted(harmful):
            best: tuple[int, float, int] | None = None
            for number, ((type_, _, _, moving), group) in numbered:
                if type_ not in _VIOLENT or moving != "moving":
                    continue
                for draft, _, _ in group:
                    away = sentence - draft.sentence.number
                    if 0 <= away <= 3:
                        rank = (away, -draft.weight, number)
                        if best is None or rank < best:
                            best = rank
            if best is None:
                violent = [n for n, ((t, _, _, m), _) in numbered if t in _VIOLENT and m == "moving"]
                if len(violent) >= 1:
                    best = (0, 0, violent[0])
            if best is not None:
                owners[sentence] = best[2]
        return owners

    def _report(self, number: int, group: list[tuple[Draft, Voice, Basis | None]], owners: dict[int, int]) -> Report:
        draft, voice, said = max(
            group,
            key=lambda g: (
                g[0].modality == "actual",
                g[0].spot is not None,
                _STRENGTH[g[2]] if g[0].type in TERRITORY else g[0].spot is not None and g[0].spot.own,
                g[0].spot is not None and g[0].spot.own,
                g[0].confidence,
                -g[0].first,
            ),
        )
        when = next(
            (w for d in [draft, *(g[0] for g in group if g[0].spot is not None)] if (w := self._when(d)) is not None),
            None,
        )
        toll = self._toll([s for s, owner in owners.items() if owner == number])
        tags = tuple(sorted({t for d, _, _ in group for t in d.tags}))
        actor = draft.actor or next((d.actor for d, _, _ in group if d.actor and d.actor.actor), None)
        target = draft.target or next((d.target for d, _, _ in group if d.target and d.target.actor), None)
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
            actor=actor.actor if actor else None,
            target=target.actor if target else None,
            holder=draft.holder,
            basis=said,
            source_side=voice.side,
            speaker=voice.label,
            agency=voice.agency,
            event_time=when[0] if when else None,
            time_precision=when[1] if when else None,  # type: ignore[arg-type]
            killed=toll[0],
            wounded=toll[1],
            abducted=toll[2],
            claimed_by=next((d.claimed_by for d, _, _ in group if d.claimed_by), None),
            confidence=self._confidence(draft),
            evidence=self._evidence(group, draft, voice),
        )

    def _voice(self, draft: Draft) -> Voice:
        """Return who says a draft; the item's own side speaks where nobody is named."""
        doc = self._doc
        statement = speaker_at(self._statements, doc.starts[draft.first], doc.ends[draft.last - 1])
        if statement is not None:
            voice = statement.voice
            near = self._doc.body[max(0, voice.start - _CITING) : voice.start]
            if voice.agency and voice.name is None and voice.agency in near:
                return replace(voice, side="media", witness=False)  # an agency's own report, whatever it cites
            return voice
        side = self._item.side
        if side is not None and side != "media":
            return Voice(self._item.author or self._item.source, side=side)
        return WRITER

    def _when(self, draft: Draft) -> tuple[str, str] | None:
        doc = self._doc
        start, end = doc.sentences[draft.sentence.number]
        return event_time(self._moments, start, end, doc.starts[draft.first])

    def _toll(self, sentences: list[int]) -> tuple[Count, Count, Count]:
        """Return the casualties of a report's sentences; of several tellings the fullest."""
        best = [Count(), Count(), Count()]
        year = self._item.published.year if self._item.published else None
        for number in sentences:
            start, end = self._doc.sentences[number]
            toll = self._counter.count(self._doc, start, end, year=year) if end - start < 5000 else NOBODY
            for n, count in enumerate((toll.killed, toll.wounded, toll.abducted)):
                if count.best is not None and (best[n].best is None or count.best > (best[n].best or 0)):
                    best[n] = count
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

    def _evidence(self, group: list[tuple[Draft, Voice, Basis | None]], best: Draft, voice: Voice) -> tuple[Span, ...]:
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
        if voice.end > voice.start:
            spans.append(Span("speaker", voice.start, voice.end, self._doc.body[voice.start : voice.end]))
        return tuple(dict.fromkeys(spans))
