"""What Persian writes apart or together is one spelling to every reader, and offsets stay those of the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.classify.text import read as read_text
from sitmon.classify.text import tokens
from sitmon.model.entry import Verdict

Read = Callable[..., Verdict]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("نیرو های امنیتی", "نیروهای امنیتی"),
        ("نیرو\u200cهای امنیتی", "نیروهای امنیتی"),
        ("ده ها تن", "دهها تن"),
        ("میگویند", "می\u200cگویند"),
        ("نمیشود", "نمی شود"),
        ("بدست طالبان", "به دست طالبان"),
    ],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)
    assert tuple(read_text(one).words) == tuple(read_text(other).words)


@pytest.mark.parametrize("text", ["میدان هوایی", "میان دو ولایت", "میرداد", "تنها", "ها"])
def test_what_only_looks_like_an_affix_stays(text: str) -> None:
    assert tokens(text) == tuple(text.replace("ها", "ها").split())


def test_every_token_is_what_its_offsets_say() -> None:
    text = "نیرو های ما میگویند ولسوالی بدست طالبان افتاد."
    doc = read_text(text)
    parts = [text[a:b] for a, b in zip(doc.starts, doc.ends, strict=True)]
    assert parts == ["نیرو های", "ما", "می", "گویند", "ولسوالی", "ب", "دست", "طالبان", "افتاد", "."]


def test_the_joined_spelling_of_a_place_is_found(read: Read) -> None:
    assert read("ولسوالی خاشرود بدست طالبان افتاد.").event_types == ("captured",)


@pytest.mark.parametrize("text", ["شهر رها شود.هایی رفتند", "شهر.ها", "شهر\nها"])
def test_an_ending_joins_nothing_but_the_word_beside_it(text: str) -> None:
    doc = read_text(text)
    assert all(text[a:b] == word for word, a, b in zip(doc.words, doc.starts, doc.ends, strict=True))


def test_few_endings_hang_on_one_word() -> None:
    assert max(map(len, read_text("ها " * 1000).words)) < 10


@pytest.mark.parametrize("text", ["می" * 200_000, "ها " * 200_000, "میکند" * 100_000, "بدست " * 100_000])
def test_hostile_affixes_are_read(text: str) -> None:
    assert read_text(text).words
