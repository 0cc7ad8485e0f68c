"""Whole items: a long article with two posts in it, evidence that is what its offsets say, and hostile texts."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitmon.classify import lexicon
from sitmon.classify.classifier import Classifier
from sitmon.classify.lexicon import Marked
from sitmon.classify.unlisted import Unlisted
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.report import Report
from sitmon.model.terms import MOVING

DATA = Path(__file__).parents[1] / "data"
Read = Callable[..., Verdict]


@pytest.fixture(scope="module")
def article() -> Item:
    title, _, text = (DATA / "seed_paraphrase.txt").read_text(encoding="utf-8").partition("\n")
    return Item("a", "test", text.strip(), title=title, published=datetime(2021, 8, 8, 12, tzinfo=UTC))


@pytest.fixture(scope="module")
def verdict(classifier: Classifier, article: Item) -> Verdict:
    return classifier.classify(article)


def find(verdict: Verdict, event: str, place: str, site: str | None = None) -> Report:
    rows = [
        r
        for r in verdict.reports
        if r.event_type == event and r.place and r.place.code == place and r.site == site and r.modality in MOVING
    ]
    assert len(rows) == 1, f"{len(rows)} reports of {event} at {place}"
    return rows[0]


@pytest.mark.parametrize(
    ("place", "basis", "day"),
    [
        ("AF-SAR/sar-e-pul", "conceded", None),
        ("AF-KDZ/kunduz", "conceded", None),
        ("AF-TAK/taloqan", "reported", None),
        ("AF-NIM/zaranj", "reported", "2021-08-06"),
        ("AF-JOW/sheberghan", "reported", "2021-08-07"),
    ],
)
def test_five_capitals_are_captured(verdict: Verdict, place: str, basis: str, day: str | None) -> None:
    report = find(verdict, "captured", place)
    assert (report.basis, report.holder, report.modality) == (basis, "insurgent", "actual")
    assert report.event_time == day or day is None


def test_nothing_else_is_captured_or_retaken(verdict: Verdict) -> None:
    moved = {
        r.place.code if r.place else None
        for r in verdict.reports
        if r.event_type in ("captured", "retaken", "handed_over") and r.modality in MOVING
    }
    assert moved == {"AF-SAR/sar-e-pul", "AF-KDZ/kunduz", "AF-TAK/taloqan", "AF-NIM/zaranj", "AF-JOW/sheberghan"}


@pytest.mark.parametrize(
    ("place", "site"),
    [("AF-KDZ/kunduz", "airport"), ("AF-KDZ/kunduz", "army_base"), ("AF-JOW/sheberghan", "airport")],
)
def test_sites_are_held_otherwise(verdict: Verdict, place: str, site: str) -> None:
    assert find(verdict, "other", place, site).holder == "government"


@pytest.mark.parametrize("place", ["AF-HER/herat", "AF-HEL/lashkar-gah", "AF-KAN/kandahar"])
def test_fighting_at_the_edge_of_three_cities(verdict: Verdict, place: str) -> None:
    assert find(verdict, "clash", place).scope == "outskirts"


def test_the_air_strike(verdict: Verdict) -> None:
    strike = find(verdict, "air_strike", "AF-JOW/sheberghan")
    assert (strike.actor, strike.target, strike.event_time) == ("us_forces", "taliban", "2021-08-07")


def test_the_pilot(verdict: Verdict) -> None:
    bombing = find(verdict, "bombing", "AF-KAB/kabul")
    assert bombing.tags == ("assassination",)
    assert (bombing.killed.best, bombing.wounded.best, bombing.claimed_by) == (1, 5, "taliban")
    assert bombing.event_time == "2021-08-07"


def test_the_provinces(verdict: Verdict) -> None:
    assert set(verdict.provinces) == {
        "AF-KDZ", "AF-SAR", "AF-TAK", "AF-NIM", "AF-JOW", "AF-HER", "AF-HEL", "AF-KAN", "AF-KAB",
    }  # fmt: skip
    assert verdict.provinces[0] == "AF-KDZ"


def test_the_speakers(verdict: Verdict) -> None:
    speakers = {q.speaker for q in verdict.quotes}
    assert {"Karim Nazari", "Sabir Wahidi", "Jawad Rasikh", "Abdul Habib", "Rahim Wafa", "Laura Bennet"} <= speakers
    assert {"Bill Roggio", "Zabihullah Mujahid"} <= speakers
    assert any(q.speaker is None and q.role == "AFP correspondent" for q in verdict.quotes)


def test_every_report_shows_its_cue_and_its_place(article: Item, verdict: Verdict) -> None:
    for report in verdict.reports:
        kinds = {s.kind for s in report.evidence}
        assert "cue" in kinds
        assert report.place is None or "place" in kinds
        for span in report.evidence:
            assert article.body[span.start : span.end] == span.text != ""


def test_reports_have_ids_of_their_own_and_can_be_sent(verdict: Verdict) -> None:
    ids = [r.id for r in verdict.reports]
    assert len(set(ids)) == len(ids)
    assert pickle.loads(pickle.dumps(verdict)) == verdict


def test_nothing_is_kept_from_one_item_to_the_next(classifier: Classifier, article: Item, verdict: Verdict) -> None:
    classifier.classify(Item("b", "test", "Fighting in Herat."))
    assert classifier.classify(article) == verdict


WORDS = [
    *("Taliban", "the", "forces", "of", "Kunduz", "Herat", "city", "captured", "seized", "fell", "to", "by", "from"),
    *("not", "denied", "said", "in", "2015", "killed", "12", "bomb", "airport", "and", "were", "has", "been"),
    *(".", ",", '"', "“", "”", "(", ")", "–", ":", ";", "کندز", "ښار", "طالبان", "ونیول", "شو", "سقوط", "کرد"),
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)))
def test_no_text_breaks_it(classifier: Classifier, text: str) -> None:
    item = Item("h", "test", text, published=datetime(2021, 8, 8, tzinfo=UTC))
    verdict = classifier.classify(item)
    for mention in verdict.places:
        assert 0 <= mention.start < mention.end <= len(text)
    for report in verdict.reports:
        assert report.place is None or report.place.province.startswith("AF-")
        for span in report.evidence:
            assert text[span.start : span.end] == span.text


HOSTILE = {
    "one word": lambda n: "a" * n,
    "no spaces": lambda n: "Kunduz" * (n // 6),
    "place names": lambda n: "Kunduz Herat " * (n // 13),
    "capture without end": lambda n: "the Taliban captured the city and " * (n // 34),
    "one long list": lambda n: "Taliban captured " + "Kunduz, Herat, " * (n // 15),
    "nested quotes": lambda n: "“said " * (n // 6),
    "brackets": lambda n: "(" * n,
    "combining marks": lambda n: "K" + "\u0301" * n,
    "stops": lambda n: ". " * (n // 2),
    "governments": lambda n: "Pakistan urges Kabul to warn Kabul, " * (n // 36),
    "rows of origins": lambda n: "families from " + "Kunduz and Herat and " * (n // 21),
    "ways without end": lambda n: "on the road from Kabul to Herat to " * (n // 35),
    "held without end": lambda n: "Kunduz, Herat and Farah are still still still " * (n // 46),
    "bodies": lambda n: "killed him and burnt his body, " * (n // 31),
    "pronouns": lambda n: "12 men were held and they shot them dead and killed them and " * (n // 61),
    "titles": lambda n: "the book the film the novel Kabul of Herat " * (n // 43),
    "unread districts": lambda n: "in Khowahan and Xyzabad district of Abcdef, " * (n // 44),
    "taken without end": lambda n: "The town was taken. " * (n // 20),
    "entered without end": lambda n: "Rebels entered Sheberghan. " * (n // 27),
    "militias without end": lambda n: "A militia holds the town. " * (n // 26),
    "flags without end": lambda n: "the white flag flew over the flag over the flag, " * (n // 49),
    "claims without end": lambda n: "claimed the bombing of the raid, claimed the raid, " * (n // 51),
    "seats of power": lambda n: "Fighters posed in the governor's chair and sat in " * (n // 50),
    "teams without end": lambda n: "Kunduz Lions arrived. " * (n // 22),
}


class Counted(str):
    """A document's symbols that count how many of them are looked at by whoever walks over all of them."""

    touched = 0

    def __iter__(self) -> Iterator[str]:
        for symbol in str.__iter__(self):
            self.touched += 1
            yield symbol

    def __contains__(self, symbol: object) -> bool:
        self.touched += len(self)
        return super().__contains__(symbol)  # type: ignore[operator]


counts_steps = pytest.mark.skipif(
    not str(lexicon.__file__).endswith(".py"), reason="the steps of compiled code cannot be counted"
)


@counts_steps
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_linear_work(
    classifier: Classifier, calls: Callable[[Callable[[], object]], int], name: str
) -> None:
    """Four times the text may take at most some five times the work: a square would take sixteen."""

    def work(size: int) -> int:
        item = Item("h", "test", HOSTILE[name](size), published=datetime(2021, 8, 8, tzinfo=UTC))
        return calls(lambda: classifier.classify(item))

    classifier.classify(Item("h", "test", HOSTILE[name](100)))  # what is built at the first need is no work of these
    small, large = work(4_000), work(16_000)
    assert large <= 5 * small + 500, f"{small} calls for 4,000 characters, {large} for 16,000"


@counts_steps
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_not_read_whole_for_each_cue(
    classifier: Classifier, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One call may walk over the whole text: four times the text may take at most some five times the tokens."""
    seen: list[tuple[Counted, Counted]] = []
    read = Unlisted.read

    def counted(self: Unlisted, marked: Marked) -> Marked:
        marked = read(self, marked)
        seen.append((Counted(marked.raw), Counted(marked.symbols)))
        return marked._replace(raw=seen[-1][0], symbols=seen[-1][1])

    monkeypatch.setattr(Unlisted, "read", counted)
    for size in (4_000, 16_000):
        classifier.classify(Item("h", "test", HOSTILE[name](size), published=datetime(2021, 8, 8, tzinfo=UTC)))
    small, large = (raw.touched + symbols.touched for raw, symbols in seen)
    assert small > 0, "the walk over the text is not seen at all"
    assert large <= 5 * small + 500, f"{small} tokens for 4,000 characters, {large} for 16,000"


def test_shuffled_items_get_the_same_verdicts(classifier: Classifier, article: Item) -> None:
    items = [article, Item("x", "s", "Kunduz has fallen."), Item("y", "s", "Police arrested four men in Herat.")]
    alone = {i.id: classifier.classify(i) for i in items}
    random.Random(1).shuffle(items)
    assert {i.id: classifier.classify(i) for i in items} == alone
