"""Numbers: digits, words, ranges and their bounds, in three languages and three scripts."""

from __future__ import annotations

import pytest

from sitmon.area import Area
from sitmon.classify.numbers import Number, Numbers
from sitmon.classify.speech import Tables
from sitmon.classify.text import read


@pytest.fixture(scope="module")
def languages(area: Area) -> dict[str, Numbers]:
    return {lang: Numbers(Tables(file)) for lang, file in area.speech.items()}


def first(numbers: Numbers, text: str) -> Number | None:
    words = read(text).words
    for at, word in enumerate(words):
        if numbers.may_start(word) and (found := numbers.at(words, at, len(words))) is not None:
            return found
    return None


@pytest.mark.parametrize(
    ("lang", "text", "low", "high", "bound"),
    [
        ("en", "12 men", 12, 12, "exact"),
        ("en", "1,200 men", 1200, 1200, "exact"),
        ("en", "twenty-two men", 22, 22, "exact"),
        ("en", "one hundred and five men", 105, 105, "exact"),
        ("en", "two thousand three hundred men", 2300, 2300, "exact"),
        ("en", "2 dozen men", 24, 24, "exact"),
        ("en", "a dozen men", 12, 12, "vague"),
        ("en", "several men", 3, 3, "vague"),
        ("en", "dozens of men", 12, 12, "vague"),
        ("en", "tens of thousands of men", 10000, 10000, "vague"),
        ("en", "at least 12 men", 12, 12, "least"),
        ("en", "more than two dozen men", 24, 24, "least"),
        ("en", "up to 12 men", 12, 12, "most"),
        ("en", "some 12 men", 12, 12, "about"),
        ("en", "between 10 and 15 men", 10, 15, "exact"),
        ("en", "10-15 men", 10, 15, "exact"),
        ("en", "ten to fifteen men", 10, 15, "exact"),
        ("en", "fifty men", 50, 50, "exact"),
        ("prs", "بیست و پنج نفر", 25, 25, "exact"),
        ("prs", "۲۵ نفر", 25, 25, "exact"),
        ("prs", "دست‌کم ده نفر", 10, 10, "least"),
        ("prs", "سه هزار و دوصد نفر", 3200, 3200, "exact"),
        ("ps", "پنځه تنه", 5, 5, "exact"),
        ("ps", "٢٥ تنه", 25, 25, "exact"),
        ("ps", "لږ تر لږه لس تنه", 10, 10, "least"),
    ],
)
def test_numbers(languages: dict[str, Numbers], lang: str, text: str, low: int, high: int, bound: str) -> None:
    found = first(languages[lang], text)
    assert found is not None
    assert (found.low, found.high, found.bound) == (low, high, bound)


@pytest.mark.parametrize("text", ["men", "99999999999 men", "the 217th corps", "3.5 percent"])
def test_no_numbers_of_people(languages: dict[str, Numbers], text: str) -> None:
    assert first(languages["en"], text) is None


def test_two_numbers_are_not_one(languages: dict[str, Numbers]) -> None:
    found = first(languages["en"], "five and twelve men")
    assert found is not None
    assert found.low == 5


def test_more_comes_on_top(languages: dict[str, Numbers]) -> None:
    another, plain = first(languages["en"], "another 12 men"), first(languages["en"], "12 men")
    assert another is not None
    assert plain is not None
    assert (another.more, plain.more) == (True, False)
