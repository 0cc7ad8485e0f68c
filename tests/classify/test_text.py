"""Folding, tokens and sentences: every offset holds, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.classify.text import fold, read, tokens


def sentences(text: str) -> list[str]:
    doc = read(text)
    return [doc.body[a:b] for a, b in doc.sentences]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sar-e Pul", ("sar", "e", "pul")),
        ("Qal’ah-ye Naw", ("qalah", "ye", "naw")),
        ("the Taliban's men", ("the", "taliban", "'s", "men")),
        ("didn't fall", ("didn't", "fall")),
        ("US forces told us", ("u.s.", "forces", "told", "us")),
        ("U.S. forces", ("u.s.", "forces")),
        ("Kandahār", ("kandahar",)),
        ("1,200 men of the 217th", ("1,200", "men", "of", "the", "217th")),
        ("كندهار", ("کندهار",)),
        ("مزار\u200cشریف", ("مزار", "شریف")),
        ("قَندَهار", ("قندهار",)),
        ("۱۲ تن", ("12", "تن")),
        ("@KabulNews https://kabul.example/x", ("@kabulnews", "https://kabul.example/x")),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert tuple(w for w in read(text).words if w[0].isalnum() or w[0] in "'@") == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Lt. Col. R.J. Peek spoke. He left.", 2),
        ("It fell on Aug. 8 at 5 p.m. The city is calm.", 2),
        ("He went to the U.S. in May.", 1),
        ("“It is over.” She said no more.", 2),
        ("A heading without a stop\nThe text begins here.", 2),
        ("A line that was wrapped by the publisher's own program at seventy cha\nracters goes on.", 1),
        ("Is it true? Yes! It is.", 3),
        ("جنگ ادامه دارد. شهر سقوط کرد؟ نه.", 3),
        ("fallen. the city is calm", 2),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_title_is_a_sentence_of_its_own() -> None:
    body = "Kunduz falls\n\nThe city fell on Sunday."
    assert sentences(body) == ["Kunduz falls", "The city fell on Sunday."]


@given(st.text(max_size=400))
def test_offsets_hold(text: str) -> None:
    doc = read(text)
    assert len(doc.low) == len(text)
    assert len(doc.words) == len(doc.starts) == len(doc.ends)
    assert doc.starts == sorted(doc.starts)
    for start, end in zip(doc.starts, doc.ends, strict=True):
        assert 0 <= start < end <= len(text)
    spans = doc.sentences
    assert all(a < b for a, b in spans)
    assert all(spans[n][1] <= spans[n + 1][0] for n in range(len(spans) - 1))
    assert [first for first, _ in doc.bounds] == [0, *(last for _, last in doc.bounds[:-1])][: len(doc.bounds)]


@given(st.text(max_size=60))
def test_folding_is_the_same_twice_and_as_long(text: str) -> None:
    once = fold(text)
    assert len(once) == len(text)
    assert fold(once) == once


@given(st.text(alphabet="abc US UN İ'-é۱کي", max_size=20))
def test_phrases_are_read_as_texts_are(text: str) -> None:
    assert tokens(text) == tuple(w for w in read(text).words if w[0].isalnum() or w[0] in "'@")


def test_no_sentence_is_longer_than_the_bound() -> None:
    doc = read("word " * 5000)
    assert max(last - first for first, last in doc.bounds) <= 400
