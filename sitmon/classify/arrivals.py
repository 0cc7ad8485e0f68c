"""A sentence where no verb of taking has territory as its object in, what changes hands all the same out.

It must not decide who is believed. The readings: control passed to somebody, fighters entered a place and nobody fought
there, troops entered it and dislodged others; and objects that no word marks as territory: a building, what was left,
an unknown name that is taken from a party, anything that control is taken of.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.change import Change, Changes, Ground
from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import PLAIN
from sitmon.classify.objects import Territories

_SEAT: Final = 7
"""How many tokens after "posed" the desk or the palace stands at most."""


class Arrivals:
    """Finds what changes hands without a verb of taking."""

    def __init__(self, grammar: Grammar, territories: Territories, changes: Changes) -> None:
        self._grammar = grammar
        self._territories = territories
        self._changes = changes
        of = grammar.of
        self._passing = of("t_pass", "t_pass_from")
        self._from = of("t_pass_from")
        self._arrive = of("t_arrive")
        self._enter = of("t_enter")
        self._assault = of("attack_verb", "t_enter", "siege")
        self._ground = of("territory", "small_territory", "place")
        self._gone = of("t_gone", "t_withdraw_verb")
        self._left = self._gone | of("t_leave")
        self._seizing = of("t_seize", "t_retake", "t_only")
        self._of_territory = of("t_retake", "t_retaking", "t_only")
        self._civil = of("official", "police_word")
        self._nameless = of("official", "police_word", "t_gunmen")
        self._of_persons = of("capture_person", "t_hold", "t_controls")
        self._fight = of(
            "clash", "battle", "attack_verb", "attack_noun", "repel", "kill", "deny", "t_outskirts", "talks"
        )
        self._civilian = of("person", "crowd", "protest_strong", "sport")
        self._no_party = of("envoy_word", "abduct", "arrest", "surrender_word", "ransom_word", "t_deserter")
        self._evict = of("t_evict", "repel")
        self._defeat = of("t_defeat")
        self._warlike = grammar.party | of("clash", "battle", "attack_noun", "kill", "shell_strong", "t_evict", "siege")
        self._pose = of("t_pose", "t_patrol")
        self._patrol = of("t_patrol")
        self._now = grammar.little("now")
        self._seats = of("t_seat", "site_governor_office", "site_police_hq")
        self._rooms = of("t_room")
        self._whereat = grammar.little("whereat")
        self._control = grammar.little("control")
        self._it = grammar.little("it")
        self._had = of("t_hold", "t_lose", "t_controls", "t_held")
        self._had_word = grammar.little("had")
        self._gerund = grammar.endings("gerund")
        self.cues = self._passing | self._arrive | self._pose

    def read(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what the verb at a token says to change hands, if it is one of arriving, passing or being there."""
        symbol = sentence.marked.symbols[at]
        if symbol in self._passing:
            return self._passed(sentence, at, last)
        if symbol in self._pose:
            return self._posed(sentence, at, last)
        if symbol in self._arrive:
            return self._entered(sentence, at, last)
        return None

    def other_object(self, sentence: Sentence, at: int, last: int, loser: Party | None) -> Ground:
        """Return what a verb of taking takes where no word says that it is territory; `loser`: from whom."""
        nothing = Ground((), (), last, last)
        winner = self._grammar.subject(sentence, at)
        symbols = sentence.marked.symbols
        words = sentence.marked.doc.words
        if winner is None or winner.side is None:
            return nothing
        if found := self.it(sentence, at, last):
            return found
        if symbols[winner.first] in self._civil:
            return nothing
        if symbols[at] in self._seizing and (found := self._territories.building(sentence, last)):
            return found
        if not self._control.isdisjoint(words[at:last]):
            return self._territories.thing(sentence, last)
        if loser is not None and (found := self._territories.right(sentence, last, unknown=True)).heads:
            return found
        if self.holds_names(sentence, at, winner):
            return self._territories.name_after(sentence, last)
        return nothing

    def it(self, sentence: Sentence, at: int, last: int) -> Ground:
        """Return the "it" that was left or stormed: "they left it and the others took it", or "took control"."""
        before = sentence.marked.symbols[sentence.first : at]
        words = sentence.marked.doc.words
        if last < sentence.last and words[last] in self._it:
            here = any(n < at for n in sentence.places) or not self._ground.isdisjoint(before)
            had = here and not self._had.isdisjoint(before)
            named = had or not self._gone.isdisjoint(before) or self._storms_territory(before)
            return Ground((), (last,), last, last + 1) if named else Ground((), (), last, last)
        here = any(n < at for n in sentence.places) or not self._ground.isdisjoint(before)
        if not here or self._control.isdisjoint(words[at:last]):
            return Ground((), (), last, last)
        whole = self._territories.complements.ends_clause(sentence, last)  # "the army fled and they took control"
        named = whole and not (self._left.isdisjoint(before) and self._defeat.isdisjoint(before))
        return Ground((), (last - 1,), last - 1, last) if named else Ground((), (), last, last)

    def had_lost(self, sentence: Sentence, at: int) -> bool:
        """Return whether a loss only describes territory that was spoken of: "a base that it had lost"."""
        symbols = sentence.marked.symbols
        if sentence.marked.doc.words[at - 1] not in self._had_word:
            return False
        for n in range(at - 2, max(sentence.first, at - 4), -1):
            if symbols[n] in self._grammar.that:
                return symbols[n - 1] in self._ground or symbols[n - 1] == ","
        return False

    def admitted(self, sentence: Sentence, at: int, last: int) -> bool:
        """Return whether a fall is what somebody admits or confirms: then a name that nothing knows is a place's."""
        symbols = sentence.marked.symbols
        before = at - 1
        while before > sentence.first and symbols[before] in self._grammar.determiner:
            before -= 1
        if before >= sentence.first and symbols[before] in self._grammar.say:
            return True
        near = symbols[last + 1 : min(sentence.last, last + 7)]
        return any(s in self._grammar.be for s in near) and any(s in self._grammar.say for s in near)

    def _storms_territory(self, symbols: str) -> bool:
        """Whether a verb of assault stands right before words for territory: "stormed the camp and took it"."""
        for at, symbol in enumerate(symbols):
            if symbol in self._assault:
                passive = at > 0 and symbols[at - 1] in self._grammar.be
                return not self._ground.isdisjoint(symbols[:at] if passive else symbols[at + 1 : at + 6])
        return False

    def seizes(self, sentence: Sentence, at: int) -> bool:
        """Return whether a verb is one of force, of which towns are the usual object: "captured", "seized"."""
        return sentence.marked.symbols[at] in self._seizing

    def only_territory(self, sentence: Sentence, at: int, last: int) -> bool:
        """Return whether a verb takes nothing but territory: "recaptured", "took control of"."""
        words = sentence.marked.doc.words
        return sentence.marked.symbols[at] in self._of_territory or not self._control.isdisjoint(words[at:last])

    def holds_names(self, sentence: Sentence, at: int, winner: Party | None) -> bool:
        """Whether a name that nothing knows may be the place that a party takes by the verb at a token.

        An army or a rebel group takes towns; gunmen take people, and whom anybody "captures" may be a person. Where
        every word has a capital, no name is known by it.
        """
        symbols = sentence.marked.symbols
        doc = sentence.marked.doc
        if winner is None or winner.side is None or symbols[winner.first] in self._nameless:
            return False
        return symbols[at] not in self._of_persons and not doc.capital(at)

    def dislodging(self, sentence: Sentence, verb: tuple[int, int], loser: Party) -> Change | None:
        """Return what "troops entered X, dislodging the rebels" says to change hands; `verb`: the second one."""
        symbols = sentence.marked.symbols
        at = verb[0]
        winner = self._grammar.subject(sentence, at)
        if winner is None or winner.side == loser.side or not sentence.marked.doc.words[at].endswith(self._gerund):
            return None
        for entry in range(winner.last, at):
            if symbols[entry] in self._enter and (ground := self._territories.right(sentence, entry + 1, unknown=True)):
                return self._changes.make("evict", sentence, verb, winner, loser, ground)
        return None

    def _passed(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Control of X passed to the Taliban; X went to the Taliban; X slipped from the hands of the army."""
        winner = self._grammar.next_party(sentence, last, 6)
        loser: Party | None = None
        if sentence.marked.symbols[at] in self._from:
            loser = winner
            winner = self._grammar.goal(sentence, last, loser.last) if loser is not None else None
        gainer = winner or loser
        if gainer is None:
            return None
        control = not self._control.isdisjoint(sentence.marked.doc.words[sentence.first : at])
        ground = self._territories.left(sentence, self._grammar.begin(sentence, at), strict=not control)
        if not ground or not (control or (ground.places and gainer.side in ("insurgent", "government"))):
            return None
        complements = self._territories.complements
        if not (control or loser) and not (
            complements.stands_alone(sentence, min(ground.places + ground.heads))
            and complements.ends_clause(sentence, gainer.last)
        ):
            return None  # "the contract for X went to", "went to a Taliban-linked firm"
        return self._changes.make("fall", sentence, (at, last), winner, loser, ground)

    def _posed(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Fighters posed in the governor's chair: who sits where power sits has taken it."""
        winner = self._grammar.subject(sentence, at)
        symbols = sentence.marked.symbols
        if winner is None or winner.side != "insurgent" or not self.themselves(sentence, winner, at):
            return None
        if not self._fight.isdisjoint(sentence.present):
            return None  # "were in the governor's office when police shot them", "for talks"
        patrols = symbols[at] in self._patrol
        before = symbols[at - 1] in self._grammar.be or sentence.marked.doc.words[at - 1] in self._now
        if patrols and not before:
            return None
        left = not (self._left | self._defeat).isdisjoint(sentence.marked.present)  # those who had been there before
        seats = self._seats | self._rooms if left else self._seats
        for n in range(last, min(sentence.last, last + _SEAT)):
            if symbols[n] in seats:
                inside = patrols or not self._whereat.isdisjoint(sentence.marked.doc.words[at:n])
                ground = Ground((), (n,), n, n + 1)
                return self._changes.make("take", sentence, (at, last), winner, None, ground) if inside else None
            if symbols[n] in HARD_STOPS or symbols[n] in self._grammar.link or symbols[n] in self._grammar.party:
                return None
        return None

    def themselves(self, sentence: Sentence, party: Party, verb: int) -> bool:
        """Return whether a party itself does what a verb says, not its captives, guests or supporters."""
        if party.last >= self._grammar.begin(sentence, verb):
            return True
        after = sentence.marked.symbols[party.last]
        return after not in self._civilian and after not in self._no_party

    def _beaten_back(self, sentence: Sentence, start: int) -> bool:
        """Whether who came in is out again in the same sentence: "but were driven out again"."""
        symbols = sentence.marked.symbols
        return any(
            symbols[n] in self._gone or (symbols[n] in self._evict and self._grammar.passive(sentence, n, n + 1))
            for n in range(start, sentence.last)
        )

    def _entered(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Taliban fighters entered X, where the whole text says nothing of a fight."""
        winner = self._grammar.subject(sentence, at)
        symbols = sentence.marked.symbols
        if winner is None or winner.side != "insurgent" or not self._fight.isdisjoint(sentence.marked.present):
            return None
        if not self.themselves(sentence, winner, at) or self._beaten_back(sentence, last):
            return None
        place = next((n for n in range(last, min(sentence.last, last + 4)) if n in sentence.places), None)
        if place is None and self.holds_names(sentence, at, winner):
            ground = self._territories.name_after(sentence, last)
            if ground:
                return self._changes.make("take", sentence, (at, last), winner, None, ground)
        if place is None:
            seat = next((n for n in range(last, min(sentence.last, last + 4)) if symbols[n] in self._seats), None)
            place = seat
        elif self._only_named(sentence, place):
            return None
        if place is None:
            return None
        if any(symbols[n] in HARD_STOPS or symbols[n] in self._grammar.party for n in range(last, place)):
            return None
        named = place in sentence.places
        ground = Ground((place,) if named else (), () if named else (place,), place, place + 1)
        return self._changes.make("take", sentence, (at, last), winner, None, ground)

    def _only_named(self, sentence: Sentence, place: int) -> bool:
        """Whether a place only gives its name to something: "Kabul University", "the Kunduz governor"."""
        after = sentence.places[place].last
        symbols = sentence.marked.symbols
        return after < sentence.last and (symbols[after] == PLAIN or symbols[after] == "'")

    def peaceable(self, sentence: Sentence, at: int, *, known: bool) -> bool:
        """Return whether who takes something is no party: civilians, or nobody in the text fights."""
        begin = self._grammar.begin(sentence, at)
        before = sentence.marked.symbols[begin - 1] if begin > sentence.first else "."
        if before in self._civilian:
            return True
        if known and self._territories.complements.unarmed_subject(sentence, at):
            return True
        said = self._grammar.pronoun | self._grammar.be | self._grammar.have
        meant = self.seizes(sentence, at) and not said.isdisjoint(sentence.marked.symbols[sentence.first : at])
        return self.calm(sentence, known=known and meant)

    def calm(self, sentence: Sentence, *, known: bool) -> bool:
        """Return whether nobody in the text fights; a `known` place may have fallen all the same."""
        return not known and self._warlike.isdisjoint(sentence.marked.present)
