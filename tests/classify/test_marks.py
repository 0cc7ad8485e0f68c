"""Quotation marks: which stretches of a text stand between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.classify import marks


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ("‘One,’ he said. ‘Two.’", ["One,", "Two."]),
        ("'One,' he said. 'Two.'", ["One,", "Two."]),
        ("«One,» he said. « Two. »", ["One,", "Two."]),
        ("„One“, sagte er. „Two.”", ["One", "Two."]),
        ("``One,'' he said.", []),
        ("”One,” he said.", ["One,"]),
        ("“One,“ he said.", ["One,"]),
        ("“He said: ‘go’, and I went,” she said.", ["He said: ‘go’, and I went,"]),
        ("\"He said: 'go', and I went,\" she said.", ["He said: 'go', and I went,"]),
        ("The guards' keys and the governor's house.", []),
        ("It's the boys' and we can't.", []),
        ("in the '90s and the ’80s", []),
        ('a 6\'2" man and a 12" pipe', []),
        ('He was 6\' tall, the pipe 12" wide and 5" deep.', []),
        ("‘the boys’ school was shut,’ he said", ["the boys’ school was shut,"]),
        ("'We'll stay,' he said.", ["We'll stay,"]),
        ('It is calm," he said.', ["It is calm,"]),
        ("“It is calm, he said.", ["It is calm, he said."]),
        ("“One.\n\n“Two.”", ["One.", "Two."]),
        ("“One.\nTwo.”", ["One.\nTwo."]),
        ("“One\n\nTwo", ["One"]),
        ('"One" "Two"', ["One", "Two"]),
        ('("One")', ["One"]),
        ('—"One," he said', ["One,"]),
        ("“”", []),
        ('""', []),
        ("استان « لوگر » و «کابل»", ["لوگر", "کابل"]),
        ("دیروز » شنبه « تحریم", ["شنبه"]),
        ("", []),
    ],
)
def test_stretches(text: str, inside: list[str]) -> None:
    assert [text[m.start : m.end] for m in marks.find(text)] == inside


def test_an_open_end_and_an_open_beginning_are_known() -> None:
    (open_end,) = marks.find("“It is calm, he said.")
    (no_start,) = marks.find('It is calm," he said.')
    assert (open_end.opened, open_end.closed) == (True, False)
    assert (no_start.opened, no_start.closed) == (False, True)


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„6"))
def test_stretches_are_ordered_disjoint_and_inside_the_text(text: str) -> None:
    last = 0
    for mark in marks.find(text):
        assert last <= mark.outer <= mark.start < mark.end <= mark.after <= len(text)
        assert not text[mark.start].isspace()
        assert not text[mark.end - 1].isspace()
        last = mark.after


@given(st.text(alphabet="ab\"'“”‘’«»"))
def test_any_mark_may_have_a_stretch(text: str) -> None:
    assert marks.may_have(text) or marks.find(text) == ()
