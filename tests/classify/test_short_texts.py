"""Texts of a few words, made of the words of every class of cues: whatever is missing around them, they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sitmon.area import Area
from sitmon.classify.lexicon import expand
from sitmon.model.entry import Verdict

AROUND = ("{}", "{}.", "{0} {0}", "{} on", "on {}", "the {} of", "{} Kunduz", "Kunduz {}", "Fine. {}", "{}. Fine.")
LANGUAGES = ("en", "prs", "ps")


def first_words(area: Area, lang: str) -> Iterator[str]:
    """Yield one word or phrase of every class of a language."""
    words = area.cues[lang].tables["words"]
    for name in sorted(words):
        for form in words[name][:1]:
            yield next(iter(expand(form)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_of_any_class_is_read_wherever_the_text_ends(
    lang: str, area: Area, read: Callable[..., Verdict]
) -> None:
    forms = list(first_words(area, lang))
    assert len(forms) > 100
    for form in forms:
        for around in AROUND:
            read(around.format(form))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_of_two_classes_are_read_with_nothing_around(lang: str, area: Area, read: Callable[..., Verdict]) -> None:
    forms = list(first_words(area, lang))
    for one, other in zip(forms, forms[7:] + forms[:7], strict=True):
        read(f"{one} {other}")
        read(f"{other} the Taliban. {one}")


@pytest.mark.parametrize(
    "text", ["hold on", "Hold on.", "grip on power", "hold on hold on", "The grip on", "Fine. Hold on"]
)
def test_a_hold_that_nobody_has_is_nobodys(text: str, read: Callable[..., Verdict]) -> None:
    assert read(text).reports == ()
