"""Texts that nobody wrote in good faith: no crash, offsets that hold, and work that grows with the length alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitmon.classify import quotes
from sitmon.classify.attribution import Attributor
from sitmon.classify.casualties import Counter, claims_of
from sitmon.classify.dates import Calendar
from sitmon.classify.text import Document, read

NOW = datetime(2021, 8, 8, 12, tzinfo=UTC)
PIECES = [
    "said ", "he said ", '"a" said ', "“hello there you,” said Karim Daud. ", "12 people ", "killed 12 people and ",
    "killed ", "were killed ", "Karim Daud ", "Karim, ", "'a ", "“a ", ", said ", "on friday ", "the next day ",
    "one hundred and ", "1 ", "said that ", "— A (@b) August 8, 2021\n\n", "a soldier ", "quoted as saying ", "گفت که ",
    "کشته شد ", "احمد ", "\n", '"\n', "took a ", "including 5 children, ", "The governor said he left. ",
    "according to ", "\u0301", "\u202e", "\u200f«", "x" * 50, "killed and wounded ", "between 10 and ",
    "along with three of his guards, ", "his two sons, ", "denied claims that 30 were killed, ",
    "initial reports said two were killed and ", "and four in Kunduz ", "the toll fell from 20 to 16, ",
    "his sister Laila said she ", ", and his brother said ", "who would not be named said ",
    "قوماندان له دریو ساتونکو سره ووژل شو ", "والی، راننده‌اش و سه محافظ کشته و زخمی شدند ",
    "aged 8 and 11, ", "وویل ", "هغه وویل. ", "ها ",
]  # fmt: skip


@pytest.fixture(scope="module")
def readers(attributor: Attributor, counter: Counter, calendar: Calendar) -> tuple[Attributor, Counter, Calendar]:
    return attributor, counter, calendar


def run(readers: tuple[Attributor, Counter, Calendar], doc: Document) -> Any:
    attributor, counter, calendar = readers
    statements = attributor.statements(doc)
    toll = counter.count(doc, year=2021, claims=claims_of(statements))
    return statements, toll, calendar.resolve(doc, NOW)


@pytest.mark.parametrize("piece", PIECES)
def test_work_grows_with_the_length(
    readers: tuple[Attributor, Counter, Calendar], calls: Callable[[Callable[[], object]], int], piece: str
) -> None:
    small, large = (read((piece * (n // len(piece) + 1))[:n]) for n in (4_000, 16_000))
    once, four = calls(lambda: run(readers, small)), calls(lambda: run(readers, large))
    assert four <= 5 * once + 500, f"{piece!r}: {once} calls for 4,000 characters, {four} for 16,000"


SHREDS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=25).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=SHREDS)
def test_any_text_is_read_and_every_offset_holds(readers: tuple[Attributor, Counter, Calendar], text: str) -> None:
    doc = read(text)
    statements, toll, moments = run(readers, doc)
    for quote in quotes.find(doc, statements):
        assert text[quote.start : quote.end] == quote.text != ""
    for mention in toll.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert 0 <= mention.cue_start < mention.cue_end <= len(text)
    for moment in moments:
        assert 0 <= moment.start < moment.end <= len(text)
    assert [m.start for m in moments] == sorted(m.start for m in moments)
